package gesso.weights;

/** How a model lies on the disk. */
public enum Form {
    FILE("one file"),
    /** One file whose tensors bear diffusers' names. */
    DIFFUSERS_FILE("one file with diffusers' names"),
    /** What diffusers' {@code save_pretrained} writes: a folder for each network. */
    DIFFUSERS_FOLDER("diffusers folder"),
    /** Networks that are ONNX files already, a folder for each. */
    ONNX_FOLDER("ONNX folder");

    private final String label;

    Form(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
