package gesso.weights;

import gesso.request.BadInput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a folder of ONNX networks is, read off what goes into its UNet. */
record OnnxProbe(Architecture architecture, int inputChannels, int contextWidth, String precision) {
    private static final int REFINER_NUMBERS = 5; // SDXL is told six

    static OnnxProbe of(OnnxFolder folder) {
        Path path = folder.network("unet")
                .orElseThrow(
                        () -> new BadInput("The folder %s holds no UNet (unet/model.onnx).".formatted(folder.name())));
        OnnxFile unet = OnnxFile.open(path);
        int channels = dim(unet, "sample", 1, folder.setting("unet", "in_channels"));
        int width = dim(unet, "encoder_hidden_states", 2, folder.setting("unet", "cross_attention_dim"));
        return new OnnxProbe(architecture(folder, unet, width), channels, width, precision(unet));
    }

    private static Architecture architecture(OnnxFolder folder, OnnxFile unet, int width) {
        boolean pooled = unet.inputs().stream().anyMatch(i -> i.name().equals("text_embeds"));
        if (pooled) {
            return dim(unet, "time_ids", 1, 0) == REFINER_NUMBERS ? Architecture.SDXL_REFINER : Architecture.SDXL;
        }
        return width == 1024 || folder.isOpenClip() ? Architecture.SD2 : Architecture.SD1;
    }

    private static int dim(OnnxFile file, String input, int axis, int otherwise) {
        return file.inputs().stream()
                .filter(i -> i.name().equals(input) && i.dims().length > axis && i.dims()[axis] > 0)
                .map(i -> (int) i.dims()[axis])
                .findFirst()
                .orElse(otherwise);
    }

    /** Of the type that most weights have. */
    private static String precision(OnnxFile file) {
        Map<Integer, Long> elements = new HashMap<>();
        file.tensors().forEach(t -> elements.merge(t.type(), t.elements(), Long::sum));
        int most = elements.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        return switch (most) {
            case 1 -> "fp32";
            case 10 -> "fp16";
            case 16 -> "bf16";
            case 11 -> "fp64";
            case 2, 3 -> "int8";
            default -> "";
        };
    }
}
