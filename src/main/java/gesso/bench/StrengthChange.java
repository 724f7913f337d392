package gesso.bench;

import gesso.graph.Parts;
import gesso.runtime.Device;
import gesso.runtime.Models;
import gesso.weights.DType;
import gesso.weights.ModelInfo;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import gesso.weights.lora.AppliedNetwork;
import gesso.weights.lora.LoraFile;
import gesso.weights.lora.MergedFile;
import gesso.weights.lora.Merging;
import gesso.weights.lora.NetworkParts;
import gesso.weights.lora.Strength;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What another strength of a LoRA takes, from the prompt to networks that are ready: a computed LoRA of rank 16 over all attention
 * and feed-forward layers of the UNet and of SD1's and SDXL's first text encoder.
 */
final class StrengthChange {
    private static final int RANK = 16;
    private static final int RUNS = 4;

    private final WeightFile file;
    private final Path lora;

    /** @param scratch a folder for the LoRA */
    StrengthChange(WeightFile file, Path scratch) {
        this.file = file;
        this.lora = scratch.resolve("lora.safetensors");
        SyntheticCheckpoint.write(lora, shapes(), DType.F16);
    }

    private Map<String, long[]> shapes() {
        NetworkParts parts = Parts.networks(file);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (Weight weight : file.weights().values()) {
            String name = weight.name();
            if (name.startsWith(parts.unet())
                    && name.matches(".*(attn[12]\\.to_|\\.ff\\.net\\.|proj_(in|out)).*weight")) {
                add(shapes, "lora_unet_", name.substring(parts.unet().length()), weight.shape());
            } else if (!parts.text().isEmpty()
                    && name.startsWith(parts.text())
                    && name.matches(".*(self_attn|mlp).*weight")) {
                add(shapes, "lora_te_text_model_", name.substring(parts.text().length()), weight.shape());
            }
        }
        return shapes;
    }

    private static void add(Map<String, long[]> shapes, String head, String name, long[] shape) {
        String layer =
                head + name.substring(0, name.length() - ".weight".length()).replace('.', '_');
        long[] down = shape.clone();
        long[] up = shape.clone();
        down[0] = RANK;
        up[1] = RANK;
        shapes.put(layer + ".lora_down.weight", down);
        shapes.put(layer + ".lora_up.weight", up);
    }

    /** Seconds of the fastest change. */
    double measure(Device device, Models.Listener listener) {
        ModelInfo info = ModelInfo.of(file);
        Merging merging = new Merging(file, info, Parts.networks(file));
        double best = Double.MAX_VALUE;
        try (Models models = new Models(device, Models.defaultBudget(), listener)) {
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                AppliedNetwork network = new AppliedNetwork(LoraFile.open(lora), Strength.of(0.5 + run * 0.125));
                MergedFile merged = merging.merge(List.of(network));
                models.textEncoder(merged).close();
                models.unet(merged).close();
                // The first one reads what later ones find in memory.
                best = run == 0 ? best : Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best;
    }
}
