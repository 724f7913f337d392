"""Chunks and weighted hidden states by A1111's and ComfyUI's own code around a network of plain arithmetic. See README.md."""

import ast
import gzip
import importlib
import importlib.util
import json
import pathlib
import random
import sys
import types

import torch
from transformers.models.clip.tokenization_clip import BasicTokenizer

HERE = pathlib.Path(__file__).parent
OUT = HERE / "../../resources/prompt/encoding.jsonl.gz"
WIDTH = 3
START, END = 49406, 49407

TULIPS = "tulip, " * 30
LONG = ("a detailed painting of an ancient castle on a hill, sunset, dramatic clouds over the river, birds in the sky, reflections "
        "on the water, tall trees and old stone walls, soft golden light, highly detailed brush strokes without any comma for quite a while now "
        "so that the chunk overflows far behind the last one and is not cut back at all, the end")
TEXTS = ["", "a cat", "(a cat:1.3)", "a (cat:0.5), [blue] background", TULIPS, LONG, "(" + LONG + ":1.2)", "cat " * 74 + "dog", "cat " * 75 + "dog", "cat " * 76,
         "cat " * 50 + ", dog" + " bird" * 40, "cat " * 54 + "," + " bird" * 30, "cat " * 53 + "," + " bird" * 30, "cat " * 74 + ", dog", "cat " * 75 + ", dog",
         "panda BREAK blue background", "BREAK", "BREAK BREAK", "a BREAK BREAK b", "(a BREAK b:1.2)", "(a) BREAK (b:1.4)", "cat " * 75 + "BREAK dog", "气球，(蓝色背景:1.2)",
         "(a:1.5) (b:-0.5) (c:0)", "((crown)), [gray] background", "\\(lemon\\) and (banana:0.7)", "<|endoftext|> a (b:1.2)", "word[",
         "myemb", "a myemb, (myemb:1.3) b", "a myemb long b", "cat " * 73 + "myemb dog", "cat " * 60 + ", " + "cat " * 10 + "(bigone:1.1) dog", "cat " * 70 + ", cat myemb dog bird fish",
         "mye mb", "MYEMB", "(" * 3 + "x" + ")" * 2]
SCHEDULES = [["fox, 3d icon", "(owl:1.3), 3d icon"], ["(red:1.2)", "blue", "(red:1.2)", "blue", "(red:1.2)"], [TULIPS + "(x:1.4)", "a (cat:1.2)"], ["", "(a:1.4)", "(a:1.4) BREAK b"]]
COMFY = ["", "a cat", "(a cat:1.3)", "((a) b:1.5)", "((a:0.5) b:1.5)", "(((a)))", "[a] (b)", "\\(a\\) (b\\):1.2)", "(a:1.2", "a:1.2)", "a) (b) (c:2)", ")(a)(", "(a (b)", "(a) b)", "(:1.2)", "(a:b)",
         "(a: 1.3 )", "(a:1.3:1.4)", "(a:-1)", "(a:1e-1)", "()", "(())", "a (b:0) c", TULIPS, LONG, "cat " * 74 + "pneumonoultramicroscopic dog", "cat " * 70 + "气球蓝色背景 dog",
         "cat " * 73 + "supercali dog", "气球，(蓝色背景:1.2)", "“Ｈｉ”  there\nnew (line:1.1)\ttab", "don't can't", "<|endoftext|> x (y:1.2)", "BREAK (a AND b:1.1)", "👩‍👩‍👧 é é"]


class Embedding:
    def __init__(self, name, vectors):
        self.name, self.vectors, self.vec = name, vectors, None


class EmbeddingDatabase:
    """The look-up of A1111's EmbeddingDatabase: by tokens, the longest name first."""

    def __init__(self, tokenize, embeddings):
        self.known = sorted(((tokenize(e.name), e) for e in embeddings), key=lambda entry: -len(entry[0]))

    def find_embedding_at_position(self, tokens, offset):
        for ids, embedding in self.known:
            if tokens[offset:offset + len(ids)] == ids:
                return embedding, len(ids)
        return None, None


def network(ids):
    """[n, 77] → [n, 77, WIDTH], exact in single precision."""
    ids = torch.as_tensor(ids, dtype=torch.int64)
    place = torch.arange(ids.shape[1]).reshape(1, -1, 1)
    channel = torch.arange(WIDTH).reshape(1, 1, -1)
    return ((ids.unsqueeze(-1) * 31 + place * 17 + channel * 7) % 1013).float() / 512 - 0.75


def load_a1111(folder, opts):
    for name in ["modules", "modules.devices", "modules.sd_hijack", "modules.shared"]:
        sys.modules[name] = types.ModuleType(name)
    sys.modules["modules"].__path__ = [str(pathlib.Path(folder) / "modules")]
    sys.modules["modules.devices"].device = "cpu"
    sys.modules["modules.devices"].torch_npu_set_device = lambda: None
    sys.modules["modules.shared"].opts = opts
    for name in ["devices", "sd_hijack", "shared"]:
        setattr(sys.modules["modules"], name, sys.modules[f"modules.{name}"])
    return importlib.import_module("modules.sd_hijack_clip")


