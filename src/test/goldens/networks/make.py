"""Writes the goldens of the text encoder, the UNet and the VAE. See README.md."""
from pathlib import Path

import diffusers.models.unets.unet_2d_blocks as unet_blocks
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.autoencoders.vae import Decoder, Encoder
from diffusers.models.upsampling import Upsample2D
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

import names
import synthetic

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "resources" / "networks"
ASSETS = HERE.parents[3] / "assets" / "models"
TEXT = "cond_stage_model.transformer.text_model."

torch.manual_seed(1)
torch.set_grad_enabled(False)


def fill(model, source, rename):
    """Loads a model from `source(LDM name, shape)`."""
    state = {}
    for key, value in model.state_dict().items():
        if key.endswith("position_ids"):
            continue
        name = rename(key)
        shape = tuple(value.shape)
        if ".attn_1." in name and len(shape) == 2:
            shape = (*shape, 1, 1)
        state[key] = source(name, shape).float().reshape(value.shape)
    model.load_state_dict(state, strict=False)
    return model.eval()


def like_a1111():
    """A1111's sizes that are multiples of 8, not 64: after doubling, a nearest-neighbour resize to the skip's size."""
    forward = Upsample2D.forward
    Upsample2D.forward = lambda self, h, output_size=None, *a, **k: forward(self, h, None, *a, **k)

    class Torch:
        def __getattr__(self, name):
            return getattr(torch, name)

        def cat(self, tensors, dim):
            a, b = tensors
            if a.shape[-2:] != b.shape[-2:]:
                a = torch.nn.functional.interpolate(a, b.shape[-2:], mode="nearest")
            return torch.cat((a, b), dim)

    unet_blocks.torch = Torch()


def text_goldens(out, model, vocabulary, n):
    ids = torch.full((n, 77), vocabulary - 1)
    ids[:, 0] = vocabulary - 2
    ids[0, 1:9] = torch.randint(0, vocabulary - 2, (8,))
    ids[n - 1, 1:70] = torch.randint(0, vocabulary - 2, (69,))
    states = model(ids, output_hidden_states=True).hidden_states
    out["ids"] = ids.to(torch.int32)
    for skip in (1, 2, 3):
        out[f"skip{skip}"] = model.text_model.final_layer_norm(states[-skip])
    out["plain2"] = states[-2]


def unet_goldens(out, model, width, sizes, label=0):
    for i, (n, h, w, tokens, timesteps) in enumerate(sizes):
        x = torch.randn(n, model.config.in_channels, h, w)
        t = torch.tensor(timesteps)
        context = torch.randn(n, tokens, width)
        y = torch.randn(n, label) if label else None
        if label:
            # The label's embedding as such: diffusers would build it from pooled text and sizes.
            model.add_embedding.register_forward_pre_hook(lambda m, a, y=y: (y,))
            added = {"text_embeds": torch.zeros(n, label - 6 * 32), "time_ids": torch.zeros(n, 6)}
            out[f"unet{i}.y"] = y
        else:
            added = None
        out[f"unet{i}.x"], out[f"unet{i}.t"], out[f"unet{i}.context"] = x, t, context
        out[f"unet{i}.out"] = model(x, t, context, added_cond_kwargs=added).sample


def vae_goldens(out, encoder, decoder, sizes):
    for i, (n, h, w) in enumerate(sizes):
        image = torch.rand(n, 3, 8 * h, 8 * w) * 2 - 1
        latent = torch.randn(n, 4, h, w)
        mean, logvar = encoder(image).chunk(2, 1)
        out[f"vae{i}.image"], out[f"vae{i}.mean"], out[f"vae{i}.logvar"] = image, mean, logvar.clamp(-30, 20)
        out[f"vae{i}.latent"], out[f"vae{i}.decoded"] = latent, decoder(latent)


def unet(channels, heads, depth, context, in_channels=4, blocks=2, linear=False, label=0):
    """`depth`: the transformer blocks of each level; `heads`: their number, or one for each level."""
    kinds = ["CrossAttnDownBlock2D" if d else "DownBlock2D" for d in depth]
    extra = {}
    if label:
        extra = dict(addition_embed_type="text_time", addition_time_embed_dim=32,
                     projection_class_embeddings_input_dim=label)
    return UNet2DConditionModel(
        in_channels=in_channels, out_channels=4, block_out_channels=channels, layers_per_block=blocks,
        down_block_types=kinds, up_block_types=[k.replace("Down", "Up") for k in reversed(kinds)],
        transformer_layers_per_block=[d or 1 for d in depth], attention_head_dim=heads, cross_attention_dim=context,
        use_linear_projection=linear, **extra)


