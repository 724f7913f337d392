"""Picture files of every kind, and what Pillow sees in them, for PictureFilesTest.

Every NAME.ext comes with NAME.png, the same as plain 8-bit RGB(A) by Pillow (upright, in sRGB).
"""

import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "image" / "files"
OUT.mkdir(parents=True, exist_ok=True)


def scene(w, h, alpha=False):
    """Smooth colours with a few edges, so that lossy files stay close to it."""
    y, x = np.mgrid[0:h, 0:w]
    r = 255 * x // max(w - 1, 1)
    g = 255 * y // max(h - 1, 1)
    b = np.where((x - w // 2) ** 2 + (y - h // 2) ** 2 < (min(w, h) // 3) ** 2, 230, 60)
    planes = [r, g, b]
    if alpha:
        planes.append((x * 7 + y * 3) % 256)
    return Image.fromarray(np.stack(planes, -1).astype(np.uint8), "RGBA" if alpha else "RGB")


def keep(name, ext, data, seen):
    (OUT / f"{name}.{ext}").write_bytes(data)
    seen.save(OUT / f"{name}.{ext}.seen.png")


def saved(image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(w, h, depth, colour, rows, interlace=0, extra=b""):
    raw = b"".join(b"\0" + r for r in rows)
    head = struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def main():
    rgb, rgba = scene(24, 18), scene(24, 18, True)
    keep("rgb", "png", saved(rgb, "PNG"), rgb)
    keep("rgba", "png", saved(rgba, "PNG"), rgba)
    grey = rgb.convert("L")
    keep("grey", "png", saved(grey, "PNG"), grey.convert("RGB"))
    la = Image.merge("LA", [grey, rgba.split()[3]])
    keep("grey-alpha", "png", saved(la, "PNG"), la.convert("RGBA"))
    palette = rgb.quantize(19)
    keep("palette", "png", saved(palette, "PNG"), palette.convert("RGB"))
    keep("palette-transparent", "png", saved(palette, "PNG", transparency=bytes([0, 128, 255, 7])),
         Image.open(io.BytesIO(saved(palette, "PNG", transparency=bytes([0, 128, 255, 7])))).convert("RGBA"))
    one = grey.convert("1")
    keep("bilevel", "png", saved(one, "PNG"), one.convert("RGB"))

    # 16 bits: the high byte is what counts.
    wide = (np.asarray(rgb).astype(np.uint16) << 8) | 0x5A
    keep("rgb16", "png", png(24, 18, 16, 2, [r.astype(">u2").tobytes() for r in wide]), rgb)
    wide = (np.asarray(rgba).astype(np.uint16) << 8) | 0xC1
    keep("rgba16", "png", png(24, 18, 16, 6, [r.astype(">u2").tobytes() for r in wide]), rgba)
    wide = (np.asarray(grey).astype(np.uint16) << 8) | 0xFF
    keep("grey16", "png", png(24, 18, 16, 0, [r.astype(">u2").tobytes() for r in wide]), grey.convert("RGB"))
    # Four bits of grey: 0–15 spread over 0–255; tRNS makes one colour transparent.
    four = np.asarray(grey) >> 4
    rows = [bytes((r[::2] << 4 | r[1::2]).astype(np.uint8)) for r in four]
    keep("grey4", "png", png(24, 18, 4, 0, rows), Image.fromarray((four * 17).astype(np.uint8)).convert("RGB"))
    arr = np.asarray(rgb)
    key = arr[5, 7]
    trns = chunk(b"tRNS", struct.pack(">HHH", *map(int, key)))
    alpha = np.where((arr == key).all(-1), 0, 255).astype(np.uint8)
    keep("rgb-key", "png", png(24, 18, 8, 2, [r.tobytes() for r in arr], extra=trns),
         Image.fromarray(np.dstack([arr, alpha]), "RGBA"))

    keep("rgb", "bmp", saved(rgb, "BMP"), rgb)
    gif = saved(palette, "GIF", save_all=True, append_images=[ImageOps.invert(rgb).quantize(9)])
    keep("animated", "gif", gif, Image.open(io.BytesIO(gif)).convert("RGB"))
    # A frame that covers a part of the canvas: width, height and place are changed by hand.
    part = bytearray(saved(palette, "GIF"))
    part[6:10] = struct.pack("<HH", 30, 25)
    at = part.index(b"\x2c\0\0\0\0", 13 + 3 * 2 ** ((part[10] & 7) + 1))
    part[at + 1:at + 5] = struct.pack("<HH", 4, 5)
    canvas = Image.new("RGBA", (30, 25))
    canvas.paste(palette.convert("RGBA"), (4, 5))
    keep("part", "gif", bytes(part), canvas)
    clear = saved(palette, "GIF", transparency=3)
    keep("transparent", "gif", clear, Image.open(io.BytesIO(clear)).convert("RGBA"))

    for name, image, options in [
        ("rgb", rgb, {"quality": 92}), ("grey", grey, {"quality": 92}), ("progressive", rgb, {"quality": 92, "progressive": True}),
        ("no-subsampling", rgb, {"quality": 95, "subsampling": 0}),
    ]:
        data = saved(image, "JPEG", **options)
        keep(name, "jpg", data, Image.open(io.BytesIO(data)).convert("RGB"))
    for o in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = o
        data = saved(rgb, "JPEG", quality=95, subsampling=0, exif=exif)
        keep(f"turned-{o}", "jpg", data, ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    exif = Image.Exif()
    exif[0x0112] = 6
    keep("turned", "png", saved(rgb, "PNG", exif=exif), rgb.transpose(Image.Transpose.ROTATE_270))
    cmyk = rgb.convert("CMYK")
    data = saved(cmyk, "JPEG", quality=95)
    keep("cmyk", "jpg", data, Image.open(io.BytesIO(data)).convert("RGB"))

    for name, image, options in [("lossless", rgb, {"lossless": True}), ("lossless-alpha", rgba, {"lossless": True, "exact": True}),
                                 ("lossy", rgb.resize((96, 72), Image.Resampling.BICUBIC), {"quality": 90}),
                                 ("lossy-alpha", rgba.resize((96, 72), Image.Resampling.BICUBIC), {"quality": 90, "exact": True})]:
        data = saved(image, "WEBP", **options)
        opened = Image.open(io.BytesIO(data))
        keep(name, "webp", data, opened.convert("RGBA") if "alpha" in name else opened.convert("RGB"))
    data = saved(rgb, "WEBP", lossless=True, save_all=True, append_images=[ImageOps.invert(rgb)])
    keep("animated", "webp", data, rgb)
    exif = Image.Exif()
    exif[0x0112] = 8
    keep("turned", "webp", saved(rgb, "WEBP", lossless=True, exif=exif), rgb.transpose(Image.Transpose.ROTATE_90))

    srgb = ImageCms.createProfile("sRGB")
    icc = ImageCms.ImageCmsProfile(srgb).tobytes()
    keep("srgb", "png", saved(rgb, "PNG", icc_profile=icc), rgb)
    wide = swapped_primaries(icc)
    seen = ImageCms.profileToProfile(rgb, ImageCms.ImageCmsProfile(io.BytesIO(wide)), srgb, renderingIntent=0)
    keep("icc", "png", saved(rgb, "PNG", icc_profile=wide), seen)
    data = saved(rgb, "JPEG", quality=95, subsampling=0, icc_profile=wide)
    opened = Image.open(io.BytesIO(data))
    keep("icc", "jpg", data, ImageCms.profileToProfile(opened, ImageCms.ImageCmsProfile(io.BytesIO(wide)), srgb, renderingIntent=0))
    keep("icc", "webp", saved(rgb, "WEBP", lossless=True, icc_profile=wide), seen)


def swapped_primaries(icc):
    """The sRGB profile with red's and green's primaries exchanged: a profile that nobody can overlook."""
    data = bytearray(icc)
    count = struct.unpack(">I", data[128:132])[0]
    entries = {bytes(data[132 + 12 * i:136 + 12 * i]): 132 + 12 * i for i in range(count)}
    r, g = entries[b"rXYZ"], entries[b"gXYZ"]
    data[r + 4:r + 12], data[g + 4:g + 12] = data[g + 4:g + 12], data[r + 4:r + 12]
    return bytes(data)


if __name__ == "__main__":
    main()
