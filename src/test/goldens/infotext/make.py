"""The texts inside A1111's pictures, and what that program was asked for."""
import json
import sys
from pathlib import Path

from PIL import Image

root = Path(sys.argv[1])
out = []
for folder in ("a1111", "a1111-inpainting"):
    for asked in json.loads((root / folder / "requests.json").read_text(encoding="utf-8")):
        name, count = asked["name"], asked["pictures"]
        files = [f"{name}.png"] if count == 1 else [f"{name}.{i}.png" for i in range(count)]
        texts = [Image.open(root / folder / f).text["parameters"] for f in files]
        out.append({"name": f"{folder}/{name}", "kind": asked["kind"], "payload": asked["payload"], "texts": texts})
target = Path(__file__).parents[2] / "resources" / "infotext" / "a1111.json"
target.write_text("[\n" + ",\n".join(json.dumps(x, ensure_ascii=False) for x in out) + "\n]\n", encoding="utf-8")
print(len(out), "requests")
