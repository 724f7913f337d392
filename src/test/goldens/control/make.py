"""Single runs and whole pictures with ControlNets. See README.md."""
import gzip
import importlib.util
import json
import sys
from pathlib import Path

import torch
from diffusers import (ControlNetModel, EulerDiscreteScheduler, StableDiffusionControlNetImg2ImgPipeline,
                       StableDiffusionControlNetPipeline, StableDiffusionXLControlNetPipeline)
from PIL import Image, ImageDraw
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "families"))
import models  # noqa: E402

OUT = HERE.parents[1] / "resources" / "control"
SIZE = (128, 64)
SAFE = dict(safety_checker=None, feature_extractor=None, requires_safety_checker=False)


def ldm(key, blocks, attention):
    """The ControlNet program's name."""
    name, kind = key.rsplit(".", 1)
    if name.startswith("controlnet_cond_embedding."):
        part = name.split(".", 1)[1]
        at = 0 if part == "conv_in" else 14 if part == "conv_out" else 2 * (1 + int(part.split(".")[1]))
        return f"control_model.input_hint_block.{at}.{kind}"
    if name.startswith("controlnet_down_blocks."):
        return f"control_model.zero_convs.{name.split('.')[1]}.0.{kind}"
    if name == "controlnet_mid_block":
        return f"control_model.middle_block_out.0.{kind}"
    return models.names.unet(key, blocks, attention).replace("model.diffusion_model.", "control_model.")


def controlnet(unet, rename, salt=""):
    """`rename`: to LDM's names, else diffusers' own are kept."""
    shapes = models.Shapes()
    attention = tuple("CrossAttn" in b for b in unet.config.down_block_types)
    net = ControlNetModel.from_unet(unet, load_weights_from_unet=False)
    name = (lambda k: ldm(k, unet.config.layers_per_block, attention)) if rename else (lambda k: k)
    shapes.fill(net, lambda k, s: shapes.tensor(name(k), s))
    return shapes, net


def noise(seed, *shape):
    return torch.randn(shape, generator=torch.Generator("cpu").manual_seed(seed))


def residuals(made, nets):
    """One run of each at an odd latent size, with a scale of 0.7."""
    values = {}
    for name, (family, _, net) in nets.items():
        context = made[family][1]["unet"].config.cross_attention_dim
        x, text = noise(1, 1, 4, 6, 10), noise(2, 1, 7, context)
        hint = torch.rand((1, 3, 48, 80), generator=torch.Generator("cpu").manual_seed(3))
        more = {}
        if family == "sdxl":
            more = dict(text_embeds=noise(4, 1, 128), time_ids=torch.tensor([[128.0, 64, 0, 0, 128, 64]]))
            numbers = net.add_time_proj(more["time_ids"].flatten()).reshape(1, -1)
            values[f"{name}.y"] = torch.cat([more["text_embeds"], numbers], 1)
        down, mid = net(x, 421.0, text, hint, conditioning_scale=0.7, added_cond_kwargs=more, return_dict=False)
        values |= {f"{name}.x": x, f"{name}.context": text, f"{name}.hint": hint}
        values |= {f"{name}.{i}": r for i, r in enumerate([*down, mid])}
    save_file({k: v.contiguous() for k, v in values.items()}, OUT / "residuals.safetensors")


# picture's name, model, ControlNets with weights, mode, what else
PICTURES = [
    ("one", "sd1", [("sd1-ldm", 0.7)], "balanced", {}),
    ("two", "sd1", [("sd1-ldm", 0.5), ("sd1-diffusers", 0.8)], "balanced", {}),
    ("range", "sd1", [("sd1-diffusers", 1.0)], "balanced", dict(control_guidance_start=0.25, control_guidance_end=0.75)),
    ("prompt", "sd1", [("sd1-ldm", 0.7)], "prompt", {}),
    ("control", "sd1", [("sd1-ldm", 0.7)], "control", {}),
    ("rework", "sd1", [("sd1-ldm", 0.6)], "balanced", dict(strength=0.6)),
    ("sd2", "sd2", [("sd2-control", 1.0)], "balanced", {}),
    ("sdxl", "sdxl", [("sdxl-control", 0.6)], "balanced", {}),
    ("sdxl-two", "sdxl", [("sdxl-control", 0.6), ("sdxl-control", 0.3)], "balanced", {}),
    ("sdxl-prompt", "sdxl", [("sdxl-control", 0.6)], "prompt", {}),
]


