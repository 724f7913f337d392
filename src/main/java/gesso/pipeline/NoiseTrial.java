package gesso.pipeline;

import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.runtime.UNetModel;
import gesso.sampling.Conditioning;
import gesso.sampling.Prediction;
import gesso.sampling.TorchCpuNormals;
import gesso.tensor.FloatTensor;

/** One noise at one timestep, added to a picture's latent: how well each of several texts lets the UNet tell it. */
final class NoiseTrial {
    /** Timesteps: earlier ones are all detail, later ones all noise, and say little about words. */
    private static final int LOWEST = 400;

    private static final int HIGHEST = 900;
    private static final int SEED = 20230713;

    private final UNetModel unet;
    private final Checkpoint checkpoint;
    private final FloatTensor latent;
    private final CancelToken token;
    private int timestep;
    private FloatTensor noised;
    private float[] target;

    NoiseTrial(UNetModel unet, Checkpoint checkpoint, FloatTensor latent, CancelToken token) {
        this.unet = unet;
        this.checkpoint = checkpoint;
        this.latent = latent;
        this.token = token;
        this.noised = latent;
        this.target = latent.data();
    }

    /** Takes the noise of that number, from 0: its timestep and its values are always the same. */
    void begin(int number) {
        // The golden ratio's multiples cover the middle of the schedule evenly, however many are taken.
        double place = (number * 0.6180339887498949) % 1;
        timestep = (int) (LOWEST + (HIGHEST - LOWEST) * place);
        double alpha = checkpoint.schedule().alphaCumprod(timestep);
        float signal = (float) Math.sqrt(alpha);
        float spread = (float) Math.sqrt(1 - alpha);
        float[] noise = new TorchCpuNormals(SEED + number).normals(latent.size());
        float[] x = new float[latent.size()];
        target = new float[latent.size()];
        boolean v = checkpoint.prediction() == Prediction.V;
        for (int i = 0; i < x.length; i++) {
            float clean = latent.data()[i];
            x[i] = signal * clean + spread * noise[i];
            target[i] = v ? signal * noise[i] - spread * clean : noise[i];
        }
        noised = FloatTensor.of(x, latent.shape());
    }

    /** The prediction's mean squared error. */
    double error(Conditioning conditioning) {
        FloatTensor predicted =
                unet.predict(noised, new float[] {timestep}, conditioning.context(), conditioning.vector(), token);
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double d = predicted.data()[i] - target[i];
            sum += d * d;
        }
        if (!Double.isFinite(sum)) {
            throw new GessoException(
                    checkpoint.name() + " gives values that are no numbers (NaN), so it cannot be asked for words.");
        }
        return sum / target.length;
    }
}
