"""What A1111 1.10 makes of the same models where it differs from diffusers: its formulas, written down with torch and k-diffusion.

Prompts are laid out and weighed for each encoder by itself (the mean of the whole tensor is kept), SD2 and SDXL always take the
last layer but one, an empty negative prompt of SDXL is zeros, the refiner takes over at a part of the timesteps, and a model
that edits starts from the noised picture.
"""
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "sampling"))
from kdiffusion import sampling  # noqa: E402

START, END = 49406, 49407
STEPS, CFG = 8, 4.0
ALPHAS = torch.cumprod(1 - torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2, 0).float()
SIGMAS = ((1 - ALPHAS) / ALPHAS) ** 0.5
LOG_SIGMAS = SIGMAS.log()


def t_to_sigma(t):
    low, high, w = t.floor().long(), t.ceil().long(), t.frac()
    return ((1 - w) * LOG_SIGMAS[low] + w * LOG_SIGMAS[high]).exp()


def sigma_to_t(sigma):
    log = sigma.log()
    low = (log >= LOG_SIGMAS).sum() - 1
    low = low.clamp(0, 998)
    w = ((LOG_SIGMAS[low] - log) / (LOG_SIGMAS[low] - LOG_SIGMAS[low + 1])).clamp(0, 1)
    return low + w


def uniform(n):
    return torch.cat([t_to_sigma(torch.linspace(999, 0, n)), torch.zeros(1)])


def chunks(tokenizer, parts, pad):
    """Chunks of (text, weight) fragments as ids and weights, 77 each."""
    out = []
    for part in parts:
        ids, weights = [START], [1.0]
        for text, weight in part:
            own = tokenizer(text, add_special_tokens=False).input_ids
            ids += own
            weights += [weight] * len(own)
        ids.append(END)
        out.append((ids + [pad] * (77 - len(ids)), weights + [1.0] * (77 - len(weights))))
    return out


def weighed(z, weights):
    mean = z.mean()
    z = z * torch.tensor(weights)[None, :, None]
    return z * (mean / z.mean())


def encode(encoder, tokenizer, parts, pad, normed, layer):
    states, pooled = [], None
    for ids, weights in chunks(tokenizer, parts, pad):
        out = encoder(torch.tensor([ids]), output_hidden_states=True)
        z = out.hidden_states[layer]
        states.append(weighed(encoder.text_model.final_layer_norm(z) if normed else z, weights))
        pooled = getattr(out, "text_embeds", None) if pooled is None else pooled
    return torch.cat(states, 1), pooled


class Prompts:
    """A prompt and its negative, as each family's network sees them: dictionaries for `Denoiser`."""

    def __init__(self, positive, negative, size):
        self.positive, self.negative, (self.width, self.height) = positive, negative, size

    def sd1(self, parts):
        return [dict(context=encode(parts["text_encoder"], parts["tokenizer"], p, END, True, -1)[0])
                for p in (self.positive, self.negative)]

    def sd2(self, parts):
        # diffusers' encoder has lost its last layer, so that the last state is the one before the last.
        return [dict(context=encode(parts["text_encoder"], parts["tokenizer"], p, 0, True, -1)[0])
                for p in (self.positive, self.negative)]

    def sdxl(self, parts):
        out = []
        for p in (self.positive, self.negative):
            first, _ = encode(parts["text_encoder"], parts["tokenizer"], p, END, False, -2)
            second, pooled = encode(parts["text_encoder_2"], parts["tokenizer_2"], p, 0, False, -2)
            out.append(self.zeroed(p, torch.cat([first, second], 2), pooled,
                                   [self.height, self.width, 0, 0, self.height, self.width]))
        return out

    def refiner(self, parts):
        out = []
        for p, aesthetic in ((self.positive, 6.0), (self.negative, 2.5)):
            context, pooled = encode(parts["text_encoder_2"], parts["tokenizer_2"], p, 0, False, -2)
            out.append(self.zeroed(p, context, pooled, [self.height, self.width, 0, 0, aesthetic]))
        return out

    def zeroed(self, prompt, context, pooled, numbers):
        if prompt is self.negative and prompt == [[]]:
            context, pooled = torch.zeros_like(context), torch.zeros_like(pooled)
        return dict(context=context, added=dict(text_embeds=pooled, time_ids=torch.tensor([numbers], dtype=torch.float32)))


