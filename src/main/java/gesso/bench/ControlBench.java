package gesso.bench;

import gesso.graph.Parts;
import gesso.request.CancelToken;
import gesso.request.Size;
import gesso.runtime.ControlHintModel;
import gesso.runtime.ControlNetModel;
import gesso.runtime.ControlResiduals;
import gesso.runtime.Device;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UNetModel;
import gesso.tensor.FloatTensor;
import gesso.weights.ControlWeights;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a ControlNet adds to a forward of the UNet, against what its own network takes by itself. All inputs are zeros: the time
 * does not depend on the values.
 */
final class ControlBench {
    private static final double LIMIT = 1.05;
    private static final int TOKENS = 77;
    private static final float[] TIMESTEP = {500};

    private final WeightFile file;
    private final WeightFile control;
    private final Size size;
    private final CancelToken token = new CancelToken();

    /**
     * Writes the ControlNet.
     *
     * @param file the checkpoint
     * @param size of the pictures
     * @param scratch a folder for the ControlNet
     * @throws gesso.request.BadInput where the checkpoint takes no ControlNets
     */
    ControlBench(WeightFile file, Size size, Path scratch) {
        Path net = scratch.resolve("controlnet.safetensors");
        SyntheticControlNet.write(net, file);
        this.file = file;
        this.control = ControlWeights.of(WeightFiles.open(net), file, Parts.unet(file));
        this.size = size;
    }

    /** The ratio, and what it is made of, in a line. */
    String line(Device device, Models.Listener listener) {
        try (Models models = new Models(device, Long.MAX_VALUE, listener);
                Lease<UNetModel> plain = models.unet(file);
                Lease<UNetModel> guided = models.controlledUnet(file);
                Lease<ControlNetModel> branch = models.controlNet(control, false)) {
            FloatTensor hint = hint(models);
            Rounds rounds = Rounds.of(
                    () -> forward(plain.get(), null),
                    () -> {
                        try (ControlResiduals said = residuals(branch.get(), hint, plain.get())) {
                            forward(guided.get(), said);
                        }
                    },
                    () -> residuals(branch.get(), hint, plain.get()).close());
            double without = rounds.fastest(0);
            double with = rounds.fastest(1);
            double alone = rounds.fastest(2);
            return String.format(
                    Locale.ROOT,
                    "ControlNet at %s: %.3f × its own network's time, limit %.2f (a step %.4f s without, %.4f s with it, %.4f s alone)",
                    size,
                    (with - without) / alone,
                    LIMIT,
                    without,
                    with,
                    alone);
        }
    }

    private FloatTensor hint(Models models) {
        try (Lease<ControlHintModel> reader = models.controlHint(control)) {
            return reader.get().read(FloatTensor.zeros(1, 3, size.height(), size.width()), token);
        }
    }

    private void forward(UNetModel unet, @Nullable ControlResiduals said) {
        unet.predict(latent(unet.inputChannels()), TIMESTEP, context(unet), label(unet), said, token);
    }

    private ControlResiduals residuals(ControlNetModel branch, FloatTensor hint, UNetModel unet) {
        float[] scales = new float[branch.residuals()];
        Arrays.fill(scales, 1);
        FloatTensor everywhere = FloatTensor.of(new float[] {1}, 1, 1, 1, 1);
        return branch.predict(
                latent(SyntheticControlNet.LATENT_CHANNELS),
                TIMESTEP,
                context(unet),
                label(unet),
                hint,
                scales,
                everywhere,
                null,
                token);
    }

    /** [1, channels, h/8, w/8] */
    private FloatTensor latent(int channels) {
        return FloatTensor.zeros(1, channels, size.height() / 8, size.width() / 8);
    }

    private static FloatTensor context(UNetModel unet) {
        return FloatTensor.zeros(1, TOKENS, unet.contextWidth());
    }

    private static @Nullable FloatTensor label(UNetModel unet) {
        return unet.labelWidth() == 0 ? null : FloatTensor.zeros(1, unet.labelWidth());
    }
}
