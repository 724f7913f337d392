"""Image-to-image and inpainting step by step with Pillow, OpenCV, scikit-image, blendmodes and numpy, for the tests of
Fitting, MaskedFill, ColorCorrection, SoftBlend, SoftComposite and InpaintPlan.

The order of the operations is that of AUTOMATIC1111's web UI 1.10.1 (modules/processing.py, images.py, masking.py and the
soft-inpainting extension); every operation is the library's own.
"""

import math
import pathlib
import zlib

import cv2
import numpy as np
from blendmodes.blend import BlendType, blendLayers
from PIL import Image, ImageFilter, ImageOps
from skimage import exposure

from make_operations import noise

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "image" / "rework"
OUT.mkdir(parents=True, exist_ok=True)
LANCZOS = Image.Resampling.LANCZOS
JUST, CROP, FILL = 0, 1, 2


def fit(mode, im, w, h):
    if mode == JUST:
        return im.resize((w, h), LANCZOS)
    wanted, given = w / h, im.width / im.height
    if mode == CROP:
        ww = w if wanted > given else im.width * h // im.height
        hh = h if wanted <= given else im.height * w // im.width
    else:
        ww = w if wanted < given else im.width * h // im.height
        hh = h if wanted >= given else im.height * w // im.width
    inner = im.resize((ww, hh), LANCZOS)
    out = Image.new("RGB", (w, h))
    x, y = w // 2 - ww // 2, h // 2 - hh // 2
    out.paste(inner, (x, y))
    if mode == FILL and wanted < given and y > 0:
        out.paste(inner.resize((w, y), box=(0, 0, w, 0)), (0, 0))
        out.paste(inner.resize((w, y), box=(0, hh, w, hh)), (0, y + hh))
    if mode == FILL and wanted > given and x > 0:
        out.paste(inner.resize((x, h), box=(0, 0, 0, h)), (0, 0))
        out.paste(inner.resize((x, h), box=(ww, 0, ww, h)), (x + ww, 0))
    return out


def hide(im, mask):
    out = Image.new("RGBa", im.size)
    out.paste(im.convert("RGBA").convert("RGBa"), mask=ImageOps.invert(mask.convert("L")))
    return out


def fill(im, mask):
    around = hide(im, mask)
    out = Image.new("RGBA", im.size)
    for radius, times in ((256, 1), (64, 1), (16, 2), (4, 4), (2, 2), (0, 1)):
        layer = around.filter(ImageFilter.GaussianBlur(radius)).convert("RGBA")
        for _ in range(times):
            out.alpha_composite(layer)
    return out.convert("RGB")


def blur(mask, radius):
    if radius == 0:
        return mask
    size = 2 * int(2.5 * radius + 0.5) + 1
    m = cv2.GaussianBlur(np.array(mask), (size, 1), radius)
    return Image.fromarray(cv2.GaussianBlur(m, (1, size), radius))


def expand(box, w, h, iw, ih):
    x1, y1, x2, y2 = box
    aspect = w / h
    if (x2 - x1) / (y2 - y1) > aspect:
        y1, y2 = grow(y1, y2, int((x2 - x1) / aspect - (y2 - y1)), ih)
    else:
        x1, x2 = grow(x1, x2, int((y2 - y1) * aspect - (x2 - x1)), iw)
    return x1, y1, x2, y2


def grow(a, b, by, limit):
    a -= by // 2
    b += by - by // 2
    if b >= limit:
        a, b = a - (b - limit), limit
    if a < 0:
        a, b = 0, b - a
    return a, min(b, limit)