class Denoiser:
    """CFG over an epsilon model; `switch`: (at, unet, conditions) of the refiner; `picture`, `image_cfg`: an edited picture."""

    def __init__(self, unet, conditions, switch=None, picture=None, image_cfg=None):
        self.unet, (self.cond, self.uncond) = unet, conditions
        self.switch, self.picture, self.image_cfg = switch, picture, image_cfg

    def one(self, x, sigma, c, picture):
        scaled = x / (sigma**2 + 1) ** 0.5
        if picture is not None:
            scaled = torch.cat([scaled, picture], 1)
        eps = self.unet(scaled, sigma_to_t(sigma), c["context"], added_cond_kwargs=c.get("added")).sample
        return x - eps * sigma

    def __call__(self, x, sigma, **_):
        sigma = sigma[0]
        if self.switch:
            timestep = (SIGMAS - sigma).abs().argmin()
            if (999 - timestep) / 1000 >= self.switch[0]:
                _, self.unet, (self.cond, self.uncond) = self.switch
                self.switch = None
        cond = self.one(x, sigma, self.cond, self.picture)
        uncond = self.one(x, sigma, self.uncond, self.picture)
        if self.image_cfg is None:
            return uncond + (cond - uncond) * CFG
        blind = self.one(x, sigma, self.uncond, torch.zeros_like(self.picture))
        return blind + CFG * (cond - uncond) + self.image_cfg * (uncond - blind)


