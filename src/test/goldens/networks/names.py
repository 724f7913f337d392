"""The names that the LDM program gives to the tensors of diffusers' models."""

RESNET = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
          "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}
OUTER = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
         "add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2",
         "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}
VAE_ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def unet(key, blocks, attention):
    """`blocks` a level; `attention`: for each level whether it has transformers."""
    name, kind = key.rsplit(".", 1)
    if name in OUTER:
        return f"model.diffusion_model.{OUTER[name]}.{kind}"
    part = name.split(".")
    n = blocks + 1
    if part[0] == "mid_block":
        at = f"middle_block.{1 if part[1] == 'attentions' else 2 * int(part[2])}"
        return f"model.diffusion_model.{inside(at, part[1], part[3:])}.{kind}"
    i, j = int(part[1]), int(part[3])
    if part[0] == "down_blocks":
        if part[2] == "downsamplers":
            return f"model.diffusion_model.input_blocks.{n * (i + 1)}.0.op.{kind}"
        at = f"input_blocks.{1 + n * i + j}.{int(part[2] == 'attentions')}"
    else:
        if part[2] == "upsamplers":
            place = 2 if attention[::-1][i] else 1
            return f"model.diffusion_model.output_blocks.{n * i + blocks}.{place}.conv.{kind}"
        at = f"output_blocks.{n * i + j}.{int(part[2] == 'attentions')}"
    return f"model.diffusion_model.{inside(at, part[2], part[4:])}.{kind}"


def inside(at, group, rest):
    return f"{at}.{RESNET[rest[0]]}" if group == "resnets" else ".".join([at, *rest])


def vae(key, levels):
    name, kind = key.rsplit(".", 1)
    part = name.split(".")
    if len(part) == 1:
        return f"first_stage_model.{name}.{kind}"
    side, rest = part[0], part[1:]
    if rest[0] == "mid_block":
        if rest[1] == "attentions":
            inner = f"mid.attn_1.{VAE_ATTENTION['.'.join(rest[3:])]}"
        else:
            inner = f"mid.block_{1 + int(rest[2])}.{shortcut(rest[3])}"
    elif rest[0] == "conv_norm_out":
        inner = "norm_out"
    elif len(rest) == 1:
        inner = rest[0]
    else:
        i = int(rest[1])
        level = f"down.{i}" if side == "encoder" else f"up.{levels - 1 - i}"
        inner = {"downsamplers": f"{level}.downsample.conv", "upsamplers": f"{level}.upsample.conv"}.get(rest[2])
        inner = inner or f"{level}.block.{rest[3]}.{shortcut(rest[4])}"
    return f"first_stage_model.{side}.{inner}.{kind}"


def shortcut(name):
    return "nin_shortcut" if name == "conv_shortcut" else name


def text(key, prefix):
    return key.replace("text_model.", prefix, 1)


OPENCLIP = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "self_attn.out_proj": "attn.out_proj", "mlp.fc1": "mlp.c_fc",
            "mlp.fc2": "mlp.c_proj"}


def openclip(key):
    """OpenCLIP's name, and for the queries, keys and values which third of the fused tensor it is."""
    key = key.removeprefix("text_model.")
    flat = {"embeddings.token_embedding.weight": "token_embedding.weight",
            "embeddings.position_embedding.weight": "positional_embedding"}
    if key in flat:
        return flat[key], None
    if key.startswith("final_layer_norm"):
        return key.replace("final_layer_norm", "ln_final"), None
    _, _, i, rest = key.split(".", 3)
    name, kind = rest.rsplit(".", 1)
    at = f"transformer.resblocks.{i}."
    if name in OPENCLIP:
        return f"{at}{OPENCLIP[name]}.{kind}", None
    return f"{at}attn.in_proj", ["q_proj", "k_proj", "v_proj"].index(name.split(".")[1])
