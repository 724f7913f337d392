package gesso.weights;

import gesso.weights.CheckpointShapes.TextShape;
import java.util.Map;

/** The tensors of CLIP's text encoders, by both namings. */
final class TextShapes {
    private static final int POSITIONS = 77;

    private final LayerShapes layers = new LayerShapes();

    private TextShapes() {}

    /** As transformers names them. */
    static Map<String, long[]> clip(TextShape shape) {
        TextShapes shapes = new TextShapes();
        shapes.writeClip(shape);
        return shapes.layers.all();
    }

    /** As OpenCLIP names them. */
    static Map<String, long[]> openClip(TextShape shape) {
        TextShapes shapes = new TextShapes();
        shapes.writeOpenClip(shape);
        return shapes.layers.all();
    }

    private void writeClip(TextShape s) {
        String at = s.prefix();
        int width = s.width();
        layers.tensor(at + "embeddings.token_embedding.weight", s.vocabulary(), width);
        layers.tensor(at + "embeddings.position_embedding.weight", POSITIONS, width);
        for (int i = 0; i < s.layers(); i++) {
            String layer = at + "encoder.layers." + i + ".";
            for (String part : new String[] {"k_proj", "v_proj", "q_proj", "out_proj"}) {
                layers.linear(layer + "self_attn." + part, width, width);
            }
            layers.norm(layer + "layer_norm1", width);
            layers.linear(layer + "mlp.fc1", 4 * width, width);
            layers.linear(layer + "mlp.fc2", width, 4 * width);
            layers.norm(layer + "layer_norm2", width);
        }
        layers.norm(at + "final_layer_norm", width);
    }

    private void writeOpenClip(TextShape s) {
        String at = s.prefix();
        int width = s.width();
        layers.tensor(at + "positional_embedding", POSITIONS, width);
        layers.tensor(at + "text_projection", width, width);
        layers.tensor(at + "token_embedding.weight", s.vocabulary(), width);
        for (int i = 0; i < s.layers(); i++) {
            String layer = at + "transformer.resblocks." + i + ".";
            layers.norm(layer + "ln_1", width);
            layers.tensor(layer + "attn.in_proj_weight", 3L * width, width);
            layers.tensor(layer + "attn.in_proj_bias", 3L * width);
            layers.linear(layer + "attn.out_proj", width, width);
            layers.norm(layer + "ln_2", width);
            layers.linear(layer + "mlp.c_fc", 4 * width, width);
            layers.linear(layer + "mlp.c_proj", width, 4 * width);
        }
        layers.norm(at + "ln_final", width);
    }
}
