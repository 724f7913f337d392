package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A ControlNet in memory. */
public final class ControlNetModel {
    private final Session session;
    private final int residuals;

    ControlNetModel(Session session, int residuals) {
        this.session = session;
        this.residuals = residuals;
    }

    /** How many residuals it has: 13 for SD1 and SD2, 10 for SDXL. */
    public int residuals() {
        return residuals;
    }

    /** The width of the text encoding it takes. */
    public int contextWidth() {
        return session.inputDim("context", 2);
    }

    /**
     * Runs the network once.
     *
     * @param x [n, 4, h, w], as the UNet's
     * @param timesteps as the UNet's
     * @param context as the UNet's
     * @param y as the UNet's; not looked at where the network takes none
     * @param hint the control image as {@link ControlHintModel} reads it, [1, c, h, w]
     * @param scales one for each residual
     * @param map by which the residuals are multiplied in their places, [1, 1, h', w']; [1, 1, 1, 1] for the same everywhere
     * @param before what another ControlNet says, which this one adds to; null: nothing
     * @return the sum, to be closed
     */
    public ControlResiduals predict(
            FloatTensor x,
            float[] timesteps,
            FloatTensor context,
            @Nullable FloatTensor y,
            FloatTensor hint,
            float[] scales,
            FloatTensor map,
            @Nullable ControlResiduals before,
            CancelToken token) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("x", x);
        inputs.put("timesteps", FloatTensor.of(timesteps, timesteps.length));
        inputs.put("context", context);
        if (y != null && session.hasInput("y")) {
            inputs.put("y", y);
        }
        inputs.put("hint", hint);
        inputs.put("scales", FloatTensor.of(scales, scales.length));
        inputs.put("map", map);
        for (int i = 0; i < residuals; i++) {
            ControlResiduals.put(inputs, "before_" + i, before, i);
        }
        List<String> outputs =
                IntStream.range(0, residuals).mapToObj(i -> "control_" + i).toList();
        return new ControlResiduals(session.hold(inputs, outputs, token));
    }

    /** As {@link UNetModel#shrinkAfterNextRun}. */
    public void shrinkAfterNextRun() {
        session.shrinkAfterNextRun();
    }
}