def a1111_encoder(module, opts, tokenize):
    cls = module.FrozenCLIPEmbedderWithCustomWordsBase
    model = cls.__new__(cls)
    torch.nn.Module.__init__(model)
    model.chunk_length = 75
    model.comma_token, model.id_start, model.id_end, model.id_pad = 267, START, END, END
    embeddings = [Embedding("myemb", 3), Embedding("myemb long", 2), Embedding("bigone", 40)]
    model.hijack = types.SimpleNamespace(embedding_db=EmbeddingDatabase(tokenize, embeddings), extra_generation_params={}, fixes=None)
    model.wrapped = types.SimpleNamespace()
    model.return_pooled = False
    model.tokenize = lambda texts: [tokenize(text) for text in texts]
    model.encode_with_transformers = network
    return model


def load_comfy(file):
    source = pathlib.Path(file).read_text("utf-8")
    scope = {"__name__": "sd1_clip", "torch": torch, "CLIPTokenizer": None, "model_management": types.SimpleNamespace(intermediate_device=lambda: "cpu")}
    wanted = ["gen_empty_tokens", "parse_parentheses", "token_weights", "escape_important", "unescape_important"]
    tree = ast.parse(source)
    keep = [n for n in tree.body if (isinstance(n, ast.FunctionDef) and n.name in wanted) or (isinstance(n, ast.ClassDef) and n.name in ["ClipTokenWeightEncoder", "SDTokenizer"])]
    exec(compile(ast.Module(keep, []), file, "exec"), scope)
    return scope


def comfy_answer(scope, clip, text):
    tokenizer = object.__new__(scope["SDTokenizer"])
    tokenizer.tokenizer, tokenizer.tokens_start, tokenizer.start_token, tokenizer.end_token = clip, 1, START, END
    tokenizer.pad_with_end, tokenizer.pad_to_max_length, tokenizer.max_length, tokenizer.max_word_length = True, True, 77, 8
    tokenizer.embedding_identifier, tokenizer.embedding_directory, tokenizer.min_length = "embedding:", None, None
    tokenizer.inv_vocab = {}
    pairs = tokenizer.tokenize_with_weights(text)
    encoder = scope["ClipTokenWeightEncoder"]()
    encoder.special_tokens = {"start": START, "end": END, "pad": END}
    encoder.encode = lambda tokens: (network(tokens), None)
    return pairs, encoder.encode_token_weights(pairs)[0]


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.reshape(-1).tolist()]


def main():
    webui, comfy, merges = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("tokens", HERE / "../tokenizer/make.py")
    tokens = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tokens)
    clip = tokens.tokenizer(gzip.open(merges, "rt", encoding="utf-8").read())
    tokenize = lambda text: clip(text, truncation=False, add_special_tokens=False)["input_ids"]
    opts = types.SimpleNamespace(emphasis="Original", comma_padding_backtrack=20, use_old_emphasis_implementation=False, textual_inversion_add_hashes_to_infotext=False)
    model = a1111_encoder(load_a1111(webui, opts), opts, tokenize)
    lines = []
    rng = random.Random(5)
    words = ["cat", "dog", ",", "supercalifragilistic", "(red:1.2)", "[blue]", "BREAK", "myemb", "气球", "\\(", "a", "b", "c", "the", "and", "of", "house", "river"]
    texts = TEXTS + [" ".join(rng.choice(words) for _ in range(rng.randint(10, 200))) for _ in range(60)]
    for text in texts:
        chunks, count = model.tokenize_line(text)
        lines.append({"program": "A1111", "text": text, "count": count, "capacity": model.get_target_prompt_token_count(count),
                      "chunks": [[c.tokens, c.multipliers, [[f.offset, f.embedding.name] for f in c.fixes]] for c in chunks]})
    for mode in ["Original", "No norm", "Ignore", "None"]:
        opts.emphasis = mode
        for schedule in [[t] for t in TEXTS[:8] + TEXTS[15:28]] + SCHEDULES:
            lines.append({"program": "A1111", "emphasis": mode, "schedule": schedule, "hidden": [numbers(z) for z in model.forward(schedule)]})
    clip.fix_text = None
    clip.nlp = BasicTokenizer(strip_accents=False, do_split_on_punc=False)
    scope = load_comfy(comfy)
    for text in COMFY:
        pairs, hidden = comfy_answer(scope, clip, text)
        lines.append({"program": "ComfyUI", "text": text, "chunks": [[[t for t, _ in c], [w for _, w in c]] for c in pairs], "hidden": numbers(hidden)})
    packed = gzip.compress("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines).encode("ascii"), mtime=0)
    OUT.write_bytes(packed)
    print(len(lines), "cases")


main()