def noise(seed, size):
    return torch.randn((1, 4, size[1] // 8, size[0] // 8), generator=torch.Generator("cpu").manual_seed(seed))


def text_to_image(denoiser, seed, size):
    sigmas = uniform(STEPS)
    return sampling.sample_euler(denoiser, noise(seed, size) * sigmas[0], sigmas, disable=True)


def image_to_image(denoiser, latent, strength, seed, size):
    sigmas = uniform(STEPS)[STEPS - int(min(strength, 0.999) * STEPS) - 1:]
    return sampling.sample_euler(denoiser, latent + noise(seed, size) * sigmas[0], sigmas, disable=True)


def everything_masked(vae, seed, size):
    """What an inpainting model sees in text-to-image: a full mask, and mid-grey, encoded with noise of the picture's seed."""
    grey = vae.encode(torch.zeros(1, 3, size[1], size[0])).latent_dist
    latent = (grey.mean + grey.std * noise(seed, size)) * vae.config.scaling_factor
    return torch.cat([torch.ones_like(latent[:, :1]), latent], 1)


def tensor(image):
    return torch.from_numpy(np.array(image).astype(np.float32) / 255).permute(2, 0, 1)[None] * 2 - 1


def save(vae, latent, path):
    image = vae.decode(latent / vae.config.scaling_factor).sample[0] / 2 + 0.5
    pixels = (255 * image.clamp(0, 1).permute(1, 2, 0)).numpy().astype(np.uint8)
    Image.fromarray(pixels).save(path, optimize=True)


def make(families, image, size, out):
    """Writes the pictures and, for some, what they were made from; gives their lines for pictures.json."""
    sdxl, refiner, sd2, edit = (families[n][1] for n in ("sdxl", "refiner", "sd2", "sd1-instruct"))
    tensors, lines = {}, []

    def picture(name, model, vae, latent, text, negative, more=()):
        save(vae, latent, out / f"{name}.png")
        tensors[f"{name}.latent"] = latent
        lines.append({"name": name, "model": model, "gesso": [
            text, "--negative", negative, "--sampler", "Euler", "--schedule", "Uniform", "--steps", str(STEPS), "--cfg",
            "4", "--seed", str(len(name)), "--rng", "cpu", *more]})
        print(name)

    sized = ("--size", f"{size[0]}x{size[1]}")
    text = "(red apple:1.3), white background BREAK [fox]"
    parts = [[("red apple", 1.3), (", white background", 1.0)], [("fox", 1 / 1.1)]]
    conditions = Prompts(parts, [[("owl", 1.0)]], size).sdxl(sdxl)
    for kind, c in zip(("positive", "negative"), conditions):
        tensors[f"a1111-sdxl.{kind}.context"] = c["context"]
        tensors[f"a1111-sdxl.{kind}.vector"] = vector(sdxl["unet"], c)
    latent = text_to_image(Denoiser(sdxl["unet"], conditions), len("a1111-sdxl"), size)
    picture("a1111-sdxl", "sdxl", sdxl["vae"], latent, text, "owl", sized)

    plain = Prompts([[("sailboat", 1.0)]], [[]], size)
    conditions = plain.refiner(refiner)
    for kind, c in zip(("positive", "negative"), conditions):
        tensors[f"a1111-refiner.{kind}.context"] = c["context"]
        tensors[f"a1111-refiner.{kind}.vector"] = vector(refiner["unet"], c)
    latent = text_to_image(Denoiser(refiner["unet"], conditions), len("a1111-refiner"), size)
    picture("a1111-refiner", "refiner", refiner["vae"], latent, "sailboat", "", sized)

    switch = (0.6, refiner["unet"], plain.refiner(refiner))
    latent = text_to_image(Denoiser(sdxl["unet"], plain.sdxl(sdxl), switch), len("a1111-switch"), size)
    picture("a1111-switch", "sdxl", refiner["vae"], latent, "sailboat", "",
            (*sized, "--refiner", "refiner", "--refiner-switch", "0.6"))

    conditions = Prompts([[("lemon", 1.0), (", ", 1.0), ("green", 1.1)]], [[]], size).sd2(sd2)
    latent = text_to_image(Denoiser(sd2["unet"], conditions), len("a1111-sd2"), size)
    picture("a1111-sd2", "sd2", sd2["vae"], latent, "lemon, (green)", "", (*sized, "--clip-skip", "1"))

    for name, family in (("sd2-inpainting", Prompts.sd2), ("sdxl-inpainting", Prompts.sdxl)):
        model = families[name][1]
        channels = everything_masked(model["vae"], len("a1111-" + name), size)
        denoiser = Denoiser(model["unet"], family(plain, model), picture=channels)
        latent = text_to_image(denoiser, len("a1111-" + name), size)
        picture("a1111-" + name, name, model["vae"], latent, "sailboat", "", sized)

    conditions = Prompts([[("make it red", 1.0)]], [[]], size).sd1(edit)
    mean = edit["vae"].encode(tensor(image)).latent_dist.mean
    denoiser = Denoiser(edit["unet"], conditions, picture=mean, image_cfg=1.8)
    latent = image_to_image(denoiser, mean * edit["vae"].config.scaling_factor, 0.75, len("a1111-instruct"), size)
    picture("a1111-instruct", "sd1-instruct", edit["vae"], latent, "make it red", "",
            ("--image", "source.png", "--denoise", "0.75", "--image-cfg", "1.8"))
    save_file({k: v.contiguous() for k, v in tensors.items()}, out / "a1111.safetensors")
    return lines


AYS = [14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029]


def make_ays(sdxl, size, out):
    """SDXL's steps of Align Your Steps (Sabour et al. 2024), log-linear to another number of steps, as sd_schedulers.py does it."""
    name = "a1111-sdxl-ays"
    at = np.linspace(0, 1, STEPS)
    sigmas = torch.tensor(np.exp(np.interp(at, np.linspace(0, 1, len(AYS)), np.log(AYS))), dtype=torch.float32)
    sigmas = torch.cat([sigmas, torch.zeros(1)])
    conditions = Prompts([[("sailboat", 1.0)]], [[("owl", 1.0)]], size).sdxl(sdxl)
    start = noise(len(name), size) * sigmas[0]
    latent = sampling.sample_euler(Denoiser(sdxl["unet"], conditions), start, sigmas, disable=True)
    save(sdxl["vae"], latent, out / f"{name}.png")
    return [{"name": name, "model": "sdxl", "gesso": [
        "sailboat", "--negative", "owl", "--sampler", "Euler", "--schedule", "Align Your Steps", "--steps", str(STEPS), "--cfg",
        "4", "--seed", str(len(name)), "--rng", "cpu", "--size", f"{size[0]}x{size[1]}"]}]


def vector(unet, c):
    """The label embedding's input: pooled text, then the sines of the numbers, as diffusers builds it."""
    numbers = c["added"]["time_ids"]
    return torch.cat([c["added"]["text_embeds"], unet.add_time_proj(numbers.flatten()).reshape(1, -1)], 1)
