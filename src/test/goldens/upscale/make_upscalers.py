"""Small random upscalers in each form, and what spandrel's own classes make of a picture: the goldens of the graphs.

Usage: python make_upscalers.py OUTPUT_FOLDER
"""

import pathlib
import re
import sys

import torch
from safetensors.torch import save_file
from spandrel import ModelLoader
from spandrel.architectures.Compact import Compact
from spandrel.architectures.DAT import DAT
from spandrel.architectures.ESRGAN import ESRGAN
from spandrel.architectures.SwinIR import SwinIR
from spandrel.architectures.__arch_helpers import block

OUT = pathlib.Path(sys.argv[1])
torch.set_num_threads(2)


def filled(model, seed):
    """Every parameter and running statistic random, so that no term can be left out unseen."""
    generator = torch.Generator().manual_seed(seed)
    for name, value in model.state_dict().items():
        if not value.is_floating_point() or name.endswith(("rpe_biases", "attn_mask", "attn_mask_0", "attn_mask_1")):
            continue
        drawn = torch.rand(value.shape, generator=generator) * 2 - 1
        if value.dim() >= 2 and "table" not in name:
            drawn *= 1.2 / value[0].numel() ** 0.5
        elif name.endswith("running_var") or (name.endswith("weight") and "norm" in name):
            drawn = 1 + drawn / 2
        else:
            drawn *= 0.2
        value.copy_(drawn.half().float())
    return model.eval()


def picture(seed, height, width):
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


def old_to_new(state, blocks, ups):
    """The names of the ESRGAN program's later form and of Real-ESRGAN's."""
    new = {}
    for key, value in state.items():
        key = re.sub(r"model\.1\.sub\.(\d+)\.RDB(\d)\.conv(\d)\.0\.", r"body.\1.rdb\2.conv\3.", key)
        key = key.replace(f"model.1.sub.{blocks}.", "conv_body.").replace("model.0.", "conv_first.")
        for i in range(ups):
            key = key.replace(f"model.{3 * (i + 1)}.", f"conv_up{i + 1}.")
        key = key.replace(f"model.{3 * ups + 2}.", "conv_hr.").replace(f"model.{3 * ups + 4}.", "conv_last.")
        new[key] = value
    return new


def trunk(state):
    names = (("body.", "RRDB_trunk."), ("conv_body", "trunk_conv"), ("conv_up", "upconv"), ("conv_hr", "HRconv"))
    new = {}
    for key, value in state.items():
        key = re.sub(r"^body\.(\d+)\.rdb", r"RRDB_trunk.\1.RDB", key)
        for a, b in names[1:]:
            key = key.replace(a, b)
        new[key] = value
    return new


def keep(name, model, state, image, nested=False, pth=False):
    with torch.no_grad():
        made = model(image.clone())
    state = {k: v.half() if v.is_floating_point() else v for k, v in state.items()}
    if pth:
        torch.save({"params_ema": state} if nested else state, OUT / f"{name}.pth")
        path = OUT / f"{name}.pth"
    else:
        save_file({k: v.contiguous() for k, v in state.items()}, OUT / f"{name}.safetensors")
        path = OUT / f"{name}.safetensors"
    seen = ModelLoader().load_from_file(path)
    with torch.no_grad():
        gap = (seen.eval().model(image.clone()) - made).abs().max()
        assert gap < 2e-6, (name, gap)
    save_file({"image": image, "made": made.contiguous()}, OUT / f"{name}.golden.safetensors")
    print(name, path.stat().st_size, tuple(made.shape), float(made.min()), float(made.max()))


def esrgan(seed, **more):
    return filled(ESRGAN(num_filters=8, num_blocks=2, **more), seed)


# The class always grows by 32 channels; 4 make the files small and the sums the same.
whole_block = block.RRDB
block.RRDB = lambda **arguments: whole_block(**{**arguments, "gc": 4})


OUT.mkdir(parents=True, exist_ok=True)
old = esrgan(1, scale=4)
keep("esrgan-old", old, old.state_dict(), picture(2, 9, 13))
keep("esrgan-new", old, old_to_new(old.state_dict(), 2, 2), picture(2, 9, 13), pth=True)
keep("esrgan-trunk", old, trunk(old_to_new(old.state_dict(), 2, 2)), picture(2, 9, 13))
two = esrgan(3, scale=2)
keep("esrgan-x2", two, two.state_dict(), picture(4, 8, 6))
one = esrgan(5, scale=1)
keep("esrgan-x1", one, one.state_dict(), picture(6, 8, 6))
plus = esrgan(7, scale=4, plus=True)
keep("esrgan-plus", plus, plus.state_dict(), picture(8, 8, 6))
half = esrgan(9, scale=4, in_nc=12, shuffle_factor=2)
keep("realesrgan-x2plus", half, old_to_new(half.state_dict(), 2, 2), picture(10, 8, 12), nested=True, pth=True)

compact = filled(Compact(num_feat=8, num_conv=3, upscale=4), 11)
keep("compact-x4", compact, compact.state_dict(), picture(12, 7, 9), nested=True, pth=True)
compact = filled(Compact(num_feat=8, num_conv=2, upscale=2), 13)
keep("compact-x2", compact, compact.state_dict(), picture(14, 7, 9))


def swinir(name, seed, size, **more):
    model = filled(SwinIR(embed_dim=12, num_heads=[3, 3], mlp_ratio=2, **more), seed)
    keep(name, model, model.state_dict(), picture(seed + 1, *size))


swinir("swinir-classical", 21, (16, 24), img_size=16, window_size=8, depths=[2, 2], upscale=2, upsampler="pixelshuffle")
swinir("swinir-light", 23, (24, 16), img_size=16, window_size=8, depths=[2, 2], upscale=3, upsampler="pixelshuffledirect")
swinir(
    "swinir-real",
    25,
    (16, 16),
    img_size=16,
    window_size=8,
    depths=[2, 2],
    upscale=2,
    upsampler="nearest+conv",
    resi_connection="3conv",
)
swinir("swinir-jpeg", 27, (14, 21), img_size=14, window_size=7, depths=[2, 2], upscale=1, img_range=255.0, upsampler="")


def dat(name, seed, size, **more):
    model = filled(DAT(expansion_factor=1.0, **more), seed)
    keep(name, model, model.state_dict(), picture(seed + 1, *size))


# The network that makes numbers of distances is a 32nd as wide: three wide of 96 channels.
dat(
    "dat-light",
    31,
    (13, 18),
    img_size=8,
    embed_dim=96,
    num_heads=[6],
    split_size=[4, 8],
    depth=[3],
    upscale=3,
    upsampler="pixelshuffledirect",
    resi_connection="3conv",
)
dat("dat", 33, (16, 16), img_size=16, embed_dim=32, num_heads=[4, 2], split_size=[4, 2], depth=[3, 1], upscale=2)
