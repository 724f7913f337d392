"""Whole pictures of every family by diffusers' pipelines. See README.md."""
import gzip
import json

import torch
from diffusers import (DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, StableDiffusionImg2ImgPipeline,
                       StableDiffusionInstructPix2PixPipeline, StableDiffusionPipeline, StableDiffusionXLImg2ImgPipeline,
                       StableDiffusionXLPipeline)
from PIL import Image, ImageDraw

import a1111
import models

OUT = models.HERE.parents[1] / "resources" / "families"
TRAINED, DDIM, KARRAS = models.pictures.TRAINED, models.pictures.DDIM, models.pictures.KARRAS
V = dict(prediction_type="v_prediction")
SAFE = dict(safety_checker=None, feature_extractor=None, requires_safety_checker=False)
SIZE = (128, 64)


def families():
    deeper = dict(up_depth=[[3, 3, 4], [2, 1, 1], 1])
    return {
        "sd2": models.sd2(),
        "sd2-inpainting": models.sd2(in_channels=9),
        "sd1-instruct": models.sd1(in_channels=8),
        "tiny-sd": models.sd1(channels=(32, 64, 64), depth=(1, 1, 1), blocks=1, middle=None),
        "sdxl": models.sdxl(),
        "sdxl-inpainting": models.sdxl(in_channels=9),
        "ssd-1b": models.sdxl(middle="UNetMidBlock2D", **deeper),
        "refiner": models.refiner(),
    }


# picture's name, model, pipeline, scheduler, its settings, Gesso's sampler and schedule, prompt, negative prompt, what else
PICTURES = [
    ("sd2-euler", "sd2", StableDiffusionPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "red apple", "owl", {}),
    ("sd2-dpmpp-2m", "sd2", StableDiffusionPipeline, DPMSolverMultistepScheduler, KARRAS, "DPM++ 2M", "Karras", "fox", "", {}),
    ("sd2-v-euler", "sd2-v", StableDiffusionPipeline, EulerDiscreteScheduler, TRAINED | V, "Euler", "Uniform", "lemon", "red", {}),
    ("sd2-v-ddim", "sd2-v", StableDiffusionPipeline, DDIMScheduler, DDIM | V, "DDIM", "Automatic", "crown", "", {}),
    ("sd2-rework", "sd2", StableDiffusionImg2ImgPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "panda", "", {"strength": 0.6}),
    ("tiny-sd", "tiny-sd", StableDiffusionPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "owl", "", {}),
    ("sdxl-euler", "sdxl", StableDiffusionXLPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "red apple, white background", "owl", {}),
    ("sdxl-no-negative", "sdxl", StableDiffusionXLPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "sailboat", "", {}),
    ("sdxl-v-dpmpp-2m", "sdxl-v", StableDiffusionXLPipeline, DPMSolverMultistepScheduler, KARRAS | V, "DPM++ 2M", "Karras", "rocket", "fox", {}),
    ("sdxl-rework", "sdxl", StableDiffusionXLImg2ImgPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "house", "", {"strength": 0.7}),
    ("ssd-1b", "ssd-1b", StableDiffusionXLPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "banana", "", {}),
    ("refiner-rework", "refiner", StableDiffusionXLImg2ImgPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "house", "", {"strength": 0.5}),
    ("instruct", "sd1-instruct", StableDiffusionInstructPix2PixPipeline, EulerDiscreteScheduler, TRAINED, "Euler", "Uniform", "make it red", "blue", {"image_guidance_scale": 1.8}),
]


def source():
    image = Image.new("RGB", SIZE, (120, 180, 210))
    draw = ImageDraw.Draw(image)
    draw.ellipse((14, 8, 62, 56), fill=(225, 190, 60))
    draw.rectangle((80, 20, 112, 60), fill=(90, 60, 30))
    return image


def pipeline(kind, scheduler, parts, model):
    extra = SAFE if "XL" not in kind.__name__ else dict(force_zeros_for_empty_prompt=model != "refiner")
    if model == "refiner":
        extra["requires_aesthetics_score"] = True
    pipe = kind(scheduler=scheduler, **parts, **extra)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def picture(families, image, name, model, kind, scheduler, config, sampler, schedule, prompt, negative, more):
    parts = families[model.removesuffix("-v")][1]
    pipe = pipeline(kind, scheduler(**config), parts, model)
    asked = dict(prompt=prompt, negative_prompt=negative or None, num_inference_steps=8, guidance_scale=4.0,
                 generator=torch.Generator("cpu").manual_seed(len(name)), **more)
    arguments = [prompt, "--negative", negative, "--sampler", sampler, "--schedule", schedule, "--steps", "8", "--cfg", "4",
                 "--seed", str(len(name)), "--rng", "cpu", "--profile", "diffusers"]
    if kind in (StableDiffusionPipeline, StableDiffusionXLPipeline):
        asked.update(width=SIZE[0], height=SIZE[1])
        arguments += ["--size", f"{SIZE[0]}x{SIZE[1]}"]
    else:
        asked["image"] = image
        arguments += ["--image", "source.png"]
    if "strength" in more:
        arguments += ["--denoise", str(more["strength"])]
    if "image_guidance_scale" in more:
        arguments += ["--image-cfg", str(more["image_guidance_scale"])]
    pipe(**asked).images[0].save(OUT / f"{name}.png", optimize=True)
    print(name)
    return {"name": name, "model": model, "gesso": arguments}


def shapes(families):
    """Each file's tensors: `@name`, then a line for each with its shape and name."""
    lines = []
    for name, (tensors, _) in families.items():
        variants = [(name, {})] + ([(name + "-v", {"v_pred": (0,)})] if name in ("sd2", "sdxl") else [])
        for variant, more in variants:
            lines.append("@" + variant)
            lines += [",".join(map(str, shape)) + " " + key for key, shape in (tensors | more).items()]
    data = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (OUT / "shapes.gz").write_bytes(data)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    image = source()
    image.save(OUT / "source.png")
    made = families()
    shapes(made)
    lines = [picture(made, image, *asked) for asked in PICTURES] + a1111.make(made, image, SIZE, OUT)
    lines += a1111.make_ays(made["sdxl"][1], SIZE, OUT)
    text = ",\n".join(json.dumps(line) for line in lines)
    (OUT / "pictures.json").write_text(f"[\n{text}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
