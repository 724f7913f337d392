"""Whole pictures by diffusers with networks over the starter model. See README.md."""
import importlib.util
import json
from pathlib import Path

import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionPipeline
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("pictures", HERE.parent / "pictures" / "make.py")
pictures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pictures)

OUT = HERE.parents[1] / "resources" / "lora" / "pictures"

# prompt, its plain text, strength in the text encoder and in the UNet
PICTURES = [
    ("kohya", "red apple <lora:ink:0.8>", "red apple ", 0.8, 0.8),
    ("lyco", "<lyco:INK:0.6:-0.6>owl, blue background", "owl, blue background", 0.6, -0.6),
]


def network(pipe):
    """A small one in kohya's names over all attention of the UNet and the text encoder."""
    state = {}
    for head, model in (("lora_unet_", pipe.unet), ("lora_te_", pipe.text_encoder)):
        for name, layer in model.named_modules():
            if isinstance(layer, torch.nn.Linear) and ("attn" in name or ".ff." in name):
                flat = head + name.replace(".", "_")
                state[flat + ".lora_down.weight"] = (torch.randn(2, layer.in_features) * 0.14).half()
                state[flat + ".lora_up.weight"] = (torch.randn(layer.out_features, 2) * 0.14).half()
                state[flat + ".alpha"] = torch.tensor(1.0)
    return state


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    lines = []
    state = None
    for seed, (name, prompt, plain, te, unet) in enumerate(PICTURES, 21):
        pipe = StableDiffusionPipeline(scheduler=EulerDiscreteScheduler(**pictures.TRAINED), **pictures.starter())
        pipe.set_progress_bar_config(disable=True)
        if state is None:
            state = network(pipe)
            save_file(state, OUT / "ink.safetensors", metadata={"ss_output_name": "Ink wash"})
        asked = dict(prompt=plain, num_inference_steps=12, guidance_scale=5.0, width=128, height=128)
        before = pipe(generator=torch.Generator("cpu").manual_seed(seed), **asked).images[0]
        pipe.load_lora_weights({k: v.clone() for k, v in state.items()})
        pipe.fuse_lora(lora_scale=te, components=["text_encoder"])
        pipe.fuse_lora(lora_scale=unet, components=["unet"])
        image = pipe(generator=torch.Generator("cpu").manual_seed(seed), **asked).images[0]
        image.save(OUT / f"{name}.png", optimize=True)
        difference = sum(abs(a - b) for a, b in zip(before.tobytes(), image.tobytes())) / len(image.tobytes())
        print(name, "differs from the plain picture by", round(difference, 1))
        lines.append({"name": name, "gesso": [
            prompt, "--sampler", "Euler", "--schedule", "Uniform", "--steps", "12", "--cfg", "5", "--seed", str(seed),
            "--rng", "cpu", "--profile", "diffusers", "--size", "128x128"]})
    (OUT / "pictures.json").write_text("[\n" + ",\n".join(map(json.dumps, lines)) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()
