package gesso.weights;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What diffusers' {@code save_pretrained} writes, and Hugging Face's cache holds: a folder for each network, with its settings
 * beside its weights. Weights may be whole or in shards, of full or of half precision ({@code .fp16.}), safetensors or pickles.
 */
final class DiffusersFolder {
    private DiffusersFolder() {}

    /** Whether the folder looks like one. Reads no file. */
    static boolean is(Path folder) {
        Path root = HuggingFaceCache.snapshot(folder);
        return Files.isRegularFile(root.resolve("model_index.json"))
                || (Files.isDirectory(root.resolve("unet")) && Files.isRegularFile(root.resolve("unet/config.json")));
    }

    /** @throws BadInput where it lacks its UNet, or one of its files is broken */
    static WeightFile open(Path folder) {
        Path root = HuggingFaceCache.snapshot(folder);
        JoinedWeights all = new JoinedWeights(real(root), HuggingFaceCache.name(folder), Form.DIFFUSERS_FOLDER);
        DiffusersParts parts = new DiffusersParts(all);
        parts.unet(unet(root), "");
        network(root.resolve("vae")).ifPresent(vae -> parts.vae(vae, ""));
        Optional<WeightFile> first = network(root.resolve("text_encoder"));
        Optional<WeightFile> second = network(root.resolve("text_encoder_2"));
        Map<String, String> settings = JsonSettings.read(root.resolve("text_encoder/config.json"));
        first.ifPresent(text -> parts.text(text, "", isOpenClip(text, settings), second.isPresent()));
        second.ifPresent(text -> parts.secondText(text, "", first.isEmpty()));
        note(all::note, root);
        return all;
    }

    /** @param root that holds the folders */
    static WeightFile unet(Path root) {
        return network(root.resolve("unet")).orElseThrow(() -> {
            String made = JsonSettings.read(root.resolve("model_index.json")).getOrDefault("_class_name", "");
            boolean foreign = !made.isEmpty() && !Files.isDirectory(root.resolve("unet"));
            return new BadInput(
                    foreign
                            ? "The folder %s is a %s, which Gesso cannot run: choose a model of Stable Diffusion 1.x, 2.x or XL."
                                    .formatted(Faults.name(root), Faults.quoted(made))
                            : "The folder %s holds no weights of a UNet (unet/diffusion_pytorch_model.safetensors): download the model again."
                                    .formatted(Faults.name(root)));
        });
    }

    private static boolean isOpenClip(WeightFile text, Map<String, String> settings) {
        String activation = settings.get("hidden_act");
        return activation == null ? DiffusersParts.isOpenClip(text, "") : activation.equals("gelu");
    }

    /** What the scheduler knows of the training, in the words that safetensors' notes use. */
    static void note(BiConsumer<String, String> notes, Path root) {
        Map<String, String> scheduler = JsonSettings.read(root.resolve("scheduler/scheduler_config.json"));
        String prediction = scheduler.getOrDefault("prediction_type", "");
        if (prediction.equals("v_prediction")) {
            notes.accept("modelspec.prediction_type", "v");
        } else if (prediction.equals("epsilon")) {
            notes.accept("modelspec.prediction_type", "epsilon");
        }
        if (scheduler.getOrDefault("rescale_betas_zero_snr", "").equals("true")) {
            notes.accept(ModelInfo.ZERO_SNR, "true");
        }
    }

    /** The weights in a network's folder; empty where there are none. */
    static Optional<WeightFile> network(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> rank(f) < 9)
                    .min(Comparator.comparingInt(DiffusersFolder::rank).thenComparing(Faults::name))
                    .map(f -> Faults.name(f).endsWith(".json") ? ShardedWeights.open(f) : WeightFiles.openFile(f));
        } catch (IOException e) {
            throw Faults.unreadable(folder, e);
        }
    }

    /** Which of several forms of the same weights is taken: full precision before half, safetensors before pickles. */
    private static int rank(Path file) {
        String name = Faults.name(file).toLowerCase(Locale.ROOT);
        Optional<String> stem = Stream.of("diffusion_pytorch_model.", "model.", "pytorch_model.")
                .filter(name::startsWith)
                .findFirst();
        String rest = stem.map(s -> name.substring(s.length())).orElse("");
        boolean pickle = rest.contains("bin");
        boolean table = rest.endsWith(".json") && rest.contains(".index.");
        boolean weights = rest.endsWith("safetensors") || rest.endsWith("bin");
        if (!table && !(weights && !rest.contains("-of-"))) {
            return 9;
        }
        boolean plain = rest.equals("safetensors") || rest.equals("bin") || rest.endsWith(".index.json");
        return (pickle ? 4 : 0) + (plain ? 0 : 2) + (table ? 1 : 0);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw Faults.unreadable(folder, e);
        }
    }
}
