package gesso.bench;

import gesso.request.Size;
import gesso.runtime.ModelFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one model costs. Seconds are the fastest of a few runs; bytes are the process's own, without a mapped file's pages.
 *
 * @param networks what was loaded
 * @param stepSeconds one forward of the UNet
 * @param stepBytes what the process took for the first forward, beyond the weights
 * @param vaeSeconds one latent to pixels
 * @param changeSeconds another strength of a LoRA, until the networks are ready; 0 where none can be laid over
 * @param picture a whole picture; empty where this model makes none here yet
 * @param peakBytes the most that was resident at once, a mapped file's pages included; 0: the system does not tell
 */
record BenchResult(
        String model,
        String device,
        Size size,
        List<ModelFigures> networks,
        double stepSeconds,
        long stepBytes,
        double vaeSeconds,
        double changeSeconds,
        Optional<PictureFigures> picture,
        long peakBytes) {
    /**
     * A whole picture, from its request to its file, with everything loaded.
     *
     * @param outsideShare the part of the time that ONNX Runtime was not running, 0–1
     */
    record PictureFigures(int steps, double seconds, double outsideShare) {}

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", model);
        all.put("device", device);
        all.put("size", size.toString());
        all.put("networks", networks.stream().map(BenchResult::json).toList());
        all.put("unet_step_seconds", stepSeconds);
        all.put("unet_step_bytes", stepBytes);
        all.put("vae_seconds", vaeSeconds);
        if (changeSeconds > 0) {
            all.put("strength_change_seconds", changeSeconds);
        }
        picture.ifPresent(p -> {
            all.put("steps", p.steps());
            all.put("picture_seconds", p.seconds());
            all.put("outside_onnxruntime_share", p.outsideShare());
        });
        all.put("peak_memory", peakBytes);
        all.put("ratios", ratios());
        return all;
    }

    private static Map<String, Object> json(ModelFigures network) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", network.name());
        all.put("load_seconds", network.loadSeconds());
        all.put("own_bytes", network.ownBytes());
        all.put("weight_bytes", network.weightBytes());
        return all;
    }

    /** What can be compared between machines: everything in steps of the UNet, memory in weights. */
    private Map<String, Double> ratios() {
        Map<String, Double> all = new LinkedHashMap<>();
        for (ModelFigures network : networks) {
            String name = network.name().toLowerCase(Locale.ROOT).replace(' ', '_');
            all.put(name + "_load_in_steps", network.loadSeconds() / stepSeconds);
            all.put(name + "_own_memory_in_weights", (double) network.ownBytes() / network.weightBytes());
        }
        all.put("vae_in_steps", vaeSeconds / stepSeconds);
        picture.ifPresent(p -> all.put("picture_in_steps", p.seconds() / stepSeconds));
        return all;
    }

    /** Lines for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s at %s on %s".formatted(model, size, device));
        lines.add(row("", "ready in", "own memory", "weights"));
        for (ModelFigures n : networks) {
            lines.add(row(n.name(), seconds(n.loadSeconds()), megabytes(n.ownBytes()), megabytes(n.weightBytes())));
        }
        lines.add(row("one UNet step", seconds(stepSeconds), megabytes(stepBytes), ""));
        lines.add(row("VAE, to pixels", seconds(vaeSeconds), "", ""));
        if (changeSeconds > 0) {
            lines.add(row("other LoRA strength", seconds(changeSeconds), "", ""));
        }
        picture.ifPresent(p -> {
            lines.add(row(
                    "picture, %d %s".formatted(p.steps(), p.steps() == 1 ? "step" : "steps"),
                    seconds(p.seconds()),
                    "",
                    ""));
            lines.add(String.format(
                    Locale.ROOT, "outside ONNX Runtime: %.1f %% of the picture's time", 100 * p.outsideShare()));
        });
        if (peakBytes > 0) {
            lines.add("most memory at once: " + megabytes(peakBytes));
        }
        lines.add("in UNet steps: "
                + ratios().entrySet().stream()
                        .filter(e -> e.getKey().endsWith("_in_steps"))
                        .map(e -> String.format(
                                Locale.ROOT,
                                "%s %.2f",
                                e.getKey().replace("_in_steps", "").replace('_', ' '),
                                e.getValue()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""));
        return lines;
    }

    private static String row(String name, String first, String second, String third) {
        return "%-20s %10s %12s %12s".formatted(name, first, second, third).stripTrailing();
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f s", value);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