def rework(case, source, mask, generated):
    """What goes in and what comes out, for one case of the table."""
    w, h = case["size"]
    mode = {"just": JUST, "crop": CROP, "fill": FILL}[case["resize"]]
    ground = Image.new("RGBA", source.size, "#ffffff")
    if source.mode == "RGBA":
        ground.paste(source, mask=source)
        source = ground
    source = source.convert("RGB")
    m = mask.convert("L").point(lambda v: 255 if v > 128 else 0)
    if case["invert"]:
        m = ImageOps.invert(m)
    m = blur(m, case["blur"])
    box = None
    if case["area"] == "masked":
        x1, y1, x2, y2 = m.getbbox()
        pad = case["padding"]
        box = expand((max(x1 - pad, 0), max(y1 - pad, 0), min(x2 + pad, m.width), min(y2 + pad, m.height)), w, h, *m.size)
        overlay_mask, placed = m, fit(FILL, m.crop(box), w, h)
        overlay = hide(source, overlay_mask).convert("RGBA")
        init = fit(FILL, source.crop(box), w, h)
    else:
        placed = fit(mode, m, w, h)
        doubled = np.clip(np.array(placed).astype(np.float32) * 2, 0, 255).astype(np.uint8)
        overlay_mask = Image.fromarray(doubled)
        init = fit(mode, source, w, h)
        overlay = hide(init, overlay_mask).convert("RGBA")
    if case["content"] != "original":
        init = fill(init, placed)
    small = np.array(placed.convert("RGB").resize((w // 8, h // 8)), dtype=np.float32)[:, :, 0] / 255
    hidden = np.round(np.array(placed.convert("L")).astype(np.float32) / 255)
    x = np.array(init).astype(np.float32) / 255 * 2 - 1
    weight = case["weight"]
    to = x * (1 - hidden[:, :, None])
    a = np.float32(weight)
    shown = x + a * (to - x) if a < 0.5 else to - (to - x) * (1 - a)

    out = generated
    if case["colours"]:
        out = correct(init, generated)
    if box is not None:
        part = fit(CROP, out, box[2] - box[0], box[3] - box[1])
        base = Image.new("RGBA", overlay.size)
        base.paste(part, box[:2])
        out = base
    out = out.convert("RGBA")
    out.alpha_composite(overlay)
    return {
        "init": init, "latent": Image.fromarray((np.around(small) * 255).astype(np.uint8)),
        "hidden": Image.fromarray((hidden * 255).astype(np.uint8)), "shown": np.moveaxis(shown, 2, 0).astype("<f4"),
        "final": out.convert("RGB"), "box": box,
    }


def correct(target, picture):
    lab = cv2.cvtColor(np.asarray(target), cv2.COLOR_RGB2LAB)
    matched = exposure.match_histograms(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2LAB), lab, channel_axis=2)
    im = Image.fromarray(cv2.cvtColor(matched, cv2.COLOR_LAB2RGB).astype("uint8"))
    return blendLayers(im, picture, BlendType.LUMINOSITY).convert("RGB")


def blob(seed, w, h):
    r = np.random.default_rng(seed)
    y, x = np.mgrid[0:h, 0:w]
    cx, cy, rx, ry = r.uniform(0.2, 0.8) * w, r.uniform(0.2, 0.8) * h, r.uniform(0.1, 0.3) * w, r.uniform(0.1, 0.3) * h
    d = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2
    return Image.fromarray(np.clip(255 * (1.6 - d), 0, 255).astype(np.uint8))


def main():
    rgb, rgba = noise(11, 90, 70, "RGB"), noise(12, 90, 70, "RGBA")
    rgb.save(OUT / "rgb.png")
    rgba.save(OUT / "rgba.png")
    for name, mode in (("just", JUST), ("crop", CROP), ("fill", FILL)):
        for w, h in ((64, 64), (40, 88), (96, 24)):
            fit(mode, rgb, w, h).save(OUT / f"fit-{name}-{w}x{h}.png")
    fill(rgb, blur(blob(1, 90, 70).point(lambda v: 255 if v > 128 else 0), 4)).save(OUT / "fill.png")
    correct(noise(13, 30, 30, "RGB"), noise(14, 48, 32, "RGB")).save(OUT / "corrected.png")
    noise(13, 30, 30, "RGB").save(OUT / "corrected-target.png")
    noise(14, 48, 32, "RGB").save(OUT / "corrected-picture.png")

    base = {"size": (64, 48), "resize": "just", "blur": 4, "invert": False, "area": "whole", "padding": 32, "content": "original",
            "weight": 1.0, "colours": False, "source": "rgb", "mask": 1}
    changes = [
        {}, {"resize": "crop", "content": "fill", "weight": 0.35}, {"resize": "fill", "invert": True, "blur": 9},
        {"area": "masked", "padding": 0, "blur": 0}, {"area": "masked", "padding": 12, "mask": 2, "colours": True},
        {"area": "masked", "padding": 4, "mask": 3, "content": "fill", "weight": 0.5, "source": "rgba"},
        {"size": (48, 80), "area": "masked", "mask": 4, "padding": 200, "weight": 0.0},
        {"source": "rgba", "blur": 20, "colours": True, "resize": "crop"},
    ]
    cases = []
    for i, change in enumerate(changes):
        case = {**base, **change}
        w, h = case["size"]
        mask, generated = blob(case["mask"], 90, 70), noise(20 + i, w, h, "RGB")
        got = rework(case, {"rgb": rgb, "rgba": rgba}[case["source"]], mask, generated)
        mask.save(OUT / f"mask-{case['mask']}.png")
        generated.save(OUT / f"{i}-generated.png")
        for key in ("init", "latent", "hidden", "final"):
            got[key].save(OUT / f"{i}-{key}.png")
        crc = zlib.crc32(got["shown"].tobytes())
        box = got["box"] or (0, 0, 0, 0)
        cases.append(";".join(map(str, [i, case["source"], case["mask"], f"{w}x{h}", case["resize"], case["blur"], case["invert"], case["area"],
                                        case["padding"], case["content"], case["weight"], case["colours"], *box, crc])))
    (OUT / "cases.csv").write_text("\n".join(cases) + "\n")
    lab_checksums()
    soft()


def lab_checksums():
    """Every third value of each channel, both ways: too many to keep, so their checksums."""
    g = np.stack(np.meshgrid(*[np.arange(0, 256, 3)] * 3, indexing="ij"), -1).reshape(1, -1, 3).astype(np.uint8)
    to, back = (zlib.crc32(np.ascontiguousarray(cv2.cvtColor(g, c)).tobytes()) for c in (cv2.COLOR_RGB2LAB, cv2.COLOR_LAB2RGB))
    (OUT / "lab.txt").write_text(f"{to} {back}\n")


def rank(img, low, high):
    """A slice of the weighted, sorted 5×5 neighbourhood, in double precision."""
    kernel = {}
    end = math.exp(-9 / 2.25)
    for dy in range(-2, 3):
        for dx in range(-2, 3):
            kernel[dy, dx] = max(0, (math.exp(-(dx * dx + dy * dy) / 2.25) - end) / (1 - end))
    h, w = img.shape
    out = np.zeros_like(img)
    for y in range(h):
        for x in range(w):
            stack = sorted((float(img[y + dy, x + dx]), k) for (dy, dx), k in kernel.items() if 0 <= y + dy < h and 0 <= x + dx < w)
            total = sum(k for _, k in stack)
            a, b = total * low, total * high
            if b - a < 1:
                a, b = (a + b) / 2 - 0.5, (a + b) / 2 + 0.5
                if b > total:
                    a, b = total - 1, total
                if a < 0:
                    a, b = 0, 1
            at = value = weight = 0
            for v, k in stack:
                part = min(b, at + k) - max(a, at)
                if part > 0:
                    value += v * part
                    weight += part
                at += k
            out[y, x] = value / weight if weight else 0
    return out


def soft():
    import torch
    g = torch.Generator().manual_seed(5)
    init, now = torch.randn(1, 4, 9, 12, generator=g), torch.randn(2, 4, 9, 12, generator=g)
    now[:, :, :, :5] = init[:, :, :, :5] + 0.05 * now[:, :, :, :5]
    mask = torch.linspace(0, 1, 12).repeat(9, 1)[None, None]
    parts = [init, now, mask]
    for bias, strength, boost, sigma in ((1, 0.5, 4, 3.7), (0, 2, 1, 0.4), (2.5, 8, 32, 1.3)):
        t = mask ** (torch.tensor(sigma) ** bias * strength)
        mixed = init * (1 - t) + now * t
        length = torch.norm(mixed, dim=1, keepdim=True).double() + 0.00001
        la, lb = (torch.norm(v, dim=1, keepdim=True).double() ** boost for v in (init, now))
        wanted = (la * (1 - t) + lb * t) ** (1 / boost)
        parts.append(mixed * (wanted / length).float())
    np.concatenate([p.numpy().astype("<f4").ravel() for p in parts]).tofile(OUT / "soft.f32")

    distance = torch.norm(now - init, dim=1)
    for name, strength, influence, threshold, contrast in (("default", 0.5, 0, 0.5, 2), ("other", 2, 0.7, 3, 6)):
        scalar = 1 - torch.clamp(mask[0, 0], 0, 1) ** (strength / 2)
        scalar = 0.5 * (1 - influence) + scalar * influence
        scalar = (scalar / (1.00001 - scalar)).numpy()
        for i in range(2):
            d = rank(rank(distance[i].numpy(), 0.9, 1), 0.25, 0.75)
            v = 1 / (1 + (d / (threshold * scalar)) ** contrast)
            v = 1 - v * v * v * (v * (6 * v - 15) + 10)
            im = fit(FILL, Image.fromarray((255.0 * v).astype(np.uint8)), 96, 72).convert("L")
            im.filter(ImageFilter.GaussianBlur(4)).save(OUT / f"soft-{name}-{i}.png")


if __name__ == "__main__":
    main()
