"""Names, types and shapes of real models' files, without their values, for the tests of ModelInfo.

diffusers' and transformers' own classes give the diffusers names. The LDM names are laid out here after CompVis' and
Stability's configurations, and every UNet and VAE is then proved: diffusers' own converter must turn it into exactly the
names and shapes of diffusers' class.
"""
import gzip
import json
import pathlib

import torch
from diffusers import AutoencoderKL, AutoencoderTiny, ControlNetModel, FluxTransformer2DModel
from diffusers import PixArtTransformer2DModel, SD3Transformer2DModel, T2IAdapter, UNet2DConditionModel
from diffusers.loaders import single_file_utils as convert
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPVisionConfig, CLIPVisionModel

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "weights"
FILES = {}


def shapes(module, prefix=""):
    return {prefix + k: tuple(v.shape) for k, v in module.state_dict().items()}


def add(name, tensors, metadata=None, dtype="F16", types=None):
    FILES[name] = (metadata or {}, {k: ((types or {}).get(k, dtype), s) for k, s in tensors.items()})


# ---- LDM -----------------------------------------------------------------------------------------------------------

def linear(out, key, o, i, bias=True):
    out[key + ".weight"] = (o, i)
    if bias:
        out[key + ".bias"] = (o,)


def conv(out, key, o, i, k=3):
    out[key + ".weight"] = (o, i, k, k)
    out[key + ".bias"] = (o,)


def norm(out, key, c):
    out[key + ".weight"] = (c,)
    out[key + ".bias"] = (c,)


def res(out, key, i, o, emb):
    norm(out, key + ".in_layers.0", i)
    conv(out, key + ".in_layers.2", o, i)
    linear(out, key + ".emb_layers.1", o, emb)
    norm(out, key + ".out_layers.0", o)
    conv(out, key + ".out_layers.3", o, o)
    if i != o:
        conv(out, key + ".skip_connection", o, i, 1)


def transformer(out, key, c, depth, context, linear_proj):
    norm(out, key + ".norm", c)
    for p in ("proj_in", "proj_out"):
        linear(out, f"{key}.{p}", c, c) if linear_proj else conv(out, f"{key}.{p}", c, c, 1)
    for d in range(depth):
        b = f"{key}.transformer_blocks.{d}"
        for n, width in (("attn1", c), ("attn2", context)):
            linear(out, f"{b}.{n}.to_q", c, c, False)
            linear(out, f"{b}.{n}.to_k", c, width, False)
            linear(out, f"{b}.{n}.to_v", c, width, False)
            linear(out, f"{b}.{n}.to_out.0", c, c)
        linear(out, f"{b}.ff.net.0.proj", 8 * c, c)
        linear(out, f"{b}.ff.net.2", c, 4 * c)
        for n in (1, 2, 3):
            norm(out, f"{b}.norm{n}", c)


def unet(c, mult, depths, context, linear_proj, channels=4, vector=0, middle=None, blocks=2, control=False):
    """depths: transformers on each level; middle: in the middle, −1 for residual blocks alone, None as on the last level."""
    out, emb = {}, 4 * c
    linear(out, "time_embed.0", emb, c)
    linear(out, "time_embed.2", emb, emb)
    if vector:
        linear(out, "label_emb.0.0", emb, vector)
        linear(out, "label_emb.0.2", emb, emb)
    conv(out, "input_blocks.0.0", c, channels)
    n, cur, skips = 1, c, [c]
    for level, m in enumerate(mult):
        for _ in range(blocks):
            res(out, f"input_blocks.{n}.0", cur, m * c, emb)
            cur = m * c
            if depths[level]:
                transformer(out, f"input_blocks.{n}.1", cur, depths[level], context, linear_proj)
            skips.append(cur)
            n += 1
        if level < len(mult) - 1:
            conv(out, f"input_blocks.{n}.0.op", cur, cur)
            skips.append(cur)
            n += 1
    middle = depths[-1] or 1 if middle is None else middle
    res(out, "middle_block.0", cur, cur, emb)
    if middle > 0:
        transformer(out, "middle_block.1", cur, middle, context, linear_proj)
    res(out, "middle_block.2" if middle > 0 else "middle_block.1", cur, cur, emb)
    if control:
        hint = [16, 16, 32, 32, 96, 96, 256, c]
        for i, o in enumerate(hint):
            conv(out, f"input_hint_block.{2 * i}", o, 3 if i == 0 else hint[i - 1])
        for i, s in enumerate(skips):
            conv(out, f"zero_convs.{i}.0", s, s, 1)
        conv(out, "middle_block_out.0", cur, cur, 1)
        return out
    n = 0
    for level in reversed(range(len(mult))):
        for i in range(blocks + 1):
            res(out, f"output_blocks.{n}.0", cur + skips.pop(), mult[level] * c, emb)
            cur, sub = mult[level] * c, 1
            if depths[level]:
                transformer(out, f"output_blocks.{n}.1", cur, depths[level], context, linear_proj)
                sub = 2
            if level and i == blocks:
                conv(out, f"output_blocks.{n}.{sub}.conv", cur, cur)
            n += 1
    norm(out, "out.0", c)
    conv(out, "out.2", 4, c)
    return out


