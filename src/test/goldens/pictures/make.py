"""Whole pictures by diffusers' pipelines on the starter model. See README.md."""
import gzip
import json
import sys
import tempfile
from pathlib import Path

import torch
from diffusers import (AutoencoderKL, DDIMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler,
                       EulerDiscreteScheduler, StableDiffusionImg2ImgPipeline, StableDiffusionPipeline,
                       UNet2DConditionModel)
from diffusers.models.autoencoders.vae import Encoder
from PIL import Image, ImageDraw
from safetensors.torch import load_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "networks"))
import names  # noqa: E402

OUT = HERE.parents[1] / "resources" / "pictures"
ASSETS = HERE.parents[3] / "assets"

# What Stable Diffusion 1.5's scheduler_config.json says; all else is each scheduler's default.
TRAINED = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012,
               steps_offset=1)
DDIM = dict(TRAINED, set_alpha_to_one=False, clip_sample=False)
KARRAS = dict(TRAINED, use_karras_sigmas=True)
EXPONENTIAL = dict(TRAINED, use_exponential_sigmas=True)

# name, scheduler, its settings, Gesso's sampler and schedule, steps, prompt, negative prompt, seed, denoising strength
PICTURES = [
    ("euler", EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", 20, "red apple", "", 1, None),
    ("euler-karras", EulerDiscreteScheduler, KARRAS, "Euler", "Karras", 12, "owl, blue background", "fox", 2, None),
    ("euler-a", EulerAncestralDiscreteScheduler, TRAINED, "Euler a", "Uniform", 20, "fox, pink background", "", 3, None),
    ("dpmpp-2m", DPMSolverMultistepScheduler, TRAINED, "DPM++ 2M", "Uniform", 20, "rocket, black background", "", 4, None),
    ("dpmpp-2m-12", DPMSolverMultistepScheduler, TRAINED, "DPM++ 2M", "Uniform", 12, "lemon", "red", 5, None),
    ("dpmpp-2m-karras", DPMSolverMultistepScheduler, KARRAS, "DPM++ 2M", "Karras", 20, "panda, green background", "", 6, None),
    ("dpmpp-2m-exponential", DPMSolverMultistepScheduler, EXPONENTIAL, "DPM++ 2M", "Exponential", 15, "crown", "", 7, None),
    ("ddim", DDIMScheduler, DDIM, "DDIM", "Automatic", 20, "sailboat, teal background", "", 8, None),
    ("ddim-15", DDIMScheduler, DDIM, "DDIM", "Automatic", 15, "(small:1.4) [house] # 1", "", 9, None),
    ("rework-euler", EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", 20, "red apple, white background", "", 11, 0.6),
    ("rework-dpmpp-2m-karras", DPMSolverMultistepScheduler, KARRAS, "DPM++ 2M", "Karras", 20, "lemon", "", 12, 0.75),
    ("rework-ddim", DDIMScheduler, DDIM, "DDIM", "Automatic", 20, "banana", "", 13, 0.5),
]


def load(model, file, rename):
    state = {}
    for key, value in model.state_dict().items():
        if not key.endswith("position_ids"):
            state[key] = file[rename(key)].float().reshape(value.shape)
    model.load_state_dict(state, strict=False)
    return model.eval()


def tokenizer():
    merges = gzip.open(ASSETS / "tokenizer" / "clip-merges.txt.gz", "rt", encoding="utf-8").read()
    printing = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    letters = [chr(b) for b in printing] + [chr(256 + i) for i in range(256 - len(printing))]
    words = [line.replace(" ", "") for line in merges.split("\n") if line]
    vocabulary = letters + [c + "</w>" for c in letters] + words + ["<|startoftext|>", "<|endoftext|>"]
    folder = Path(tempfile.mkdtemp())
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}), "utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + merges, "utf-8")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


def starter():
    file = load_file(ASSETS / "models" / "gesso-starter.safetensors")
    down = ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D")
    up = ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D")
    unet = UNet2DConditionModel(sample_size=16, block_out_channels=(64, 128, 128), layers_per_block=2,
                                down_block_types=down, up_block_types=up, attention_head_dim=8, cross_attention_dim=128)
    vae = AutoencoderKL(3, 3, ("DownEncoderBlock2D",) * 4, ("UpDecoderBlock2D",) * 4, (64, 64, 128, 128),
                        layers_per_block=0, latent_channels=4, scaling_factor=0.18215)
    # The encoder is narrower than the decoder, which AutoencoderKL's settings cannot say.
    vae.encoder = Encoder(3, 4, ("DownEncoderBlock2D",) * 4, (64,) * 4, layers_per_block=0)
    text = CLIPTextModel(CLIPTextConfig(hidden_size=128, intermediate_size=512, num_hidden_layers=4, num_attention_heads=2))
    return dict(
        unet=load(unet, file, lambda k: names.unet(k, 2, (False, True, True))),
        vae=load(vae, file, lambda k: names.vae(k, 4)),
        text_encoder=load(text, file, lambda k: names.text(k, "cond_stage_model.transformer.text_model.")),
        tokenizer=tokenizer(), safety_checker=None, feature_extractor=None, requires_safety_checker=False)


def source():
    """Something round on something coloured, no more."""
    image = Image.new("RGB", (128, 128), (120, 180, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((24, 30, 100, 106), (225, 190, 60))
    draw.rectangle((58, 14, 68, 40), (90, 60, 30))
    return image


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_grad_enabled(False)
    image = source()
    image.save(OUT / "source.png")
    parts = starter()
    lines = []
    for name, scheduler, config, sampler, schedule, steps, prompt, negative, seed, strength in PICTURES:
        asked = dict(prompt=prompt, negative_prompt=negative, num_inference_steps=steps, guidance_scale=5.0,
                     generator=torch.Generator("cpu").manual_seed(seed))
        if strength is None:
            pipe = StableDiffusionPipeline(scheduler=scheduler(**config), **parts)
            asked.update(width=128, height=128)
        else:
            pipe = StableDiffusionImg2ImgPipeline(scheduler=scheduler(**config), **parts)
            asked.update(image=image, strength=strength)
        pipe.set_progress_bar_config(disable=True)
        pipe(**asked).images[0].save(OUT / f"{name}.png", optimize=True)
        arguments = [prompt, "--negative", negative, "--sampler", sampler, "--schedule", schedule, "--steps", str(steps),
                     "--cfg", "5", "--seed", str(seed), "--rng", "cpu", "--profile", "diffusers"]
        if strength is None:
            arguments += ["--size", "128x128"]
        else:
            arguments += ["--image", "source.png", "--denoise", str(strength)]
        lines.append({"name": name, "gesso": arguments})
        print(name)
    text = ",\n".join(json.dumps(line) for line in lines)
    (OUT / "pictures.json").write_text(f"[\n{text}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
