package gesso.pipeline;

import gesso.graph.TinyVae;
import gesso.request.BadInput;
import gesso.sampling.Prediction;
import gesso.sampling.TrainingSchedule;
import gesso.weights.Architecture;
import gesso.weights.ModelFolder;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model's file, with what must be known before pictures are made with it.
 *
 * @param name the file's, without its ending
 * @param vae the file that holds the VAE: the checkpoint itself, or one that was chosen in its place
 * @param schedule the noise levels that it was trained on
 * @param words textual inversions that its text encoders are to know
 */
record Checkpoint(
        String name,
        WeightFile file,
        WeightFile vae,
        ModelInfo info,
        TrainingSchedule schedule,
        Prediction prediction,
        LearnedWords words) {
    /** Factor between what the VAE gives and what the UNet takes. */
    private static final float SD_LATENT_SCALE = 0.18215f;

    private static final float SDXL_LATENT_SCALE = 0.13025f;

    /**
     * Opens a model that pictures can be made with.
     *
     * @param vae a VAE in place of the checkpoint's own; null: the one beside it, else its own; the checkpoint: its own
     * @throws BadInput where it is none, or of a kind that Gesso cannot run
     */
    static Checkpoint open(Path path, @Nullable Path vae) {
        return open(path, vae, NetworkLibrary.EMPTY, sentence -> {});
    }

    /**
     * The same, where what the checkpoint lacks may be found in the library.
     *
     * @param notice is told, in a sentence, what was taken from another file
     */
    static Checkpoint open(Path path, @Nullable Path vae, NetworkLibrary library, Consumer<String> notice) {
        Checkpoint opened = opened(path, vae);
        Checkpoint spoken = opened.info.hasTextEncoder()
                ? opened
                : opened.withFile(MissingParts.text(opened.file, opened.info, library, notice));
        if (opened.info.hasVae() || opened.otherVae() != null) {
            return spoken;
        }
        Path other = MissingParts.vae(path, opened.isSdxl(), library);
        notice.accept("%s holds no VAE: that of %s is used.".formatted(opened.name, other.getFileName()));
        return spoken.withVae(WeightFiles.openVae(other));
    }

    private static Checkpoint opened(Path path, @Nullable Path vae) {
        WeightFile file = WeightFiles.open(path);
        ModelInfo info = ModelInfo.of(file);
        String name = String.valueOf(path.getFileName());
        if (info.kind() != ModelKind.CHECKPOINT) {
            throw new BadInput("%s is not a model that makes pictures, but: %s. Choose a checkpoint."
                    .formatted(name, info.kind().label()));
        }
        if (!info.architecture().isSupported()) {
            throw new BadInput(
                    "%s is a %s model, which Gesso cannot run. Choose a checkpoint of Stable Diffusion 1.x, 2.x or XL."
                            .formatted(name, info.label()));
        }
        TrainingSchedule schedule = schedule(file);
        Path vaeFile = vae == null ? beside(path) : vae;
        return new Checkpoint(
                file.name(),
                file,
                vaeFile == null || vaeFile.equals(path) ? file : WeightFiles.openVae(vaeFile),
                info,
                info.zeroTerminalSnr() ? schedule.zeroTerminalSnr() : schedule,
                switch (info.prediction()) {
                    case EPSILON -> Prediction.EPSILON;
                    case V -> Prediction.V;
                },
                LearnedWords.NONE);
    }

    /**
     * Opens a model that finishes what another begins.
     *
     * @param vae as in {@link #open}; a refiner that has none takes the first model's
     * @throws BadInput where the two do not go together
     */
    static Checkpoint refiner(Path path, @Nullable Path vae, Checkpoint first) {
        Checkpoint refiner = opened(path, vae);
        if (refiner.isSdxl() != first.isSdxl()) {
            throw new BadInput("%s is a %s model and cannot refine pictures of %s, which is a %s model."
                    .formatted(refiner.name, refiner.info.label(), first.name, first.info.label()));
        }
        if (refiner.info.inputChannels() != PassRunner.LATENT_CHANNELS
                && refiner.info.inputChannels() != first.info.inputChannels()) {
            throw new BadInput("%s is a %s model, which cannot refine. Choose a plain checkpoint as the refiner."
                    .formatted(refiner.name, refiner.info.label()));
        }
        return vae != null || refiner.info.hasVae()
                ? refiner
                : new Checkpoint(
                        refiner.name,
                        refiner.file,
                        first.vae,
                        refiner.info,
                        refiner.schedule,
                        refiner.prediction,
                        LearnedWords.NONE);
    }

    /** A1111's "Automatic": a VAE that bears the checkpoint's name; null where there is none. */
    private static @Nullable Path beside(Path checkpoint) {
        String stem = Files.isDirectory(checkpoint)
                ? ModelFolder.name(checkpoint)
                : String.valueOf(checkpoint.getFileName()).replaceFirst("\\.[^.]+$", "");
        return Stream.of(".vae.safetensors", ".vae.pt", ".vae.ckpt")
                .map(ending -> checkpoint.resolveSibling(stem + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** The file of the VAE where that is not the checkpoint's own; null: it is. */
    @Nullable
    Path otherVae() {
        return vae == file ? null : vae.path();
    }

    /** The schedule that the file brings along, as A1111 takes it, else the family's. */
    private static TrainingSchedule schedule(WeightFile file) {
        Weight own = file.weights().get("alphas_cumprod");
        if (own == null || own.elements() != TrainingSchedule.TIMESTEPS) {
            return TrainingSchedule.stableDiffusion();
        }
        FloatBuffer values = FloatBuffer.allocate(TrainingSchedule.TIMESTEPS);
        file.read(own, values);
        return TrainingSchedule.of(values.array());
    }

    /** What says that two checkpoints are the same bytes: the file, its size and its date, and the networks over it. */
    Object identity() {
        List<Object> files = file.files().stream()
                .map(Path::toFile)
                .<Object>map(f -> List.of(f.getPath(), f.length(), f.lastModified()))
                .toList();
        return List.of(files, file.variant(""), words.identity());
    }

    /** The same with other weights: networks laid over its own. */
    Checkpoint withFile(WeightFile changed) {
        return new Checkpoint(name, changed, vae, info, schedule, prediction, words);
    }

    private Checkpoint withVae(WeightFile other) {
        return new Checkpoint(name, file, other, info, schedule, prediction, words);
    }

    /** The same with text encoders that know these words. */
    Checkpoint withWords(LearnedWords learned) {
        return new Checkpoint(name, file, vae, info, schedule, prediction, learned);
    }

    /** Whether it is SDXL, a distilled form of it, or its refiner. */
    boolean isSdxl() {
        Architecture family = info.architecture().family();
        return family == Architecture.SDXL || family == Architecture.SDXL_REFINER;
    }

    /** 1 for a small VAE (TAESD), which takes latents as they are. */
    float latentScale() {
        if (TinyVae.is(vae)) {
            return 1;
        }
        return isSdxl() ? SDXL_LATENT_SCALE : SD_LATENT_SCALE;
    }
}