def write(name, out):
    save_file({k: v.contiguous() for k, v in out.items()}, OUT / f"{name}.safetensors")
    print(name, sum(v.numel() * v.element_size() for v in out.values()) // 1024, "KB")


def starter():
    for name, channels in (("gesso-starter", 4), ("gesso-starter-inpainting", 9)):
        file = load_file(ASSETS / f"{name}.safetensors")

        def source(key, shape):
            assert tuple(file[key].shape) == shape, (key, shape)
            return file[key]

        out = {}
        model = unet((64, 128, 128), 8, (0, 1, 1), 128, channels)
        fill(model, source, lambda k: names.unet(k, 2, (False, True, True)))
        unet_goldens(out, model, 128, [(1, 16, 16, 77, [999.0]), (2, 20, 12, 10, [17.25, 503.875])])
        if channels == 4:
            text = CLIPTextModel(CLIPTextConfig(hidden_size=128, intermediate_size=512, num_hidden_layers=4,
                                                num_attention_heads=2))
            text_goldens(out, fill(text, source, lambda k: names.text(k, TEXT)), 49408, 1)
            vae_goldens(out, *starter_vae(source), [(1, 8, 6)])
        write(name.replace("gesso-", ""), out)


def starter_vae(source):
    # The encoder has no blocks where the decoder has one, so that no AutoencoderKL holds both.
    encoder = Encoder(3, 4, ("DownEncoderBlock2D",) * 4, (64,) * 4, layers_per_block=0)
    decoder = Decoder(4, 3, ("UpDecoderBlock2D",) * 4, (64, 64, 128, 128), layers_per_block=0)
    quant, post_quant = torch.nn.Conv2d(8, 8, 1), torch.nn.Conv2d(4, 4, 1)
    for part, at in ((encoder, "encoder."), (decoder, "decoder."), (quant, "quant_conv."), (post_quant, "post_quant_conv.")):
        fill(part, source, lambda k, at=at: names.vae(at + k, 4))
    return lambda x: quant(encoder(x)), lambda z: decoder(post_quant(z))


def sd1():
    """SD1.5's structure, a tenth as wide."""
    out = {}
    model = unet((32, 64, 128, 128), 8, (1, 1, 1, 0), 64)
    fill(model, synthetic.tensor, lambda k: names.unet(k, 2, (True, True, True, False)))
    like_a1111()
    unet_goldens(out, model, 64, [(1, 16, 24, 77, [981.0]), (3, 8, 8, 77, [0.0, 1.5, 640.125]), (1, 9, 13, 154, [250.5])])
    text = CLIPTextModel(CLIPTextConfig(vocab_size=512, hidden_size=64, intermediate_size=256, num_hidden_layers=12,
                                        num_attention_heads=1))
    text_goldens(out, fill(text, synthetic.tensor, lambda k: names.text(k, TEXT)), 512, 2)
    vae = AutoencoderKL(3, 3, ("DownEncoderBlock2D",) * 4, ("UpDecoderBlock2D",) * 4, (32, 64, 128, 128), 2, latent_channels=4)
    fill(vae, synthetic.tensor, lambda k: names.vae(k, 4))
    encode = lambda x: vae.encode(x).latent_dist.parameters
    vae_goldens(out, encode, lambda z: vae.decode(z).sample, [(1, 4, 6), (2, 3, 3)])
    write("sd1", out)


def openclip_source(prefix):
    """transformers' tensors of an encoder that the file names as OpenCLIP does."""
    def source(key, shape):
        kind = key.rsplit(".", 1)[1]
        if key == "text_projection.weight":
            return synthetic.tensor(prefix + "text_projection", shape[::-1]).T
        name, part = names.openclip(key)
        if part is None:
            return synthetic.tensor(prefix + name, shape)
        whole = synthetic.tensor(f"{prefix}{name}_{kind}", (3 * shape[0], *shape[1:]))
        return whole.chunk(3)[part]

    return source


def openclip_goldens(out, prefix, width, layers):
    config = CLIPTextConfig(vocab_size=512, hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
                            num_attention_heads=width // 64, hidden_act="gelu", projection_dim=width, eos_token_id=2)
    model = fill(CLIPTextModelWithProjection(config), openclip_source(prefix), lambda k: k)
    text_goldens(out, model, 512, 2)
    ids = out["ids"].long()
    ids[0, 9] = 511
    ids[0, 10:] = 0
    out["ids"] = ids.to(torch.int32)
    states = model(ids, output_hidden_states=True)
    out["plain2"], out["pooled"] = states.hidden_states[-2], states.text_embeds
    for skip in (1, 2, 3):
        out[f"skip{skip}"] = model.text_model.final_layer_norm(states.hidden_states[-skip])


def sd2():
    """SD2's structure: matrices as projections, heads 64 wide, OpenCLIP's text encoder."""
    out = {}
    model = unet((64, 64, 128, 128), [1, 1, 2, 2], (1, 1, 1, 0), 1024, linear=True)
    fill(model, synthetic.tensor, lambda k: names.unet(k, 2, (True, True, True, False)))
    unet_goldens(out, model, 1024, [(1, 8, 16, 7, [431.0])])
    openclip_goldens(out, "cond_stage_model.model.", 64, 5)
    write("sd2", out)


def sdxl():
    """SDXL's structure: three levels, deep transformers, a label vector."""
    out = {}
    model = unet((32, 64, 128), [1, 1, 2], (0, 2, 3), 192, linear=True, label=224)
    fill(model, synthetic.tensor, lambda k: names.unet(k, 2, (False, True, True)))
    unet_goldens(out, model, 192, [(2, 8, 12, 7, [999.0, 3.5])], label=224)
    openclip_goldens(out, "conditioner.embedders.1.model.", 128, 3)
    write("sdxl", out)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    starter()
    sd1()
    sd2()
    sdxl()
