package gesso.weights;

import java.util.List;

/** Knows the upscalers by their layers' names, as spandrel's detection does. */
final class UpscalerProbe {
    /** Training programs keep the weights in a table inside the file, the averaged ones best. */
    private static final List<String> WRAPPERS = List.of("params_ema.", "params.", "");

    private UpscalerProbe() {}

    static Architecture find(Keys keys) {
        for (String p : WRAPPERS) {
            Architecture found = find(keys, p);
            if (found != Architecture.UNKNOWN) {
                return found;
            }
        }
        return Architecture.UNKNOWN;
    }

    private static Architecture find(Keys keys, String p) {
        boolean newNames = keys.hasPrefix(p + "body.0.rdb1.conv1.") || keys.hasPrefix(p + "RRDB_trunk.0.RDB1.conv1.");
        if (newNames || keys.hasPrefix(p + "model.1.sub.0.RDB1.conv1.0.")) {
            return Architecture.ESRGAN;
        }
        if (keys.hasPrefix(p + "layers.0.residual_group.overlap_attn.")) {
            return Architecture.HAT;
        }
        if (keys.has(p + "layers.0.residual_group.blocks.0.attn.logit_scale")) {
            return Architecture.SWIN2SR;
        }
        if (keys.has(p + "layers.0.residual_group.blocks.0.attn.relative_position_bias_table")) {
            return Architecture.SWINIR;
        }
        if (keys.hasPrefix(p + "before_RG.") && keys.hasPrefix(p + "layers.0.blocks.0.attn.attns.0.")) {
            return Architecture.DAT;
        }
        // A bare chain of convolutions, each followed by its PReLU's slopes.
        boolean chain = keys.rank(p + "body.0.weight") == 4 && keys.rank(p + "body.1.weight") == 1;
        return chain && !keys.has(p + "conv_first.weight") ? Architecture.COMPACT : Architecture.UNKNOWN;
    }
}