def vae_ldm(c=128, mult=(1, 2, 4, 4), z=4):
    out = {}

    def block(key, i, o):
        norm(out, key + ".norm1", i)
        conv(out, key + ".conv1", o, i)
        norm(out, key + ".norm2", o)
        conv(out, key + ".conv2", o, o)
        if i != o:
            conv(out, key + ".nin_shortcut", o, i, 1)

    def mid(key, o):
        block(key + ".block_1", o, o)
        norm(out, key + ".attn_1.norm", o)
        for n in ("q", "k", "v", "proj_out"):
            conv(out, f"{key}.attn_1.{n}", o, o, 1)
        block(key + ".block_2", o, o)

    conv(out, "encoder.conv_in", c, 3)
    cur = c
    for level, m in enumerate(mult):
        for i in range(2):
            block(f"encoder.down.{level}.block.{i}", cur, m * c)
            cur = m * c
        if level < len(mult) - 1:
            conv(out, f"encoder.down.{level}.downsample.conv", cur, cur)
    mid("encoder.mid", cur)
    norm(out, "encoder.norm_out", cur)
    conv(out, "encoder.conv_out", 2 * z, cur)
    conv(out, "decoder.conv_in", cur, z)
    mid("decoder.mid", cur)
    for level in reversed(range(len(mult))):
        for i in range(3):
            block(f"decoder.up.{level}.block.{i}", cur, mult[level] * c)
            cur = mult[level] * c
        if level:
            conv(out, f"decoder.up.{level}.upsample.conv", cur, cur)
    norm(out, "decoder.norm_out", cur)
    conv(out, "decoder.conv_out", 3, cur)
    conv(out, "quant_conv", 2 * z, 2 * z, 1)
    conv(out, "post_quant_conv", z, z, 1)
    return out


def open_clip(width, layers, projection):
    """The text half of OpenCLIP's model."""
    out = {"positional_embedding": (77, width), "token_embedding.weight": (49408, width)}
    for i in range(layers):
        b = f"transformer.resblocks.{i}"
        out[f"{b}.attn.in_proj_weight"] = (3 * width, width)
        out[f"{b}.attn.in_proj_bias"] = (3 * width,)
        linear(out, f"{b}.attn.out_proj", width, width)
        norm(out, f"{b}.ln_1", width)
        norm(out, f"{b}.ln_2", width)
        linear(out, f"{b}.mlp.c_fc", 4 * width, width)
        linear(out, f"{b}.mlp.c_proj", width, 4 * width)
    norm(out, "ln_final", width)
    out["text_projection"] = (width, projection)
    out["logit_scale"] = ()
    return out


def under(prefix, tensors):
    return {prefix + k: s for k, s in tensors.items()}


