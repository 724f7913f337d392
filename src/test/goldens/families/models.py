"""Small models of every family's exact structure, by diffusers' and transformers' own classes, with computed weights.

The weights are `../networks/synthetic.py`'s under the names of the LDM program, so that no file of weights has to be kept: the
names and shapes are written to `shapes.gz`, from which the Java test writes the same checkpoints.
"""
import importlib.util
import sys
from pathlib import Path

from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "networks"))
import names  # noqa: E402
import synthetic  # noqa: E402

spec = importlib.util.spec_from_file_location("pictures", HERE.parent / "pictures" / "make.py")
pictures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pictures)

CLIP = "cond_stage_model.transformer.text_model."
OPEN_CLIP = "cond_stage_model.model."
VOCABULARY = 49408
WAVES = 256


class Shapes(dict):
    """Fills models from computed weights, and remembers the names and shapes that a checkpoint of them has."""

    def tensor(self, name, shape):
        self[name] = tuple(shape)
        return synthetic.tensor(name, shape)

    def fill(self, model, source):
        state = {k: source(k, tuple(v.shape)).float().reshape(v.shape) for k, v in model.state_dict().items()
                 if not k.endswith("position_ids")}
        model.load_state_dict(state, strict=False)
        return model.eval()

    def unet(self, channels, heads, depth, context, blocks=2, middle="UNetMidBlock2DCrossAttn", up_depth=None, **more):
        attention = tuple(bool(d) for d in depth)
        kinds = ["CrossAttnDownBlock2D" if a else "DownBlock2D" for a in attention]
        model = UNet2DConditionModel(
            sample_size=64, out_channels=4, block_out_channels=channels, layers_per_block=blocks, down_block_types=kinds,
            up_block_types=[k.replace("Down", "Up") for k in reversed(kinds)], mid_block_type=middle,
            transformer_layers_per_block=[d or 1 for d in depth], reverse_transformer_layers_per_block=up_depth,
            attention_head_dim=heads, cross_attention_dim=context, **more)
        return self.fill(model, lambda k, s: self.tensor(names.unet(k, blocks, attention), s))

    def vae(self, scale):
        model = AutoencoderKL(3, 3, ("DownEncoderBlock2D",) * 4, ("UpDecoderBlock2D",) * 4, (32, 32, 64, 64),
                              layers_per_block=1, latent_channels=4, scaling_factor=scale)

        def source(key, shape):
            name = names.vae(key, 4)
            return self.tensor(name, (*shape, 1, 1) if ".attn_1." in name and len(shape) == 2 else shape)

        return self.fill(model, source)

    def clip(self, prefix, width, layers):
        config = CLIPTextConfig(hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
                                num_attention_heads=width // 64)
        return self.fill(CLIPTextModel(config), lambda k, s: self.tensor(names.text(k, prefix), s))

    def openclip(self, prefix, width, layers, kept=None):
        """`kept`: diffusers keeps so many layers of SD2's encoder, for the last one's result is never used."""
        config = CLIPTextConfig(hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
                                num_attention_heads=width // 64, hidden_act="gelu", projection_dim=width)

        def source(key, shape):
            if key == "text_projection.weight":
                return self.tensor(prefix + "text_projection", shape[::-1]).T
            name, part = names.openclip(key)
            if part is None:
                return self.tensor(prefix + name, shape)
            kind = key.rsplit(".", 1)[1]
            return self.tensor(f"{prefix}{name}_{kind}", (3 * shape[0], *shape[1:])).chunk(3)[part]

        model = self.fill(CLIPTextModelWithProjection(config), source)
        if kept is None:
            return model
        plain = CLIPTextModel(config)
        plain.text_model = model.text_model
        plain.text_model.encoder.layers = plain.text_model.encoder.layers[:kept]
        return plain.eval()


def label(width, numbers):
    return dict(addition_embed_type="text_time", addition_time_embed_dim=WAVES,
                projection_class_embeddings_input_dim=width + WAVES * numbers)


def sd1(**unet):
    s = Shapes()
    unet = dict(dict(channels=(32, 64, 64, 64), heads=8, depth=(1, 1, 1, 0)), **unet)
    return s, dict(unet=s.unet(context=64, **unet), vae=s.vae(0.18215), text_encoder=s.clip(CLIP, 64, 3),
                   tokenizer=pictures.tokenizer())


def sd2(**unet):
    s = Shapes()
    unet = s.unet((64, 64, 128, 128), [1, 1, 2, 2], (1, 1, 1, 0), 64, use_linear_projection=True, **unet)
    words = pictures.tokenizer()
    words.pad_token = "!"
    return s, dict(unet=unet, vae=s.vae(0.18215), text_encoder=s.openclip(OPEN_CLIP, 64, 4, kept=3), tokenizer=words)


def sdxl(**unet):
    s = Shapes()
    unet = dict(dict(channels=(32, 64, 128), heads=[1, 1, 2], depth=(0, 2, 3)), **unet)
    words = pictures.tokenizer()
    words.pad_token = "!"
    return s, dict(
        unet=s.unet(context=192, use_linear_projection=True, **label(128, 6), **unet), vae=s.vae(0.13025),
        text_encoder=s.clip("conditioner.embedders.0.transformer.text_model.", 64, 3),
        text_encoder_2=s.openclip("conditioner.embedders.1.model.", 128, 3),
        tokenizer=pictures.tokenizer(), tokenizer_2=words)


def refiner():
    s = Shapes()
    words = pictures.tokenizer()
    words.pad_token = "!"
    unet = s.unet((32, 64, 128, 128), [1, 1, 2, 2], (0, 2, 2, 0), 128, use_linear_projection=True, **label(128, 5))
    return s, dict(unet=unet, vae=s.vae(0.13025), text_encoder=None, tokenizer=None,
                   text_encoder_2=s.openclip("conditioner.embedders.0.model.", 128, 3), tokenizer_2=words)