def in_mode(mode):
    """A1111's control modes: residual i counts .825^(12 - i); and, where the ControlNet is more important, in the prompt's half alone."""
    def hook(module, inputs, output):
        if mode == "balanced":
            return output
        all = [r * 0.825 ** (12 - i) for i, r in enumerate([*output[0], output[1]])]
        if mode == "control":
            all = [r * torch.tensor([0.0, 1.0]).view(2, 1, 1, 1) for r in all]
        return all[:-1], all[-1]
    return hook


def image(seed, edges):
    generator = torch.Generator("cpu").manual_seed(seed)
    picture = Image.new("RGB", SIZE, (0, 0, 0) if edges else (120, 180, 210))
    draw = ImageDraw.Draw(picture)
    for _ in range(5):
        x, y, w, h = (int(v * m) for v, m in zip(torch.rand(4, generator=generator), (90, 40, 60, 40)))
        color = (255, 255, 255) if edges else (x * 2, y * 4, w * 3)
        draw.ellipse((x, y, x + w + 4, y + h + 4), outline=color, fill=None if edges else color, width=2)
    return picture


def picture(made, nets, images, name, model, units, mode, more):
    kind = StableDiffusionControlNetPipeline
    if "strength" in more:
        kind = StableDiffusionControlNetImg2ImgPipeline
    elif model == "sdxl":
        kind = StableDiffusionXLControlNetPipeline
    used = [nets[n][2] for n, _ in units]
    hooks = [n.register_forward_hook(in_mode(mode)) for n in set(used)]
    extra = SAFE if model != "sdxl" else {}
    pipe = kind(scheduler=EulerDiscreteScheduler(**models.pictures.TRAINED), **made[model][1], **extra,
                controlnet=used if len(used) > 1 else used[0])
    pipe.set_progress_bar_config(disable=True)
    hints, weights = [images["hint"], images["edges"]][: len(used)], [w for _, w in units]
    if len(used) == 1:
        hints, weights = hints[0], weights[0]
    asked = dict(prompt="red apple", negative_prompt="owl", num_inference_steps=8, guidance_scale=4.0,
                 generator=torch.Generator("cpu").manual_seed(11), controlnet_conditioning_scale=weights, **more)
    arguments = ["red apple", "--negative", "owl", "--sampler", "Euler", "--schedule", "Uniform", "--steps", "8", "--cfg", "4",
                 "--seed", "11", "--rng", "cpu", "--profile", "diffusers", "--size", f"{SIZE[0]}x{SIZE[1]}"]
    if "strength" in more:
        asked |= dict(image=images["source"], control_image=hints)
        arguments += ["--image", "source.png", "--denoise", str(more["strength"])]
    else:
        asked |= dict(image=hints, width=SIZE[0], height=SIZE[1])
    for (net, weight), hint in zip(units, ["hint", "edges"]):
        text = f"@{net}.safetensors={hint}.png,weight={weight}"
        text += "" if mode == "balanced" else f",mode={mode}"
        if "control_guidance_start" in more:
            text += f",start={more['control_guidance_start']},end={more['control_guidance_end']}"
        arguments += ["--control", text]
    pipe(**asked).images[0].save(OUT / f"{name}.png", optimize=True)
    for hook in hooks:
        hook.remove()
    print(name, flush=True)
    return {"name": name, "model": model, "gesso": arguments}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    made = {"sd1": models.sd1(), "sd2": models.sd2(), "sdxl": models.sdxl()}
    nets = {"sd1-ldm": ("sd1", *controlnet(made["sd1"][1]["unet"], True)),
            "sd1-diffusers": ("sd1", *controlnet(made["sd1"][1]["unet"], False)),
            "sd2-control": ("sd2", *controlnet(made["sd2"][1]["unet"], False)),
            "sdxl-control": ("sdxl", *controlnet(made["sdxl"][1]["unet"], True))}
    lines = []
    for name, shapes in [(n, m[0]) for n, m in made.items()] + [(n, c[1]) for n, c in nets.items()]:
        lines += ["@" + name] + [",".join(map(str, shape)) + " " + key for key, shape in shapes.items()]
    (OUT / "shapes.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    residuals(made, nets)
    images = {"hint": image(1, False), "edges": image(2, True), "source": image(3, False)}
    for name, value in images.items():
        value.save(OUT / f"{name}.png", optimize=True)
    asked = [picture(made, nets, images, *p) for p in PICTURES]
    text = ",\n".join(json.dumps(line) for line in asked)
    (OUT / "pictures.json").write_text(f"[\n{text}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
