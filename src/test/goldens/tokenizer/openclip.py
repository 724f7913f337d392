"""Token ids by OpenCLIP's own tokenizer, which A1111 gives SD2 and SDXL's second encoder. See README.md."""
import gzip
import importlib.util
import json
import random
from pathlib import Path

import make

OUT = make.HERE / "../../resources/tokenizer/openclip.jsonl.gz"


def tokenizer():
    """The module alone: the package wants torchvision."""
    folder = Path(next(iter(importlib.util.find_spec("open_clip").submodule_search_locations)))
    spec = importlib.util.spec_from_file_location("open_clip_tokenizer", folder / "tokenizer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SimpleTokenizer()


def main():
    clip = tokenizer()
    marks = ["<start_of_text>a cat<end_of_text> <|endoftext|> <START_OF_TEXT>", "a < b &amp; c &eacute; <i>&lt;x&gt;</i> &amp;amp;lt;"]
    every = [s for i, s in enumerate(make.strings(random.Random(1))) if i < len(make.SENTENCES) or i % 4 == 0]
    # Python reads some names without their semicolon too ("&notanentity;" as "¬anentity;"); Gesso does not.
    lines = [[s, clip.encode(s)] for s in marks + every if not make.is_left_out(s) and "&nota" not in s]
    data = "".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines)
    OUT.write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(len(lines), "strings")


if __name__ == "__main__":
    main()
