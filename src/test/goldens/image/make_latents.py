"""A small latent in other sizes, by torch, for LatentScalingTest: little-endian float32 in one file, case after case."""

import pathlib

import numpy as np
import torch

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "image"
MODES = [("bilinear", False), ("bilinear", True), ("bicubic", False), ("bicubic", True), ("nearest", False), ("nearest-exact", False)]
SIZES = [(14, 21), (5, 4), (9, 13), (7, 40), (18, 6)]  # of 9x13

x = torch.randn(1, 2, 9, 13, generator=torch.Generator().manual_seed(3))
parts = [x]
for mode, antialias in MODES:
    for size in SIZES:
        parts.append(torch.nn.functional.interpolate(x, size=size, mode=mode, antialias=antialias))
np.concatenate([p.numpy().astype("<f4").ravel() for p in parts]).tofile(OUT / "latents.f32")
