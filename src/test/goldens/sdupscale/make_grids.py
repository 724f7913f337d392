"""Pictures combined of random tiles. The tiles' pixels follow a rule that the test knows; see `tile`."""

import hashlib
import math
import sys
from pathlib import Path

import numpy as np
from PIL import Image

CASES = [  # picture, tile, overlap
    ((200, 136), (64, 64), 16),
    ((128, 96), (64, 48), 0),
    ((150, 70), (72, 64), 24),
    ((64, 64), (64, 64), 32),
    ((65, 300), (64, 128), 63),
]


def tile(index, width, height):
    """Grey values from a linear congruence, three bytes a pixel."""
    n = np.arange(width * height * 3, dtype=np.uint64) + np.uint64(1000003 * (index + 1))
    values = (n * np.uint64(2654435761) >> np.uint64(13)) & np.uint64(255)
    return Image.fromarray(values.astype(np.uint8).reshape(height, width, 3), "RGB")


def starts(length, side, overlap):
    count = math.ceil((length - overlap) / (side - overlap))
    step = (length - side) / (count - 1) if count > 1 else 0
    return [min(int(i * step), length - side) for i in range(count)]


def ramp(shape, axis, overlap):
    levels = np.arange(overlap, dtype=np.float32) * 255 / overlap
    levels = levels.astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(np.broadcast_to(levels[None, :] if axis else levels[:, None], shape)), "L")


def combine(size, side, overlap):
    xs = starts(size[0], side[0], overlap)
    ys = starts(size[1], side[1], overlap)
    whole = Image.new("RGB", size)
    index = 0
    for y in ys:
        row = Image.new("RGB", (size[0], side[1]))
        for x in xs:
            made = tile(index, *side)
            index += 1
            if x == 0:
                row.paste(made, (0, 0))
                continue
            if overlap:
                row.paste(made.crop((0, 0, overlap, side[1])), (x, 0), mask=ramp((side[1], overlap), 1, overlap))
            row.paste(made.crop((overlap, 0, *side)), (x + overlap, 0))
        if y == 0:
            whole.paste(row, (0, 0))
            continue
        if overlap:
            whole.paste(row.crop((0, 0, size[0], overlap)), (0, y), mask=ramp((overlap, size[0]), 0, overlap))
        whole.paste(row.crop((0, overlap, size[0], side[1])), (0, y + overlap))
    return xs, ys, whole


out = Path(sys.argv[1])
lines = []
for size, side, overlap in CASES:
    xs, ys, whole = combine(size, side, overlap)
    digest = hashlib.sha256(whole.tobytes()).hexdigest()
    lefts, tops = (" ".join(map(str, starts)) for starts in (xs, ys))
    lines.append(f"{size[0]}x{size[1]},{side[0]}x{side[1]},{overlap},{lefts},{tops},{digest}\n")
(out / "grids.csv").write_text("".join(lines))
