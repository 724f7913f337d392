package gesso.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which prediction a model was trained on. A settings file beside the model says it (the LDM program's, by the model's name
 * with {@code .yaml}, which A1111 obeys before all else), or the model's own notes, or a tensor named {@code v_pred}.
 */
final class PredictionProbe {
    private static final int LARGEST_SETTINGS = 1 << 16; // bytes

    private static final Pattern PARAMETERIZATION =
            Pattern.compile("(?m)^\\s*parameterization\\s*:\\s*[\"']?([A-Za-z]+)");
    /** The newer program (sgm) names a class. */
    private static final Pattern SCALING =
            Pattern.compile("(?m)^\\s*target\\s*:\\s*\\S*denoiser_scaling\\.(V|Eps)Scaling");

    private static final double V_DEVIATION = 0.09;

    private PredictionProbe() {}

    /** What is said of it; empty: nothing is. */
    static Optional<Prediction> said(WeightFile file, Keys keys) {
        return beside(file.path())
                .or(() -> noted(file))
                .or(() -> keys.has("v_pred") ? Optional.of(Prediction.V) : Optional.empty());
    }

    private static Optional<Prediction> beside(Path model) {
        String name = Faults.name(model);
        int dot = name.lastIndexOf('.');
        Path settings = model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".yaml");
        if (!Files.isRegularFile(settings)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(settings)) {
            String text = new String(in.readNBytes(LARGEST_SETTINGS), StandardCharsets.UTF_8);
            Matcher own = PARAMETERIZATION.matcher(text);
            if (own.find()) {
                return Optional.of(of(own.group(1)));
            }
            Matcher newer = SCALING.matcher(text);
            return newer.find() ? Optional.of(of(newer.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // as if it were not there: the model itself can be read
        }
    }

    private static Optional<Prediction> noted(WeightFile file) {
        String note =
                file.metadata().getOrDefault("modelspec.prediction_type", "").toLowerCase(Locale.ROOT);
        return note.startsWith("v") || note.startsWith("eps") ? Optional.of(of(note)) : Optional.empty();
    }

    private static Prediction of(String word) {
        return word.toLowerCase(Locale.ROOT).startsWith("v") ? Prediction.V : Prediction.EPSILON;
    }

    /**
     * A first guess where nothing is said of a Stable Diffusion 2 model: the spread of this one tensor is above 0.09 in the v
     * models and below it in the others (ComfyUI). A1111 runs the UNet once to see, and so does whoever has it in memory.
     */
    static Prediction guess(WeightFile file) {
        for (String name : List.of(
                "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias",
                "up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias",
                "unet.up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias")) {
            Weight w = file.weights().get(name);
            if (w != null && w.elements() > 0 && w.elements() <= 4096) {
                FloatBuffer values = FloatBuffer.allocate((int) w.elements());
                file.read(w, values);
                return deviation(values.array()) > V_DEVIATION ? Prediction.V : Prediction.EPSILON;
            }
        }
        return Prediction.EPSILON;
    }

    private static double deviation(float[] values) {
        double mean = 0;
        for (float v : values) {
            mean += v / values.length;
        }
        double square = 0;
        for (float v : values) {
            square += (v - mean) * (v - mean) / values.length;
        }
        return Math.sqrt(square);
    }
}
