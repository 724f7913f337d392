"""Whole pictures by diffusers' pipelines with a LoRA and an embedding of SDXL. See README.md."""
import json

import torch
from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline
from safetensors.torch import load_file, save_file

import make
import models

RESOURCES = models.HERE.parents[1] / "resources"
OUT = RESOURCES / "families" / "networks"

# name, prompt of Gesso, plain prompt, negative prompt, strength in the text encoders and in the UNet
PICTURES = [
    ("sdxl-lora", "red apple <lora:mist:0.7:0.9>", "red apple ", "owl", 0.7, 0.9),
    ("sdxl-embedding", "a gribnix, white background", "a gribnix, white background", "", 0, 0),
    ("sdxl-both", "gribnix sailboat <lora:mist:-0.5>", "gribnix sailboat ", "gribnix", -0.5, -0.5),
]


def network(pipe):
    """In kohya's names over the attention of the UNet and of both text encoders."""
    state = {}
    for head, model in (("lora_unet_", pipe.unet), ("lora_te1_", pipe.text_encoder), ("lora_te2_", pipe.text_encoder_2)):
        for name, layer in model.named_modules():
            if isinstance(layer, torch.nn.Linear) and "attn" in name:
                flat = head + name.replace(".", "_")
                state[flat + ".lora_down.weight"] = (torch.randn(2, layer.in_features) * 0.2).half()
                state[flat + ".lora_up.weight"] = (torch.randn(layer.out_features, 2) * 0.2).half()
                state[flat + ".alpha"] = torch.tensor(1.0)
    return state


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(17)
    torch.set_num_threads(2)
    torch.set_grad_enabled(False)
    vectors = load_file(RESOURCES / "embeddings" / "gribnix.safetensors")
    lines, state = [], None
    for name, prompt, plain, negative, te, unet in PICTURES:
        pipe = make.pipeline(StableDiffusionXLPipeline, EulerDiscreteScheduler(**make.TRAINED), models.sdxl()[1], "sdxl")
        if state is None:
            state = network(pipe)
            save_file(state, OUT / "mist.safetensors")
        pipe.load_textual_inversion(vectors["clip_l"].float(), token="gribnix", text_encoder=pipe.text_encoder, tokenizer=pipe.tokenizer)
        pipe.load_textual_inversion(vectors["clip_g"].float(), token="gribnix", text_encoder=pipe.text_encoder_2, tokenizer=pipe.tokenizer_2)
        asked = dict(prompt=plain, negative_prompt=negative or None, num_inference_steps=8, guidance_scale=4.0,
                     width=make.SIZE[0], height=make.SIZE[1])
        before = pipe(generator=torch.Generator("cpu").manual_seed(len(name)), **asked).images[0]
        image = before
        if te:
            pipe.load_lora_weights({k: v.clone() for k, v in state.items()})
            pipe.fuse_lora(lora_scale=te, components=["text_encoder", "text_encoder_2"])
            pipe.fuse_lora(lora_scale=unet, components=["unet"])
            image = pipe(generator=torch.Generator("cpu").manual_seed(len(name)), **asked).images[0]
        image.save(OUT / f"{name}.png", optimize=True)
        difference = sum(abs(a - b) for a, b in zip(before.tobytes(), image.tobytes())) / len(image.tobytes())
        print(name, "differs from the picture without the network by", round(difference, 1))
        lines.append({"name": name, "model": "sdxl", "gesso": [
            prompt, "--negative", negative, "--sampler", "Euler", "--schedule", "Uniform", "--steps", "8", "--cfg", "4", "--seed",
            str(len(name)), "--rng", "cpu", "--profile", "diffusers", "--size", f"{make.SIZE[0]}x{make.SIZE[1]}"]})
    (OUT / "pictures.json").write_text("[\n" + ",\n".join(map(json.dumps, lines)) + "\n]\n", "utf-8")


if __name__ == "__main__":
    main()
