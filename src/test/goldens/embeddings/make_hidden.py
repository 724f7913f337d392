"""Textual inversions in pictures, by A1111's own module. See README.md."""
import importlib.util
import sys
from collections import OrderedDict
from pathlib import Path
from types import ModuleType, SimpleNamespace

from PIL import Image, PngImagePlugin
from safetensors.torch import load_file

OUT = Path(__file__).resolve().parents[2] / "resources" / "embeddings"


def webui(folder):
    """Its module, without the rest of the program."""
    shared = ModuleType("modules.shared")
    shared.opts = SimpleNamespace(font=None)
    sys.modules["modules"] = ModuleType("modules")
    sys.modules["modules.shared"] = shared
    spec = importlib.util.spec_from_file_location("embedding", Path(folder) / "modules/textual_inversion/image_embedding.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(folder):
    program = webui(folder)
    values = load_file(OUT / "values.safetensors")
    data = lambda name, param: {"string_to_token": {"*": 265}, "string_to_param": OrderedDict({"*": values[param]}), "name": name,
                                "step": 100, "sd_checkpoint": None, "sd_checkpoint_name": None}
    shown = Image.new("RGB", (64, 96), (200, 120, 40))
    text = PngImagePlugin.PngInfo()
    text.add_text("sd-ti-embedding", program.embedding_to_b64(data("glimmer", "two")))
    shown.save(OUT / "text.png", pnginfo=text)
    program.insert_image_data_embed(shown, data("zorbl", "three")).save(OUT / "pixels.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
