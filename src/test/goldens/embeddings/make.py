"""Textual inversions in every form, and diffusers' pictures with them over the starter model. See README.md."""
import importlib.util
import json
from collections import OrderedDict
from pathlib import Path

import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("pictures", HERE.parent / "pictures" / "make.py")
pictures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pictures)

OUT = HERE.parents[1] / "resources" / "embeddings"


def vectors(pipe, words):
    """Some words' own vectors, mixed and shaken."""
    table = pipe.text_encoder.get_input_embeddings().weight
    ids = pipe.tokenizer(words, add_special_tokens=False).input_ids
    mixed = table[ids]
    return (mixed.flip(0) + torch.randn(mixed.shape) * table.std()).half().float()


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(13)
    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    pipe = StableDiffusionPipeline(scheduler=EulerDiscreteScheduler(**pictures.TRAINED), **pictures.starter())
    pipe.set_progress_bar_config(disable=True)
    two, three, one = vectors(pipe, "fox rocket"), vectors(pipe, "red green owl"), vectors(pipe, "crown")
    # A1111's table (a ParameterDict where it trained, a plain one where others convert), diffusers' concept, the safetensors form.
    torch.save({"string_to_token": {"*": torch.tensor(265)}, "string_to_param": OrderedDict({"*": two}), "name": "zorbl",
                "step": 100, "sd_checkpoint": None, "sd_checkpoint_name": None}, OUT / "zorbl.pt")
    torch.save({"string_to_token": {"*": 265}, "string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(two)}),
                "name": "zorbl", "step": None}, OUT / "zorbl-trained.pt")
    torch.save({"<any-token>": one[0]}, OUT / "vmagi.bin")
    save_file({"emb_params": three}, OUT / "kwyjibo three.safetensors")
    save_file({"clip_l": torch.randn(2, 64).half(), "clip_g": torch.randn(2, 128).half()}, OUT / "gribnix.safetensors")
    save_file({"two": two, "three": three}, OUT / "values.safetensors")
    pipe.load_textual_inversion(two, token="zorbl")
    pipe.load_textual_inversion(one, token="vmagi")
    pipe.load_textual_inversion(three, token="kwyjibo three")
    lines = []
    for name, prompt, negative, seed in [("two", "a zorbl, blue background", "", 31),
                                         ("several", "a kwyjibo three and vmagi", "zorbl", 32)]:
        image = pipe(prompt=prompt, negative_prompt=negative, num_inference_steps=10, guidance_scale=5.0, width=128, height=128,
                     generator=torch.Generator("cpu").manual_seed(seed)).images[0]
        image.save(OUT / f"{name}.png", optimize=True)
        print(name, pipe.tokenizer.tokenize(pipe.maybe_convert_prompt(prompt, pipe.tokenizer)))
        lines.append({"name": name, "gesso": [
            prompt, "--negative", negative, "--sampler", "Euler", "--schedule", "Uniform", "--steps", "10", "--cfg", "5",
            "--seed", str(seed), "--rng", "cpu", "--profile", "diffusers", "--size", "128x128"]})
    (OUT / "pictures.json").write_text("[\n" + ",\n".join(map(json.dumps, lines)) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()
