package gesso.weights;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link ModelInfo} is made of, found from the keys alone: the first kind of file that fits. */
record ModelProbe(ModelKind kind, Architecture architecture, Naming naming, int inputChannels, int contextWidth) {
    private static final int LARGEST_EMBEDDING = 4; // tensors in one file

    private static final List<String> CONTROL_PREFIXES = List.of("control_model.", "controlnet.", "");

    static ModelProbe of(Keys keys) {
        ModelProbe control = control(keys);
        if (control != null) {
            return control;
        }
        UnetProbe unet = UnetProbe.find(keys);
        if (unet.found()) {
            return of(ModelKind.CHECKPOINT, unet);
        }
        LoraProbe lora = new LoraProbe(keys);
        if (lora.found()) {
            return new ModelProbe(ModelKind.LORA, lora.architecture(), lora.naming(), 0, lora.contextWidth());
        }
        Architecture denoiser = DenoiserProbe.find(keys);
        if (denoiser != Architecture.UNKNOWN) {
            return of(ModelKind.CHECKPOINT, denoiser, Naming.OTHER);
        }
        Architecture upscaler = UpscalerProbe.find(keys);
        if (upscaler != Architecture.UNKNOWN) {
            return of(ModelKind.UPSCALER, upscaler, Naming.OTHER);
        }
        return part(keys);
    }

    private static ModelProbe of(ModelKind kind, Architecture architecture, Naming naming) {
        return new ModelProbe(kind, architecture, naming, 0, 0);
    }

    private static ModelProbe of(ModelKind kind, UnetProbe unet) {
        return new ModelProbe(kind, unet.architecture(), unet.naming(), unet.inputChannels(), unet.contextWidth());
    }

    private static @Nullable ModelProbe control(Keys keys) {
        for (String p : CONTROL_PREFIXES) {
            if (keys.hasPrefix(p + "input_hint_block.0.")) {
                return of(ModelKind.CONTROLNET, UnetProbe.control(keys, p, Naming.LDM));
            }
            if (keys.hasPrefix(p + "controlnet_cond_embedding.")) {
                return of(ModelKind.CONTROLNET, UnetProbe.control(keys, p, Naming.DIFFUSERS));
            }
        }
        return null;
    }

    /** A part of a model, or something beside one. */
    private static ModelProbe part(Keys keys) {
        if (keys.hasPrefix("image_proj.") || keys.hasPrefix("ip_adapter.")) {
            int width = (int) keys.dim(keys.find("ip_adapter.", ".to_k_ip.weight"), 1);
            return new ModelProbe(ModelKind.IP_ADAPTER, ModelInfo.byContextWidth(width), Naming.OTHER, 0, width);
        }
        if (keys.any(name -> name.contains("motion_modules."))) {
            return of(ModelKind.MOTION_MODULE, Architecture.UNKNOWN, Naming.OTHER);
        }
        if (keys.hasPrefix("body.0.in_conv.")
                || keys.hasPrefix("body.0.block1.")
                || keys.hasPrefix("adapter.body.0.")) {
            return of(ModelKind.T2I_ADAPTER, Architecture.UNKNOWN, Naming.OTHER);
        }
        Naming vae = vae(keys);
        if (vae != null) {
            return of(ModelKind.VAE, Architecture.UNKNOWN, vae);
        }
        if (keys.any(ModelProbe::isTiny)) {
            return of(ModelKind.TINY_VAE, Architecture.UNKNOWN, Naming.OTHER);
        }
        ModelKind words = WordsProbe.find(keys);
        if (words != null) {
            return of(words, Architecture.UNKNOWN, Naming.OTHER);
        }
        if (keys.any(name -> name.contains("vision_model.encoder.layers.0.") || name.contains("visual.transformer."))) {
            return of(ModelKind.IMAGE_ENCODER, Architecture.UNKNOWN, Naming.DIFFUSERS);
        }
        if (keys.any(name -> name.contains("text_model.encoder.layers.0.")
                || name.contains("transformer.resblocks.0.")
                || name.contains("encoder.block.0.layer.0.SelfAttention."))) {
            return of(ModelKind.TEXT_ENCODER, Architecture.UNKNOWN, Naming.OTHER);
        }
        return embedding(keys);
    }

    private static @Nullable Naming vae(Keys keys) {
        for (String p : List.of("first_stage_model.", "vae.", "")) {
            if (keys.has(p + "decoder.conv_in.weight") || keys.has(p + "encoder.conv_in.weight")) {
                boolean ldm = keys.hasPrefix(p + "decoder.mid.") || keys.hasPrefix(p + "encoder.mid.");
                return ldm ? Naming.LDM : Naming.DIFFUSERS;
            }
        }
        return null;
    }

    /** TAESD's chain of layers: bare, behind its halves' names, or as diffusers' AutoencoderTiny. */
    private static boolean isTiny(String name) {
        return name.equals("3.conv.0.weight")
                || name.equals("1.conv.0.weight")
                || name.startsWith("taesd_")
                || name.startsWith("decoder.layers.3.conv.0.")
                || name.startsWith("decoder.3.conv.0.");
    }

    private static ModelProbe embedding(Keys keys) {
        if (keys.has("clip_g")) {
            return new ModelProbe(ModelKind.EMBEDDING, Architecture.SDXL, Naming.OTHER, 0, (int)
                    (keys.dim("clip_g", 1) + keys.dim("clip_l", 1)));
        }
        boolean vectors = keys.size() > 0
                && keys.size() <= LARGEST_EMBEDDING
                && keys.allShapes(shape -> shape.length >= 1 && shape.length <= 2);
        boolean named = keys.has("emb_params") || keys.hasPrefix("string_to_param.");
        if (!named && !vectors) {
            boolean hyper = keys.hasPrefix("768.") || keys.hasPrefix("1024.") || keys.hasPrefix("320.");
            return of(hyper ? ModelKind.HYPERNETWORK : ModelKind.UNKNOWN, Architecture.UNKNOWN, Naming.OTHER);
        }
        String name = keys.has("emb_params") ? "emb_params" : keys.find(named ? "string_to_param." : "", "");
        int width = (int) keys.dim(name, keys.rank(name) - 1);
        return new ModelProbe(ModelKind.EMBEDDING, ModelInfo.byContextWidth(width), Naming.OTHER, 0, width);
    }
}
