"""Writes the goldens of the interrogation. See README.md."""
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from safetensors.torch import save_file
from torchvision import transforms
from torchvision.transforms.functional import InterpolationMode
from transformers import (
    BlipConfig,
    BlipForConditionalGeneration,
    CLIPConfig,
    CLIPModel,
)

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "networks"))
import synthetic  # noqa: E402

OUT = HERE.parents[1] / "resources" / "interrogate"
MEAN = (0.48145466, 0.4578275, 0.40821073)
STD = (0.26862954, 0.26130258, 0.27577711)

torch.set_num_threads(2)
torch.set_grad_enabled(False)


def picture(width, height):
    """The test makes the same."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack(((x * 7 + y * 3) % 256, (x * x + y * 5) % 256, (x * y * 2 + 40) % 256), -1)
    return Image.fromarray(rgb.astype(np.uint8))


def clip_pixels(image, side):
    """A1111's: the clip package's preprocessing."""
    return transforms.Compose([
        transforms.Resize(side, interpolation=InterpolationMode.BICUBIC),
        transforms.CenterCrop(side),
        transforms.ToTensor(),
        transforms.Normalize(MEAN, STD),
    ])(image).unsqueeze(0)


def blip_pixels(image, side):
    return transforms.Compose([
        transforms.Resize((side, side), interpolation=InterpolationMode.BICUBIC),
        transforms.ToTensor(),
        transforms.Normalize(MEAN, STD),
    ])(image).unsqueeze(0)


def shapes(name, tensors):
    """The names and shapes of a model's tensors, a line each, so that the test can write its file."""
    lines = [" ".join([key, *map(str, shape)]) for key, shape in tensors.items()]
    (OUT / f"{name}.txt").write_text("\n".join(lines) + "\n")


def load(name, model, rename):
    """Loads a model from computed weights; rename(key) gives (stored name, part of 3 or None, transposed)."""
    stored, state = {}, {}
    for key, value in model.state_dict().items():
        source = rename(key)
        if source is None:
            continue
        file_name, part, transposed = source
        shape = list(value.shape)
        if transposed:
            shape = shape[::-1]
        if part is not None:
            shape[0] *= 3
        stored[file_name] = shape
        tensor = synthetic.tensor(file_name, tuple(shape))
        if part is not None:
            tensor = tensor.chunk(3)[part]
        if transposed:
            tensor = tensor.T
        state[key] = tensor.reshape(value.shape).contiguous()
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected, unexpected
    print(name, "not loaded:", missing)
    shapes(name, stored)
    return model.eval()


def same(key):
    tied = "predictions.decoder." in key
    return None if key.endswith("position_ids") or key == "logit_scale" or tied else (key, None, False)


def open_clip(key):
    if key.endswith("position_ids") or key == "logit_scale":
        return None
    if key == "visual_projection.weight":
        return "visual.proj", None, True
    if key == "text_projection.weight":
        return "text_projection", None, True
    tower, rest = key.split(".", 1)
    at = "visual." if tower == "vision_model" else ""
    simple = {
        "embeddings.class_embedding": "class_embedding",
        "embeddings.patch_embedding.weight": "conv1.weight",
        "embeddings.position_embedding.weight": "positional_embedding",
        "embeddings.token_embedding.weight": "token_embedding.weight",
    }
    if rest in simple:
        return at + simple[rest], None, False
    for a, b in (
        ("pre_layrnorm", "ln_pre"),
        ("post_layernorm", "ln_post"),
        ("final_layer_norm", "ln_final"),
        ("encoder.layers", "transformer.resblocks"),
        ("layer_norm", "ln_"),
        ("mlp.fc1", "mlp.c_fc"),
        ("mlp.fc2", "mlp.c_proj"),
        ("self_attn.out_proj", "attn.out_proj"),
    ):
        rest = rest.replace(a, b)
    for part, letter in enumerate("qkv"):
        for end in ("weight", "bias"):
            old = f"self_attn.{letter}_proj.{end}"
            if rest.endswith(old):
                return at + rest.replace(old, f"attn.in_proj_{end}"), part, False
    return at + rest, None, False