def clip(width=768, layers=12):
    config = CLIPTextConfig(hidden_size=width, num_hidden_layers=layers, intermediate_size=4 * width,
                            num_attention_heads=width // 64)
    out = shapes(CLIPTextModel(config))
    out["text_model.embeddings.position_ids"] = (1, 77)
    return out


# ---- the models ----------------------------------------------------------------------------------------------------

torch.set_default_device("meta")
HEADS = {320: [5, 10, 20, 20], 384: [6, 12, 24, 24]}


def diffusers_unet(c, mult, depths, context, linear_proj, channels=4, vector=0, middle=None, blocks=2, cls=UNet2DConditionModel):
    down = ["CrossAttnDownBlock2D" if d else "DownBlock2D" for d in depths]
    up = ["CrossAttnUpBlock2D" if d else "UpBlock2D" for d in reversed(depths)]
    more = {"up_block_types": up, "out_channels": 4} if cls is UNet2DConditionModel else {}
    if vector:
        more |= {"addition_embed_type": "text_time", "addition_time_embed_dim": 256,
                 "projection_class_embeddings_input_dim": vector}
    if cls is UNet2DConditionModel and middle == -1:
        more |= {"mid_block_type": "UNetMidBlock2D"}
    return cls(in_channels=channels, down_block_types=down, block_out_channels=[c * m for m in mult], layers_per_block=blocks,
               cross_attention_dim=context, transformer_layers_per_block=[d or max(middle or 1, 1) for d in depths],
               attention_head_dim=8 if not linear_proj else HEADS[c][:len(mult)],
               use_linear_projection=linear_proj, **more)


SD1 = dict(c=320, mult=[1, 2, 4, 4], depths=[1, 1, 1, 0], context=768, linear_proj=False)
SD2 = dict(SD1, context=1024, linear_proj=True)
SDXL = dict(c=320, mult=[1, 2, 4], depths=[0, 2, 10], context=2048, linear_proj=True, vector=2816)
REFINER = dict(c=384, mult=[1, 2, 4, 4], depths=[0, 4, 4, 0], context=1280, linear_proj=True, vector=2560, middle=4)


def check(shape, converted, wanted):
    got = {k: tuple(v.shape) for k, v in converted.items()}
    assert got == wanted, (shape, set(got) ^ set(wanted), [k for k in wanted if got.get(k) != wanted[k]][:9])


def tensors(named):
    return {k: torch.empty(s) for k, s in named.items()}


def proved(**shape):
    """The LDM names of a UNet, once diffusers' converter has found all of it in them."""
    ours = unet(**shape)
    twin = diffusers_unet(**shape)
    converted = convert.convert_ldm_unet_checkpoint(tensors(under("model.diffusion_model.", ours)), dict(twin.config))
    check(shape, converted, shapes(twin))
    return under("model.diffusion_model.", ours), shapes(twin)


sd1, sd1_hf = proved(**SD1)
sd1_inpaint, _ = proved(**SD1, channels=9)
sd1_instruct, _ = proved(**SD1, channels=8)
sd2, sd2_hf = proved(**SD2)
sd2_inpaint, _ = proved(**SD2, channels=9)
sdxl, sdxl_hf = proved(**SDXL)
sdxl_inpaint, sdxl_inpaint_hf = proved(**SDXL, channels=9)
refiner, refiner_hf = proved(**REFINER)

kl = AutoencoderKL(block_out_channels=[128, 256, 512, 512], layers_per_block=2, latent_channels=4,
                   down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4)
vae = vae_ldm()
check("vae", convert.convert_ldm_vae_checkpoint(tensors(under("first_stage_model.", vae)), dict(kl.config)),
      shapes(kl))
vae1 = under("first_stage_model.", vae)
clip1 = under("cond_stage_model.transformer.", clip())
clip2 = under("cond_stage_model.model.", open_clip(1024, 23, 1024))
clip_xl = under("conditioner.embedders.0.transformer.", clip()) | under("conditioner.embedders.1.model.",
                                                                        open_clip(1280, 32, 1280))
betas = {"betas": (1000,), "alphas_cumprod": (1000,)}
ema = {"model_ema." + k.removeprefix("model.").replace(".", ""): s for k, s in sd1.items()} | {"model_ema.decay": ()}

add("sd1 fp32 ema", sd1 | vae1 | clip1 | betas | ema, dtype="F32",
    types={"cond_stage_model.transformer.text_model.embeddings.position_ids": "I64"})
add("sd1 without vae", sd1 | clip1)
add("sd1 mixed", sd1 | vae1 | clip1, types={k: "F32" for k in vae1})
add("sd1 unet only", {k.removeprefix("model.diffusion_model."): s for k, s in sd1.items()}, dtype="BF16")
add("sd1 inpainting", sd1_inpaint | vae1 | clip1)
add("sd1 instruct", sd1_instruct | vae1 | clip1)
add("sd1 diffusers unet", sd1_hf)
add("sd2 512", sd2 | vae1 | clip2)
add("sd2 noted v", sd2 | vae1 | clip2, {"modelspec.architecture": "stable-diffusion-v2-768-v", "modelspec.title": " Two ",
                                        "modelspec.prediction_type": "v", "modelspec.resolution": "768x768"})
add("sd2 inpainting", sd2_inpaint | vae1 | clip2)
add("sd2 diffusers unet", sd2_hf)
add("sdxl", sdxl | vae1 | clip_xl)
add("sdxl v", sdxl | vae1 | clip_xl | {"v_pred": (), "ztsnr": ()}, {"modelspec.resolution": "1024x1280"})
add("sdxl fp8", sdxl | vae1 | clip_xl, dtype="F8_E4M3", types={k: "F16" for k in vae1})
add("sdxl odd notes", sdxl, {"modelspec.resolution": "big", "modelspec.prediction_type": ""})
add("sdxl inpainting", sdxl_inpaint | vae1 | clip_xl)
add("sdxl diffusers unet", sdxl_hf)
add("sdxl refiner", refiner | vae1 | under("conditioner.embedders.0.model.", open_clip(1280, 32, 1280)))
add("sdxl refiner diffusers unet", refiner_hf)
ssd = dict(SDXL, depths=[0, 2, 4], middle=-1)
add("ssd-1b", under("model.diffusion_model.", unet(**ssd)) | vae1 | clip_xl)
add("ssd-1b diffusers unet", shapes(diffusers_unet(**ssd)))
add("vega", under("model.diffusion_model.", unet(**dict(SDXL, depths=[0, 1, 2], middle=-1))) | vae1 | clip_xl)
add("koala 1b", under("model.diffusion_model.", unet(**dict(SDXL, depths=[0, 2, 6], blocks=1))) | vae1 | clip_xl)
add("playground", sdxl | vae1 | clip_xl | {"edm_mean": (1, 4, 1, 1), "edm_std": (1, 4, 1, 1)})
add("sd2 unclip", under("model.diffusion_model.", unet(**SD2, vector=1536)) | vae1 | clip2)

small = dict(SD1, c=32, context=64, mult=[1, 2])
add("small sd1", under("model.diffusion_model.", unet(**dict(small, depths=[0, 1]))) | under("cond_stage_model.transformer.", clip(64, 2)))
add("small sd2", under("model.diffusion_model.", unet(**dict(small, depths=[0, 1], linear_proj=True))) | under("cond_stage_model.model.", open_clip(64, 2, 64)))
add("small sd2 unet", unet(**dict(small, depths=[0, 1], linear_proj=True)))
add("small sdxl", under("model.diffusion_model.", unet(**dict(small, depths=[0, 2], linear_proj=True, vector=96))) | under("conditioner.embedders.0.transformer.", clip(64, 2)) | under("conditioner.embedders.1.model.", open_clip(64, 2, 64)))
add("small noted", unet(**dict(small, depths=[0, 2], linear_proj=True, vector=96)), {"modelspec.architecture": "stable-diffusion-xl-v1-refiner"})

add("vae ldm", vae, dtype="F32")
add("vae diffusers", shapes(kl))
add("taesd", shapes(AutoencoderTiny()))
add("clip-l", clip())
add("clip-g", shapes(CLIPTextModelWithProjection(CLIPTextConfig(hidden_size=1280, num_hidden_layers=2, intermediate_size=5120, num_attention_heads=20))))
add("clip vision", shapes(CLIPVisionModel(CLIPVisionConfig(num_hidden_layers=2))))
add("controlnet sd1", under("control_model.", unet(**SD1, control=True)))
add("controlnet sd1 in a checkpoint", under("control_model.", unet(**SD1, control=True)) | sd1 | vae1 | clip1)
add("controlnet sdxl diffusers", shapes(diffusers_unet(**SDXL, cls=ControlNetModel)))
add("t2i adapter", shapes(T2IAdapter(adapter_type="full_adapter")))


def lora(named, rename, down, up, rank=8, only="attn"):
    """A LoRA of rank 8 on every attention matrix of those."""
    out = {}
    for k, s in named.items():
        if only in k and k.endswith(".weight") and len(s) == 2:
            stem = rename(k.removesuffix(".weight"))
            out[stem + down] = (rank, s[1])
            out[stem + up] = (s[0], rank)
    return out


kohya = lambda prefix: lambda k: prefix + k.replace(".", "_")
add("lora sd1 kohya", lora(sd1_hf, kohya("lora_unet_"), ".lora_down.weight", ".lora_up.weight"), {"ss_base_model_version": "sd_v1"})
add("lora sd2 kohya", lora(sd2_hf, kohya("lora_unet_"), ".lora_down.weight", ".lora_up.weight"))
add("lora sdxl kohya", lora(sdxl_hf, kohya("lora_unet_"), ".lora_down.weight", ".lora_up.weight"))
add("lora sd1 text only", lora(clip(), kohya("lora_te_"), ".lora_down.weight", ".lora_up.weight", only="mlp"))
add("lora sdxl text only", lora(clip(), kohya("lora_te2_"), ".lora_down.weight", ".lora_up.weight", only="mlp"))
add("lora sdxl peft", lora(sdxl_hf, lambda k: "unet." + k, ".lora_A.weight", ".lora_B.weight"))
add("lora sd1 diffusers old", lora(sd1_hf, lambda k: k.replace(".to_", ".processor.to_") + "_lora", ".down.weight", ".up.weight"))
flux = FluxTransformer2DModel(num_layers=2, num_single_layers=2)
add("lora flux", lora(shapes(flux), lambda k: "transformer." + k, ".lora_A.weight", ".lora_B.weight"))


def factors(named, make):
    out = {}
    for k, s in named.items():
        if ".attn2.to_" in k and k.endswith(".weight"):
            for name, shape in make(s).items():
                out["lora_unet_" + k.removesuffix(".weight").replace(".", "_") + "." + name] = shape
    return out


add("loha sd1", factors(sd1_hf, lambda s: {"hada_w1_a": (s[0], 4), "hada_w1_b": (4, s[1]), "hada_w2_a": (s[0], 4), "hada_w2_b": (4, s[1]), "alpha": ()}))
add("lokr sdxl", factors(sdxl_hf, lambda s: {"lokr_w1": (8, 8), "lokr_w2_a": (s[0] // 8, 4), "lokr_w2_b": (4, s[1] // 8), "alpha": ()}))
add("full sd1", factors(sd1_hf, lambda s: {"diff": s}))

add("embedding sd1", {"emb_params": (4, 768)}, dtype="F32")
add("embedding sd2", {"emb_params": (4, 1024)}, dtype="F32")
add("embedding sdxl", {"clip_l": (4, 768), "clip_g": (4, 1280)})
add("embedding diffusers", {"<cat-toy>": (768,)}, dtype="F32")
add("embedding pickled", {"string_to_param.*": (2, 768)}, dtype="F32")

add("flux", shapes(flux), dtype="BF16")
add("flux original", {f"double_blocks.0.img_attn.norm.{k}_norm.scale": (128,) for k in ("query", "key")} | {"img_in.weight": (3072, 64)})
add("sd3", shapes(SD3Transformer2DModel(num_layers=2, pos_embed_max_size=192, caption_projection_dim=1152)))
add("sd3 original", {"model.diffusion_model.joint_blocks.0.context_block.attn.qkv.weight": (4608, 1536)} | under("text_encoders.clip_l.transformer.", clip(768, 2)))
add("pixart", shapes(PixArtTransformer2DModel(num_layers=2)))

add("esrgan old", {"model.0.weight": (64, 3, 3, 3), "model.1.sub.0.RDB1.conv1.0.weight": (32, 64, 3, 3)}, dtype="F32")
add("esrgan new", {"params_ema.conv_first.weight": (64, 3, 3, 3), "params_ema.body.0.rdb1.conv1.weight": (32, 64, 3, 3)}, dtype="F32")
add("compact", {"body.0.weight": (64, 3, 3, 3), "body.0.bias": (64,), "body.1.weight": (64,), "body.2.weight": (64, 64, 3, 3)}, dtype="F32")
add("swinir", {"conv_first.weight": (180, 3, 3, 3), "layers.0.residual_group.blocks.0.attn.relative_position_bias_table": (225, 6)}, dtype="F32")
add("dat", {"before_RG.1.weight": (180,), "layers.0.blocks.0.attn.attns.0.pos.pos_proj.weight": (22, 2)}, dtype="F32")
add("something else", {f"layer.{i}.weight": (3, 3, 3) for i in range(20)})
add("nothing", {})

lines = []
for name, (metadata, tensors_) in FILES.items():
    lines.append("@" + name)
    lines += [f"={k}={json.dumps(v)[1:-1]}" for k, v in metadata.items()]
    lines += [f"{dtype} {','.join(map(str, s))} {k}" for k, (dtype, s) in tensors_.items()]
(OUT / "headers.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
print(len(FILES), "files,", len(lines), "lines,", (OUT / "headers.gz").stat().st_size, "bytes")
