"""Small pictures, and what Pillow, OpenCV and torch make of them, for OperationsTest and LatentResizeTest."""

import pathlib

import cv2
import numpy as np
from PIL import Image, ImageFilter, ImageOps

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "image" / "operations"
OUT.mkdir(parents=True, exist_ok=True)
FILTERS = ["NEAREST", "BOX", "BILINEAR", "BICUBIC", "LANCZOS"]


def noise(seed, w, h, mode):
    """Random blocks of 1, 2 and 5 pixels added up: edges, flat parts and single pixels, values at both ends."""
    r = np.random.default_rng(seed)
    c = {"L": 1, "RGB": 3, "RGBA": 4}[mode]
    x = np.zeros((h, w, c))
    for block, weight in ((1, 60), (2, 110), (5, 260)):
        t = r.random((h // block + 1, w // block + 1, c)) - 0.5
        x += weight * np.kron(t, np.ones((block, block, 1)))[:h, :w]
    x = np.clip(x + 128, 0, 255).astype(np.uint8)
    return Image.fromarray(x[:, :, 0] if mode == "L" else x, mode)


def main():
    rgb, rgba, grey = noise(1, 41, 37, "RGB"), noise(2, 33, 42, "RGBA"), noise(3, 50, 33, "L")
    for name, image in (("rgb", rgb), ("rgba", rgba), ("l", grey)):
        image.save(OUT / f"{name}.png")
        for f in FILTERS:
            for w, h in ((90, 17), (11, 70)):
                image.resize((w, h), getattr(Image.Resampling, f)).save(OUT / f"{name}-{f}-{w}x{h}.png")
    # A box without extent, as "resize and fill" asks for it.
    rgb.resize((41, 9), box=(0, 37, 41, 37)).save(OUT / "rgb-last-row-41x9.png")
    rgb.resize((9, 37), box=(0, 0, 0, 37)).save(OUT / "rgb-first-column-9x37.png")

    rgb.convert("L").save(OUT / "rgb-luma.png")
    big = noise(4, 72, 60, "RGBA")
    ground = Image.new("RGBA", big.size, "#ffffff")
    ground.paste(big, mask=big)
    big.save(OUT / "big.png")
    ground.convert("RGB").save(OUT / "big-flat.png")
    mask = noise(5, 72, 60, "L")
    mask.save(OUT / "mask.png")
    solid = big.convert("RGB")
    hidden = Image.new("RGBa", big.size)
    hidden.paste(solid.convert("RGBA").convert("RGBa"), mask=ImageOps.invert(mask))
    hidden.convert("RGBA").save(OUT / "big-hidden.png")
    other = noise(6, 72, 60, "RGBA")
    other.save(OUT / "other.png")
    Image.alpha_composite(other, big).save(OUT / "big-over-other.png")
    for radius in (0, 1, 2, 4, 4.5, 16, 64, 256):
        rgba.filter(ImageFilter.GaussianBlur(radius)).save(OUT / f"rgba-gauss-{radius}.png")

    small = (np.random.default_rng(7).random((40, 70)) > 0.97).astype(np.uint8) * 255
    small[12:30, 20:58] = 255
    Image.fromarray(small).save(OUT / "painted.png")
    for blur in (1, 2, 3, 4, 6, 8, 9, 12, 20, 33, 64):
        size = 2 * int(2.5 * blur + 0.5) + 1
        m = cv2.GaussianBlur(small, (size, 1), blur)
        m = cv2.GaussianBlur(m, (1, size), blur)
        Image.fromarray(m).save(OUT / f"painted-blur-{blur}.png")


if __name__ == "__main__":
    main()
