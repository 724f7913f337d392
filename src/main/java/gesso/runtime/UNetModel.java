package gesso.runtime;

import gesso.request.CancelToken;
import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A UNet in memory. */
public final class UNetModel {
    private final Session session;
    private final int residuals;

    UNetModel(Session session) {
        this.session = session;
        int count = 0;
        while (session.hasInput("control_" + count)) {
            count++;
        }
        residuals = count;
    }

    /** How many residuals of ControlNets it takes; 0 where it was not made for them. */
    public int residuals() {
        return residuals;
    }

    /** 4 for latents alone; 9 for inpainting models: the latent, the mask, the masked picture's latent. */
    public int inputChannels() {
        return session.inputDim("x", 1);
    }

    /** The width of the text encoding it takes, 768 for SD1. */
    public int contextWidth() {
        return session.inputDim("context", 2);
    }

    /** The width of the label vector it takes (SDXL), or 0. */
    public int labelWidth() {
        return session.hasInput("y") ? session.inputDim("y", 1) : 0;
    }

    /**
     * The network's prediction: noise or v, as it was trained.
     *
     * @param x [n, {@link #inputChannels}, h, w], already scaled by c_in
     * @param timesteps [n], 0..999, fractions allowed
     * @param context [n, tokens, {@link #contextWidth}]
     * @param y [n, {@link #labelWidth}], null where that is 0
     * @return [n, 4, h, w]
     */
    public FloatTensor predict(
            FloatTensor x, float[] timesteps, FloatTensor context, @Nullable FloatTensor y, CancelToken token) {
        return predict(x, timesteps, context, y, null, token);
    }

    /** The same under what ControlNets say, see {@link Models#controlledUnet}; null: nothing. */
    public FloatTensor predict(
            FloatTensor x,
            float[] timesteps,
            FloatTensor context,
            @Nullable FloatTensor y,
            @Nullable ControlResiduals control,
            CancelToken token) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("x", x);
        inputs.put("timesteps", FloatTensor.of(timesteps, timesteps.length));
        inputs.put("context", context);
        if (y != null) {
            inputs.put("y", y);
        }
        for (int i = 0; i < residuals; i++) {
            ControlResiduals.put(inputs, "control_" + i, control, i);
        }
        return session.run(inputs, List.of("out"), token).get(0);
    }

    /**
     * Says that the next prediction is the last for a while: after it, the memory for intermediate values (0.3 GB at 512²)
     * goes back to the system.
     */
    public void shrinkAfterNextRun() {
        session.shrinkAfterNextRun();
    }
}
