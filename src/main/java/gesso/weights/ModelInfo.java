package gesso.weights;

import gesso.request.BadInput;
import gesso.request.InvalidRequest;
import gesso.request.Size;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file of weights is, told from its names, shapes and notes.
 *
 * @param title what its maker called it ({@code modelspec.title}), else the file's name without its ending
 * @param precision the number types that make up at least a twentieth of it, the commonest first: "fp16", "bf16 + fp32"
 * @param inputChannels of its UNet: 4, 9 for inpainting, 8 for instructions; 0 where it has none
 * @param contextWidth of the text that it works with: 768 in SD1, 1024 in SD2, 2048 in SDXL; 0 where that is not known
 * @param nativeSize that pictures come out best at: {@code modelspec.resolution}, else the family's; 1x1 where there is none
 * @param predictionIsGuess whether nothing says what the model predicts, which may be either (Stable Diffusion 2)
 * @param zeroTerminalSnr whether the last training step was pure noise (Lin et al. 2023)
 * @param hasEma whether a second, averaged set of weights lies inside
 * @param form how it lies on the disk
 */
public record ModelInfo(
        ModelKind kind,
        Architecture architecture,
        Naming naming,
        String title,
        String precision,
        Prediction prediction,
        boolean predictionIsGuess,
        boolean zeroTerminalSnr,
        int inputChannels,
        int contextWidth,
        Size nativeSize,
        boolean hasVae,
        boolean hasTextEncoder,
        boolean hasEma,
        Form form) {
    /** The note of a file that says that its last training step was pure noise. */
    static final String ZERO_SNR = "gesso.zero_terminal_snr";

    /**
     * Looks at a file; of its values one small tensor is read at most.
     *
     * @throws BadInput where that tensor cannot be read
     */
    public static ModelInfo of(WeightFile file) {
        return file instanceof OnnxFolder folder ? of(folder) : ofTensors(file);
    }

    private static ModelInfo of(OnnxFolder folder) {
        OnnxProbe found = OnnxProbe.of(folder);
        Architecture architecture = found.architecture();
        Optional<Prediction> said = PredictionProbe.said(folder, new Keys(Map.of()));
        Prediction prediction = said.orElse(Prediction.EPSILON);
        return new ModelInfo(
                ModelKind.CHECKPOINT,
                architecture,
                Naming.OTHER,
                folder.name(),
                found.precision(),
                prediction,
                said.isEmpty() && architecture == Architecture.SD2 && found.inputChannels() == 4,
                folder.metadata().containsKey(ZERO_SNR),
                found.inputChannels(),
                found.contextWidth(),
                nativeSize(folder.metadata(), architecture, prediction),
                folder.network("vae_decoder").isPresent(),
                folder.network("text_encoder").isPresent()
                        || folder.network("text_encoder_2").isPresent(),
                false,
                Form.ONNX_FOLDER);
    }

    private static ModelInfo ofTensors(WeightFile file) {
        Keys keys = new Keys(file.weights());
        ModelProbe found = ModelProbe.of(keys);
        Architecture noted = noted(file.metadata());
        Architecture architecture = decide(found, noted);
        Optional<Prediction> said = PredictionProbe.said(file, keys);
        // Stable Diffusion 2's forms with more channels all predict epsilon.
        boolean open = said.isEmpty() && architecture == Architecture.SD2 && found.inputChannels() == 4;
        Prediction prediction = open ? PredictionProbe.guess(file) : said.orElse(Prediction.EPSILON);
        return new ModelInfo(
                found.kind(),
                architecture,
                found.naming(),
                title(file),
                precision(file.weights()),
                prediction,
                open,
                keys.has("ztsnr") || file.metadata().containsKey(ZERO_SNR),
                found.inputChannels(),
                found.contextWidth(),
                nativeSize(file.metadata(), architecture, prediction),
                hasVae(keys),
                hasTextEncoder(keys),
                keys.hasPrefix("model_ema."),
                file.form());
    }

    /** Whether it repaints with the mask and the masked picture beside the latent. */
    public boolean isInpainting() {
        return inputChannels == 9;
    }

    /** Whether it edits a picture that lies beside the latent (InstructPix2Pix). */
    public boolean isInstruct() {
        return inputChannels == 8;
    }

    /** The architecture and its form in words: "Stable Diffusion XL inpainting". */
    public String label() {
        return architecture.label() + (isInpainting() ? " inpainting" : isInstruct() ? " instruct" : "");
    }

    static Architecture byContextWidth(int width) {
        return switch (width) {
            case 768 -> Architecture.SD1;
            case 1024 -> Architecture.SD2;
            case 2048 -> Architecture.SDXL;
            case 1280 -> Architecture.SDXL_REFINER;
            default -> Architecture.UNKNOWN;
        };
    }

    /** Where the widths are nobody's, the file's own word comes before its form. */
    private static Architecture decide(ModelProbe found, Architecture noted) {
        boolean ownWidths = found.contextWidth() > 0 && byContextWidth(found.contextWidth()) == Architecture.UNKNOWN;
        boolean trusted = found.architecture() == Architecture.UNKNOWN
                || (ownWidths && found.architecture().isSupported());
        return noted != Architecture.UNKNOWN && trusted ? noted : found.architecture();
    }

    private static Architecture noted(Map<String, String> metadata) {
        String spec = metadata.getOrDefault("modelspec.architecture", "").toLowerCase(Locale.ROOT);
        String base = metadata.getOrDefault("ss_base_model_version", "").toLowerCase(Locale.ROOT);
        if (spec.contains("refiner")) {
            return Architecture.SDXL_REFINER;
        }
        if (spec.startsWith("stable-diffusion-xl") || base.startsWith("sdxl")) {
            return Architecture.SDXL;
        }
        if (spec.startsWith("stable-diffusion-v1") || base.startsWith("sd_v1") || base.startsWith("sd_1")) {
            return Architecture.SD1;
        }
        if (spec.startsWith("stable-diffusion-v2") || base.startsWith("sd_v2") || base.startsWith("sd_2")) {
            return Architecture.SD2;
        }
        if (spec.startsWith("stable-diffusion-3") || spec.startsWith("stable-diffusion-v3") || base.startsWith("sd3")) {
            return Architecture.SD3;
        }
        return spec.startsWith("flux") || base.startsWith("flux") ? Architecture.FLUX : Architecture.UNKNOWN;
    }

    private static String title(WeightFile file) {
        Map<String, String> notes = file.metadata();
        String title = notes.getOrDefault("modelspec.title", notes.getOrDefault("general.name", ""))
                .strip();
        if (!title.isEmpty()) {
            return title;
        }
        return file.name();
    }

    private static String precision(Map<String, Weight> weights) {
        Map<DType, Long> elements = new EnumMap<>(DType.class);
        long all = 0;
        for (Weight w : weights.values()) {
            if (w.type().isFloat()) {
                elements.merge(w.type(), w.elements(), Long::sum);
                all += w.elements();
            }
        }
        List<DType> types = new ArrayList<>(elements.keySet());
        long floor = all / 20;
        types.removeIf(type -> Objects.requireNonNull(elements.get(type)) < floor);
        types.sort((a, b) ->
                Long.compare(Objects.requireNonNull(elements.get(b)), Objects.requireNonNull(elements.get(a))));
        return String.join(" + ", types.stream().map(DType::label).toList());
    }

    private static Size nativeSize(Map<String, String> metadata, Architecture architecture, Prediction prediction) {
        String noted = metadata.getOrDefault("modelspec.resolution", "");
        try {
            if (!noted.isBlank()) {
                return Size.parse(noted);
            }
        } catch (InvalidRequest e) {
            // Some programs write other things there; the family's size is as good then.
        }
        boolean large = architecture == Architecture.SD2 && prediction == Prediction.V;
        int side = large ? 768 : Math.max(1, architecture.nativeSide());
        return new Size(side, side);
    }

    private static boolean hasVae(Keys keys) {
        return keys.hasPrefix("first_stage_model.decoder.")
                || keys.hasPrefix("vae.decoder.")
                || keys.has("decoder.conv_in.weight");
    }

    private static boolean hasTextEncoder(Keys keys) {
        return keys.hasPrefix("cond_stage_model.")
                || keys.hasPrefix("conditioner.embedders.")
                || keys.hasPrefix("text_encoder.")
                || keys.hasPrefix("text_encoders.");
    }
}
