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
    save("scribble", np.where(2 * (255 - dog.astype(int)) > 32, 255, 0).astype(np.uint8))


if __name__ == "__main__":
    main()