def blip_original(key):
    if key.endswith("position_ids"):
        return None
    for a, b in (
        ("vision_model.embeddings.class_embedding", "visual_encoder.cls_token"),
        ("vision_model.embeddings.position_embedding", "visual_encoder.pos_embed"),
        ("vision_model.embeddings.patch_embedding", "visual_encoder.patch_embed.proj"),
        ("vision_model.post_layernorm", "visual_encoder.norm"),
        ("vision_model.encoder.layers", "visual_encoder.blocks"),
    ):
        key = key.replace(a, b)
    if key.startswith("visual_encoder."):
        for a, b in (("self_attn.qkv", "attn.qkv"), ("self_attn.projection", "attn.proj"), ("layer_norm", "norm")):
            key = key.replace(a, b)
    return "model." + key, None, False


def clip(name, rename, act, text_width, vision_width, vision_heads, layers, patch):
    config = CLIPConfig(
        text_config=dict(
            vocab_size=512, hidden_size=text_width, intermediate_size=text_width * 2, num_hidden_layers=layers,
            num_attention_heads=text_width // 64, hidden_act=act, eos_token_id=511, bos_token_id=510, projection_dim=64),
        vision_config=dict(
            hidden_size=vision_width, intermediate_size=vision_width * 2, num_hidden_layers=layers,
            num_attention_heads=vision_heads, image_size=patch * 4, patch_size=patch, hidden_act=act, projection_dim=64),
        projection_dim=64)
    model = load(name, CLIPModel(config), rename)
    pixels = clip_pixels(picture(61, 50), patch * 4)
    ids = torch.tensor([[510, 7, 300, 12, 511], [510, 99, 511, 511, 511]])
    save_file({
        "image": model.get_image_features(pixels).contiguous(),
        "ids": ids.float(),
        "text": model.get_text_features(ids).contiguous(),
    }, OUT / f"{name}.safetensors")


def words():
    """A1111's rank of a few words with a CLIP of the real vocabulary. `words.txt` has the words, here are their tokens."""
    width = 64
    config = CLIPConfig(
        text_config=dict(
            vocab_size=49408, hidden_size=width, intermediate_size=128, num_hidden_layers=2, num_attention_heads=1,
            hidden_act="quick_gelu", eos_token_id=49407, bos_token_id=49406, projection_dim=64),
        vision_config=dict(
            hidden_size=width, intermediate_size=128, num_hidden_layers=2, num_attention_heads=1, image_size=32,
            patch_size=8, hidden_act="quick_gelu", projection_dim=64),
        projection_dim=64)
    model = load("clip-words", CLIPModel(config), same)
    tokens = {"owl": [9899], "cat": [2368], "a photo of a cat": [320, 1125, 539, 320, 2368], "dog": [1929],
              "a photo": [320, 1125]}
    (OUT / "words.txt").write_text("\n".join(tokens) + "\n")
    ids = torch.zeros(len(tokens), 77, dtype=torch.long)  # the clip package fills up with 0
    for row, text in zip(ids, tokens.values()):
        row[: len(text) + 2] = torch.tensor([49406, *text, 49407])
    image = model.get_image_features(clip_pixels(picture(61, 50), 32))
    text = model.get_text_features(ids)
    image, text = (v / v.norm(dim=-1, keepdim=True) for v in (image, text))
    scores = (100.0 * image @ text.T).softmax(dim=-1)[0]
    print(dict(zip(tokens, scores.tolist())))
    save_file({"scores": scores.contiguous()}, OUT / "clip-words.safetensors")


def blip(name, rename, eps, end):
    torch.manual_seed(3)
    config = BlipConfig(
        text_config=dict(
            vocab_size=64, hidden_size=128, intermediate_size=256, num_hidden_layers=2, num_attention_heads=2,
            encoder_hidden_size=192, max_position_embeddings=40, bos_token_id=62, sep_token_id=end, eos_token_id=end,
            pad_token_id=0),
        vision_config=dict(
            hidden_size=192, intermediate_size=384, num_hidden_layers=2, num_attention_heads=3, image_size=48,
            patch_size=16, layer_norm_eps=eps))
    model = BlipForConditionalGeneration(config)
    if rename is blip_original:  # as a file may be whose last layer is no longer the table of words
        decoder = model.text_decoder.cls.predictions.decoder
        decoder.weight = torch.nn.Parameter(torch.zeros_like(decoder.weight))
        decoder.bias = torch.nn.Parameter(torch.zeros_like(decoder.bias))
    model = load(name, model, rename)
    pixels = blip_pixels(picture(61, 50), 48)
    prompt = torch.tensor([[62, 5, 6, 7, end]])
    image = model.vision_model(pixels)[0]
    goldens = {"image": image.contiguous()}
    logits = model.text_decoder(prompt[:, :-1], encoder_hidden_states=image).logits
    goldens["logits"] = logits[:, -1].contiguous()
    for beams, least, most in ((1, 8, 24), (1, 1, 12), (3, 8, 24), (3, 1, 24), (4, 12, 30)):
        found = model.generate(pixels, input_ids=prompt.clone(), num_beams=beams, min_length=least, max_length=most)
        print(beams, found.tolist())
        goldens[f"caption_{beams}_{least}_{most}"] = found[0].float()
    save_file(goldens, OUT / f"{name}.safetensors")


def pixels():
    goldens = {}
    for width, height in ((61, 50), (50, 61), (20, 9), (32, 100)):
        goldens[f"clip_{width}x{height}"] = clip_pixels(picture(width, height), 32)[0].contiguous()
        goldens[f"blip_{width}x{height}"] = blip_pixels(picture(width, height), 48)[0].contiguous()
    save_file(goldens, OUT / "pixels.safetensors")


def wd14_pixels(image, side):
    """As the taggers' own program prepares pictures."""
    most = max(image.size)
    square = Image.new("RGB", (most, most), (255, 255, 255))
    square.paste(image, ((most - image.size[0]) // 2, (most - image.size[1]) // 2))
    rgb = np.asarray(square.resize((side, side), Image.BICUBIC), dtype=np.float32)
    return np.ascontiguousarray(rgb[None, :, :, ::-1])


def tagger():
    """A network of WD14's form: colours last, blue first, 0-255 in; probabilities out."""
    side, tags = 16, 8
    rng = np.random.default_rng(5)
    weight = (rng.standard_normal((side * side * 3, tags)) * 0.012).astype(np.float32)
    nodes = [
        helper.make_node("Flatten", ["input"], ["flat"]),
        helper.make_node("Div", ["flat", "most"], ["unit"]),
        helper.make_node("MatMul", ["unit", "weight"], ["logits"]),
        helper.make_node("Mul", ["logits", "gain"], ["louder"]),
        helper.make_node("Sigmoid", ["louder"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes, "tagger",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", side, side, 3])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", tags])],
        [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(np.float32(255), "most"),
         numpy_helper.from_array(np.float32(10), "gain")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, OUT / "tagger.onnx")
    session = onnxruntime.InferenceSession(OUT / "tagger.onnx", providers=["CPUExecutionProvider"])
    goldens = {}
    for width, height in ((61, 50), (20, 9), (9, 40)):
        image = wd14_pixels(picture(width, height), side)
        scores = session.run(None, {"input": image})[0][0]
        print(width, height, scores)
        goldens[f"pixels_{width}x{height}"] = torch.from_numpy(image)
        goldens[f"scores_{width}x{height}"] = torch.from_numpy(scores)
    save_file(goldens, OUT / "tagger.safetensors")


def escaping():
    """A tagger whose weights are said to lie outside its folder."""
    weight = TensorProto(name="weight", data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL)
    weight.dims.extend([768, 8])
    for key, value in (("location", "../outside.bin"), ("offset", "0"), ("length", str(768 * 8 * 4))):
        entry = weight.external_data.add()
        entry.key, entry.value = key, value
    graph = helper.make_graph(
        [helper.make_node("Flatten", ["input"], ["flat"]), helper.make_node("MatMul", ["flat", "weight"], ["output"])],
        "tagger",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 16, 16, 3])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 8])],
        [weight])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (OUT / "tagger-escaping.onnx").write_bytes(model.SerializeToString())


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    pixels()
    clip("clip", same, "quick_gelu", 128, 128, 2, 3, 8)
    clip("clip-open", open_clip, "gelu", 64, 1280, 16, 1, 8)
    words()
    tagger()
    escaping()
    blip("blip", same, 1e-5, 31)
    blip("blip-original", blip_original, 1e-6, 42)
