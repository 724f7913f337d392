"""Control images by OpenCV and numpy, for the tests of gesso.image.control."""

import pathlib

import cv2
import numpy as np
from PIL import Image

from make_operations import noise

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "image" / "control"
OUT.mkdir(parents=True, exist_ok=True)


def resized(img, resolution):
    k = resolution / min(img.shape[:2])
    size = int(np.round(img.shape[1] * k)), int(np.round(img.shape[0] * k))
    return cv2.resize(img, size, interpolation=cv2.INTER_CUBIC if k > 1 else cv2.INTER_AREA)


def blurred(img, sigma):
    return cv2.GaussianBlur(img.astype(np.float32), (0, 0), sigma)


def save(name, img):
    Image.fromarray(img).save(OUT / f"{name}.png")


def quality(x, w, h):
    """A map at another size: black and white stays so, few colours are never mixed."""
    if x.shape[:2] == (h, w):
        return x
    count = len(np.unique(x.reshape(-1, 3), axis=0))
    if 2 < count < 200:
        return cv2.resize(x, (w, h), interpolation=cv2.INTER_NEAREST)
    smaller = w * h < x.shape[0] * x.shape[1]
    y = cv2.resize(x, (w, h), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    if count == 2 and x.min() < 16 and x.max() > 240:
        y = y.astype(np.float32).mean(axis=2).clip(0, 255).astype(np.uint8)
        y = np.dstack([cv2.threshold(y, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]] * 3)
    return y


def fitted(m, mode, w, h):
    if mode == "just":
        return quality(m, w, h)
    k = (max if mode == "crop" else min)(h / m.shape[0], w / m.shape[1])
    y = quality(m, int(np.round(m.shape[1] * k)), int(np.round(m.shape[0] * k)))
    if mode == "crop":
        top, left = max(0, (y.shape[0] - h) // 2), max(0, (y.shape[1] - w) // 2)
        return y[top:top + h, left:left + w]
    edge = np.median(np.concatenate([m[0], m[-1], m[:, 0], m[:, -1]]), axis=0).astype(np.uint8)
    out = np.tile(edge[None, None], (h, w, 1))
    top, left = max(0, (h - y.shape[0]) // 2), max(0, (w - y.shape[1]) // 2)
    out[top:top + y.shape[0], left:left + y.shape[1]] = y
    return out


def main():
    # Smooth shapes with some noise: edges of every direction and strength.
    y, x = np.mgrid[0:84, 0:110]
    shapes = np.stack([
        120 + 100 * np.sin(x / 9.0) * np.cos(y / 7.0),
        np.where((x - 60) ** 2 + (y - 40) ** 2 < 700, 220, 40 + x),
        np.where(x + 2 * y > 150, 30, 200 - y),
    ], -1)
    img = np.clip(shapes + 0.25 * (np.array(noise(31, 110, 84, "RGB")).astype(float) - 128), 0, 255).astype(np.uint8)
    save("source", img)
    for low, high in ((100, 200), (30, 60), (1, 255), (200, 100)):
        save(f"canny-{low}-{high}", cv2.Canny(img, low, high))
    for resolution in (42, 61, 84, 128):
        save(f"resized-{resolution}", resized(img, resolution))
    g = blurred(img, 6.0)
    dark = np.min(g - img.astype(np.float32), axis=2).clip(0, 255)
    dark = dark / max(16, np.median(dark[dark > 8])) * 127
    save("lineart", dark.clip(0, 255).astype(np.uint8))
    dog = (255 - np.min(blurred(img, 5.0) - blurred(img, 0.5), axis=2)).clip(0, 255).astype(np.uint8)
    grey = (np.array(noise(32, 60, 44, "L")) // 32 * 32)
    maps = {"photo": img, "edges": cv2.Canny(img, 30, 60), "few": grey}
    for name, m in maps.items():
        m = np.dstack([m] * 3) if m.ndim == 2 else m
        save(f"map-{name}", m)
        for mode in ("just", "crop", "fill"):
            for w, h in ((40, 40), (120, 64)):
                save(f"map-{name}-{mode}-{w}x{h}", fitted(m, mode, w, h))
    save("scribble", np.where(2 * (255 - dog.astype(int)) > 32, 255, 0).astype(np.uint8))
    soft = blurred(img, 1.0)
    sobel = [cv2.Sobel(soft, cv2.CV_64F, *d, ksize=3, borderType=cv2.BORDER_REPLICATE) for d in ((1, 0), (0, 1))]
    steep = np.hypot(*sobel).max(axis=2)
    save("gradient", np.rint(255 * steep / max(32, steep.max())).astype(np.uint8))


if __name__ == "__main__":
    main()
