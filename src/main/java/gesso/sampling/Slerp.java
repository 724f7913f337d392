package gesso.sampling;

import gesso.tensor.FloatTensor;

/** Turns one noise towards another on the sphere, so that what lies between is noise as well (A1111's slerp). */
final class Slerp {
    /** Above this mean cosine the two are taken for parallel. */
    private static final double PARALLEL = 0.9995;

    private Slerp() {}

    /**
     * What lies between two noises.
     *
     * @param low strength 0, [1, c, h, w]
     * @param high strength 1
     */
    static FloatTensor between(FloatTensor low, FloatTensor high, float strength) {
        // A1111 takes the norms of each picture's [c, h, w] over its dimension 1, which is the rows.
        int channels = low.dim(1);
        int rows = low.dim(2);
        int columns = low.dim(3);
        float[] dots = cosines(low, high);
        double mean = 0;
        for (float dot : dots) {
            mean += dot;
        }
        if (mean / dots.length > PARALLEL) {
            return low.times(strength).plus(high, 1 - strength);
        }
        float[] out = new float[low.size()];
        for (int c = 0; c < channels; c++) {
            for (int x = 0; x < columns; x++) {
                float omega = (float) Math.acos(dots[c * columns + x]);
                float so = (float) Math.sin(omega);
                float a = (float) Math.sin((1 - strength) * omega) / so;
                float b = (float) Math.sin(strength * omega) / so;
                for (int y = 0; y < rows; y++) {
                    int i = (c * rows + y) * columns + x;
                    out[i] = a * low.data()[i] + b * high.data()[i];
                }
            }
        }
        return FloatTensor.of(out, low.shape());
    }

    /** The cosines between the two tensors' columns, [c, w]. */
    private static float[] cosines(FloatTensor low, FloatTensor high) {
        int rows = low.dim(2);
        int columns = low.dim(3);
        float[] cosines = new float[low.dim(1) * columns];
        for (int c = 0; c < low.dim(1); c++) {
            for (int x = 0; x < columns; x++) {
                double lowSquares = 0;
                double highSquares = 0;
                double products = 0;
                for (int y = 0; y < rows; y++) {
                    int i = (c * rows + y) * columns + x;
                    double l = low.data()[i];
                    double h = high.data()[i];
                    lowSquares += l * l;
                    highSquares += h * h;
                    products += l * h;
                }
                cosines[c * columns + x] = (float) (products / Math.sqrt(lowSquares * highSquares));
            }
        }
        return cosines;
    }
}
