package gesso.request;

/** Whose random numbers make the noise. GPU and NV are CUDA's (Philox), CPU is torch's (Mersenne Twister), COMFY draws one CPU tensor for the whole batch. */
public enum Rng implements Labelled {
    GPU("GPU"),
    CPU("CPU"),
    NV("NV"),
    COMFY("ComfyUI");

    private final String label;

    Rng(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Rng parse(String text) {
        return Labelled.parse(Rng.class, "rng", "random number source", text);
    }
}
