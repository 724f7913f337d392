package gesso.pipeline;

import gesso.graph.Parts;
import gesso.request.BadInput;
import gesso.weights.Architecture;
import gesso.weights.ControlWeights;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A ControlNet's file that fits the checkpoint.
 *
 * @param pooled whether its residuals are means over the picture: the shuffle model, told by its file's name alone, as A1111's
 *     extension does
 */
record ControlFile(WeightFile weights, boolean pooled) {
    /** @throws BadInput where it is no ControlNet, one that Gesso cannot run, or one of another family than the checkpoint */
    static ControlFile open(Path path, Checkpoint checkpoint) {
        WeightFile file = WeightFiles.open(path);
        ModelInfo info = ModelInfo.of(file);
        if (info.kind() != ModelKind.CONTROLNET) {
            String why = info.kind() == ModelKind.T2I_ADAPTER || info.kind() == ModelKind.IP_ADAPTER
                    ? "%s is an adapter of another kind (%s), which Gesso cannot run. Choose a ControlNet."
                    : "%s is no ControlNet, but: %s. Choose a ControlNet.";
            throw new BadInput(why.formatted(file.name(), info.kind().label()));
        }
        if (ControlWeights.isUnion(file)) {
            throw new BadInput(
                    "%s is a ControlNet for many kinds of control images (Union), which Gesso cannot run. Choose one of a single kind."
                            .formatted(file.name()));
        }
        checkFamily(file, info, checkpoint);
        // A checkpoint of ONNX files has no weights to put a control-LoRA to; its UNet is refused when it is asked for.
        String unet = checkpoint.file().network("unet").isPresent() ? "" : Parts.unet(checkpoint.file());
        WeightFile whole = ControlWeights.of(file, checkpoint.file(), unet);
        return new ControlFile(whole, file.name().toLowerCase(Locale.ROOT).contains("shuffle"));
    }

    private static void checkFamily(WeightFile file, ModelInfo info, Checkpoint checkpoint) {
        Architecture own = ControlWeights.isLora(file) ? loraFamily(file) : info.architecture();
        Architecture other = checkpoint.info().architecture();
        boolean sameWidth = info.contextWidth() == 0
                || checkpoint.info().contextWidth() == 0
                || info.contextWidth() == checkpoint.info().contextWidth();
        if (own != Architecture.UNKNOWN && own.family() == other.family() && sameWidth) {
            return;
        }
        if (own == Architecture.UNKNOWN && sameWidth) {
            return;
        }
        throw new BadInput("The ControlNet %s is for %s, and %s is a %s model: choose a ControlNet of the same family."
                .formatted(
                        file.name(),
                        own == Architecture.UNKNOWN || own.family() == other.family()
                                ? "texts that are %d wide".formatted(info.contextWidth())
                                : own.label(),
                        checkpoint.name(),
                        other.label()));
    }

    private static Architecture loraFamily(WeightFile file) {
        boolean labelled = file.weights().keySet().stream().anyMatch(k -> k.startsWith("label_emb."));
        return labelled ? Architecture.SDXL : Architecture.SD1;
    }
}
