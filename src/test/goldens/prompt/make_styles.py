"""What A1111's modules/styles.py makes of styles and of a styles.csv. See README.md."""

import importlib
import json
import pathlib
import sys
import tempfile
import types

HERE = pathlib.Path(__file__).parent
OUT = HERE / "../../resources/prompt/styles.json"

CSV = ("\ufeffname,prompt,negative_prompt\r\n"
       "Plain,masterpiece,blurry\r\n"
       "Around,\"photo of {prompt}, 35mm\",\"{prompt}, cartoon\"\r\n"
       "Quotes,\"say \"\"hi\"\", {prompt}\",\r\n"
       "Lines,\"one\ntwo\",\"three\r\nfour\"\r\n"
       "\r\n"
       "#Comment,x,y\r\n"
       "Spaces, after comma, \"quoted, after\"\r\n"
       "Chinese,杰作，最佳质量,低质量\r\n"
       "Short,only\r\n"
       "Long,a,b,c,d\r\n"
       "Twice,first,\r\n"
       "Twice,second,{prompt} {prompt}\r\n"
       "Empty,,\r\n"
       "Commented,\"art # note\nmore\",\"# all\"\r\n"
       " Spaced name ,  x  ,y  \r\n")
OLD = "name,text\nOld,some text\n"
PROMPTS = ["", "a cat", "  a cat  ", "a cat # comment", "# only\na cat", "a {prompt} b", "line\nline"]
CHOICES = [[], ["Plain"], ["Around"], ["Plain", "Around"], ["Around", "Plain"], ["Empty"], ["None"], ["Missing", "Plain"], ["Twice"], ["Commented"], ["Quotes", "Lines"], ["Spaces"], ["Chinese", "Chinese"]]


def main():
    for name in ["modules", "modules.errors"]:
        sys.modules[name] = types.ModuleType(name)
    sys.modules["modules"].__path__ = [str(pathlib.Path(sys.argv[1]) / "modules")]
    sys.modules["modules"].errors = sys.modules["modules.errors"]
    styles = importlib.import_module("modules.styles")
    folder = pathlib.Path(tempfile.mkdtemp())
    answers = {"files": [], "applied": []}
    for text in [CSV, OLD]:
        (folder / "styles.csv").write_bytes(text.encode("utf-8"))
        database = styles.StyleDatabase([str(folder / "styles.csv")])
        read = [[s.name, s.prompt or "", s.negative_prompt or ""] for s in database.styles.values()]
        answers["files"].append({"csv": text, "styles": read})
        for prompt in PROMPTS if text is CSV else []:
            for names in CHOICES:
                answers["applied"].append([prompt, names, database.apply_styles_to_prompt(prompt, names), database.apply_negative_styles_to_prompt(prompt, names)])
    OUT.write_text(json.dumps(answers, ensure_ascii=False) + "\n", "utf-8")


main()
