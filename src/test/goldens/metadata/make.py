"""Tiny pictures with a parameters text in every container, written by Pillow and piexif as A1111's images.py uses them."""
import json
import struct
from pathlib import Path

import piexif
import piexif.helper
from PIL import Image, PngImagePlugin

out = Path(__file__).parents[2] / "resources" / "metadata"
out.mkdir(parents=True, exist_ok=True)
text = (
    'a red fox, "quoted", 狐狸 🦊\nsecond line: (x:1.2)\nNegative prompt: blurry, dark\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, '
    'CFG scale: 7, Seed: 12345, Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, '
    'Lora hashes: "x: 0123456789ab, y: ba9876543210", Version: v1.10.1'
)
latin = text.replace("狐狸 🦊", "café")
picture = Image.new("RGB", (8, 6), (200, 30, 30))
expected = {}


def png(name, value, zipped=False, international=False):
    info = PngImagePlugin.PngInfo()
    (info.add_itxt if international else info.add_text)("parameters", value, zip=zipped)
    picture.save(out / name, pnginfo=info)
    expected[name] = {"key": "parameters", "text": value}


def exif(value, encoding="unicode"):
    return piexif.dump({"Exif": {piexif.ExifIFD.UserComment: piexif.helper.UserComment.dump(value, encoding=encoding)}})


def expect(name, value, key="UserComment"):
    expected[name] = {"key": key, "text": value}


png("text.png", latin)
png("itxt.png", text)
png("ztxt.png", latin, zipped=True)
png("itxt-zipped.png", text, zipped=True, international=True)

picture.save(out / "piexif.jpg", quality=80)
piexif.insert(exif(text), str(out / "piexif.jpg"))
expect("piexif.jpg", text)
picture.save(out / "piexif-ascii.jpg", quality=80)
piexif.insert(exif(latin.replace("é", "e"), "ascii"), str(out / "piexif-ascii.jpg"))
expect("piexif-ascii.jpg", latin.replace("é", "e"))
picture.save(out / "piexif.webp", quality=80)
piexif.insert(exif(text), str(out / "piexif.webp"))
expect("piexif.webp", text)
picture.save(out / "lossless.webp", lossless=True, exif=exif(text))
expect("lossless.webp", text)

# Little-endian, as other programs write it: a TIFF block in Intel order with UTF-16LE, and Pillow's own Exif class.
comment = b"UNICODE\0" + text.encode("utf-16-le")
block = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 26, 0)
block += struct.pack("<HHHIII", 1, 0x9286, 7, len(comment), 44, 0) + comment
picture.save(out / "intel.jpg", exif=b"Exif\0\0" + block)
expect("intel.jpg", text)
own = Image.Exif()
own[0x9286] = latin.replace("é", "e")
picture.save(out / "pillow.jpg", exif=own)
expect("pillow.jpg", latin.replace("é", "e"))
picture.convert("P").save(out / "comment.gif", comment=text.encode())
expect("comment.gif", text, "comment")
picture.save(out / "comment.jpg", comment=text.encode())
expect("comment.jpg", text, "comment")

# Pictures without any text, to write into.
picture.save(out / "plain.jpg", quality=80)
picture.save(out / "plain.webp", quality=80)
picture.save(out / "plain-lossless.webp", lossless=True)
picture.convert("RGBA").save(out / "plain-alpha.webp", quality=80)
Image.new("RGBA", (8, 6), (10, 200, 30, 100)).save(out / "plain-lossless-alpha.webp", lossless=True)

(out / "texts.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
