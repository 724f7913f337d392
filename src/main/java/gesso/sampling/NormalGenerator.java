package gesso.sampling;

/** A source of normally distributed numbers (mean 0, deviation 1) that goes on where the last call stopped. */
public interface NormalGenerator {
    /** The next tensor's worth of numbers; how many are asked for at once matters to their values. */
    float[] normals(int n);
}
