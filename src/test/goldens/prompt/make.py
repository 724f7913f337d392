"""Runs A1111's prompt parser over inputs.txt and over seeded random strings. See README.md."""

import importlib.util
import json
import pathlib
import random
import sys

HERE = pathlib.Path(__file__).parent
OUT = HERE / "../../resources/prompt/grammar.jsonl"

PIECES = ["a", "b", "cat", " ", "[", "]", "(", ")", ":", "|", "5", ".5", "3", "1", "\\", "[", "]", ":", "(", ")", "\n",
          "1.2", " 2 ", "-1", " BREAK ", "[a:b:3]", "[c|d]", "(x:1.1)", "[e::4]", "::", ":4]", ":0.5]", ":1.5]", " AND ",
          ":1.2)", " :0.7", "\\(", "\\]", "猫", "\u3000", "\t", ",", "é", "😀"]
FEW = [PIECES, PIECES, ["[", "]", ":", "a", "3"], ["[", "]", "(", ")", "a", ":", "2"], ["[", "]", "|", "a", ":", "2"],
       [" ", "[", "]", ":", "a", "3", "b"], ["(", ")", "a", ":1.5)", "[", "]", "\\"], ["a", "[a:", ":", "b", ":2]", ":7]", "[", "|", "]", ":1.3]"]]


def random_text(rng):
    pieces = rng.choice(FEW)
    return "".join(rng.choice(pieces) for _ in range(rng.choice([2, 4, 6, 8, 10, 14, 20])))


def answer(parser, text, steps, hires):
    indexes, flat, _ = parser.get_multicond_prompt_list([text])
    schedules = parser.get_learned_conditioning_prompt_schedules(flat, steps, hires)
    case = {"text": text, "steps": steps, "hires": hires, "parts": [[weight, schedules[i]] for i, weight in indexes[0]]}
    try:
        case["emphasis"] = parser.parse_prompt_attention(text)
    except ValueError:
        case["emphasis"] = None  # a weight such as 1.2.3, with which A1111 fails
    return case


def main():
    spec = importlib.util.spec_from_file_location("prompt_parser", pathlib.Path(sys.argv[1]) / "modules/prompt_parser.py")
    parser = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(parser)
    rng = random.Random(20240823)
    with open(OUT, "w", encoding="utf-8") as out:
        cases = [(text, 10, None) for text in (HERE / "inputs.txt").read_text("utf-8").split("\n")[:-1]]
        edits = [text for text, _, _ in cases if text.startswith("[") and ":" in text]
        cases += [(text, 10, 7) for text in edits]
        cases += [(text, 1, None) for text in edits[::4]]
        cases += [(random_text(rng), rng.choice([1, 4, 10]), rng.choice([None, None, 6])) for _ in range(1200)]
        for text, steps, hires in cases:
            out.write(json.dumps(answer(parser, text, steps, hires), ensure_ascii=False) + "\n")


main()
