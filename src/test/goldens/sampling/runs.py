"""
Whole runs in double precision: network, guidance, inpainting blend and sampler. DDIM, CFG++, PLMS and Euler are written here from
their papers (with A1111's choice of timesteps and its order of blending); UniPC is diffusers' scheduler on A1111's times.
"""

import math

import numpy as np
import torch
from diffusers import DDIMScheduler, UniPCMultistepScheduler

import levels
import mixture
from common import Writer

SHAPE = (1, 4, 2, 2)
SEED = 1234
LV = levels.Levels(levels.alphas_cumprod())
MASK = torch.tensor([1.0, 0.0, 1.0, 0.25], dtype=torch.float64).reshape(1, 1, 2, 2)
SOURCE = torch.linspace(-1.5, 1.2, 16, dtype=torch.float32).double().reshape(SHAPE)


class Noise:
    def __init__(self):
        self.generator = torch.Generator().manual_seed(SEED)

    def __call__(self):
        return torch.randn(SHAPE, generator=self.generator, dtype=torch.float32).double()


class Model:
    """The guided network; x is at the scale √ᾱ·picture + √(1−ᾱ)·noise."""

    def __init__(self, scale):
        self.scale = scale

    def __call__(self, x, t):
        self.last = self.noise(x, t, mixture.uncond)
        return self.last + self.scale * (self.noise(x, t, mixture.cond) - self.last)

    @staticmethod
    def noise(x, t, denoiser):
        sigma = LV.sigma(t)
        at_sigma = x * math.sqrt(sigma**2 + 1)
        return (at_sigma - denoiser(at_sigma, sigma)) / sigma


def timesteps(steps):
    return [min(t + 1, 999) for t in range(0, 1000, 1000 // steps)]


def blended(x, mask):
    return x if mask is None else x * mask + SOURCE * (1 - mask)


def begin(times, noise, encoded):
    """The noisy start and the timesteps that are left."""
    if encoded is None:
        return noise(), times
    a = LV.alphas[times[encoded]]
    return math.sqrt(a) * SOURCE + math.sqrt(1 - a) * noise(), times[:encoded]


def ddim(steps, scale, eta=0.0, cfgpp=False, encoded=None, mask=None):
    model, noise = Model(scale / 12.5 if cfgpp else scale), Noise()
    x, times = begin(timesteps(steps), noise, encoded)
    for here, below in zip(times[:0:-1], times[-2::-1]):
        a, b = LV.alphas[here], LV.alphas[below]
        e = model(blended(x, mask), here)
        sigma = eta * math.sqrt((1 - b) / (1 - a) * (1 - a / b))
        picture = (x - math.sqrt(1 - a) * e) / math.sqrt(a)
        x = math.sqrt(b) * picture + math.sqrt(1 - b - sigma**2) * (model.last if cfgpp else e)
        if eta:
            x = x + sigma * noise()
    return blended(x, mask)


def plms(steps, scale, encoded=None, mask=None):
    """Liu et al. 2022: linear multistep on the noise, started by one improved Euler step."""
    model, noise = Model(scale), Noise()
    x, times = begin(timesteps(steps), noise, encoded)
    weights = {1: [3 / 2, -1 / 2], 2: [23 / 12, -16 / 12, 5 / 12], 3: [55 / 24, -59 / 24, 37 / 24, -9 / 24]}
    seen = []

    def transfer(e, a, b):
        return math.sqrt(b) * (x - math.sqrt(1 - a) * e) / math.sqrt(a) + math.sqrt(1 - b) * e

    for here, below in zip(times[:0:-1], times[-2::-1]):
        a, b = LV.alphas[here], LV.alphas[below]
        e = model(blended(x, mask), here)
        seen.insert(0, e)
        if len(seen) == 1:
            used = (e + model(blended(transfer(e, a, b), mask), below)) / 2
        else:
            order = min(len(seen) - 1, 3)
            used = sum(w * s for w, s in zip(weights[order], seen))
        x = transfer(used, a, b)
    return blended(x, mask)


def unipc(steps, scale, encoded=None, mask=None):
    model, noise = Model(scale), Noise()
    x, times = begin(timesteps(steps), noise, encoded)
    n = len(times)
    start = 1.0 if encoded is None else times[-1] / 1000 + 1 / 1000
    logs = 0.5 * np.log(LV.alphas)
    ts = np.linspace(start, 1 / 1000, n + 1)
    log_alpha = np.interp(ts * 1000 - 1, np.arange(1000), logs)
    sigmas = np.sqrt(-np.expm1(2 * log_alpha)) / np.exp(log_alpha)
    scheduler = UniPCMultistepScheduler(solver_order=min(3, n), solver_type="bh1", predict_x0=True, lower_order_final=True)
    scheduler.set_timesteps(n)
    scheduler.sigmas = torch.tensor(sigmas)
    scheduler.timesteps = torch.arange(n)
    for i in range(n):
        e = model(blended(x, mask), ts[i] * 1000 - 1)
        x = scheduler.step(e, i, x).prev_sample
    return blended(x, mask)


def euler(steps, scale, run=None, mask=None, skip=None):
    model, noise = Model(scale), Noise()
    sigmas = levels.sigmas("Automatic", steps, LV)[steps - (run or steps):]
    x = noise() * sigmas[0] + (0 if run is None else SOURCE)
    for i, (a, b) in enumerate(zip(sigmas[:-1], sigmas[1:])):
        positive, negative = mixture.cond(x, a), mixture.uncond(x, a)
        picture = positive if skip and skip(i, a) else negative + scale * (positive - negative)
        picture = blended(picture, mask)
        x = x + (x - picture) / a * (b - a)
    return blended(x, mask)


def differential_euler(steps, scale, run, turns):
    """Differential diffusion (Levin and Fried 2023): what takes part in the last `turns` steps alone is the noisy source
    until the first of them, at whose level it is noised for the last time."""
    noise = Noise()()
    sigmas = levels.sigmas("Automatic", steps, LV)[steps - run:]
    turns = torch.tensor(turns).reshape(1, 1, 2, 2)
    x = SOURCE + noise * sigmas[0]
    for i, (a, b) in enumerate(zip(sigmas[:-1], sigmas[1:])):
        x = torch.where(turns <= run - i, SOURCE + noise * a, x)
        picture = mixture.uncond(x, a) + scale * (mixture.cond(x, a) - mixture.uncond(x, a))
        x = x + (x - picture) / a * (b - a)
    return torch.where(turns == 0, SOURCE, x)


def comfy_euler(steps, scale):
    """ComfyUI starts pure noise at √(1 + σ²)."""
    model, noise = Model(scale), Noise()
    sigmas = levels.sigmas("Karras", steps, LV)
    x = noise() * math.sqrt(1 + sigmas[0] ** 2)
    for a, b in zip(sigmas[:-1], sigmas[1:]):
        picture = mixture.uncond(x, a) + scale * (mixture.cond(x, a) - mixture.uncond(x, a))
        x = x + (x - picture) / a * (b - a)
    return x


def diffusers_ddim(steps, scale, strength=None):
    """As StableDiffusionPipeline and its img2img form run it, with the configuration of Stable Diffusion 1.5's files."""
    scheduler = DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
                              set_alpha_to_one=False, steps_offset=1)
    scheduler.set_timesteps(steps)
    model, noise, times = Model(scale), Noise(), scheduler.timesteps
    x = noise()
    if strength is not None:
        times = times[steps - min(int(steps * strength), steps):]
        x = scheduler.add_noise(SOURCE, x, times[:1])
    for t in times:
        x = scheduler.step(model(x, int(t)), int(t), x).prev_sample
    return x


def main():
    torch.set_default_dtype(torch.float64)
    with Writer("runs.txt") as out:
        def line(key, x):
            out.line(key, x.float())
        for n in [5, 7, 20]:
            line(f"DDIM,{n}", ddim(n, 7))
            line(f"DDIM eta,{n}", ddim(n, 7, eta=0.6))
            line(f"DDIM CFG++,{n}", ddim(n, 7, cfgpp=True))
            line(f"PLMS,{n}", plms(n, 7))
            line(f"UniPC,{n}", unipc(n, 3))
            line(f"Euler,{n}", euler(n, 7))
        # Strength .6 of 20 steps: int(.6·20) = 12 are encoded.
        line("source DDIM,20", ddim(20, 5, encoded=12, mask=MASK))
        line("source DDIM CFG++,20", ddim(20, 5, encoded=12, mask=MASK, cfgpp=True))
        line("source PLMS,20", plms(20, 5, encoded=12, mask=MASK))
        line("source UniPC,20", unipc(20, 3, encoded=12, mask=MASK))
        line("source Euler,20", euler(20, 5, run=13, mask=MASK))
        line("differential Euler,20", differential_euler(20, 5, 13, [0, 3, 8, 13]))
        line("diffusers DDIM,7", diffusers_ddim(7, 7))
        line("diffusers DDIM,20", diffusers_ddim(20, 7))
        line("diffusers source DDIM,20", diffusers_ddim(20, 5, strength=0.6))
        line("comfy Euler,12", comfy_euler(12, 7))
        line("ngms Euler,12", euler(12, 7, skip=lambda i, sigma: i % 2 == 1 and sigma < 4))
        line("early Euler,12", euler(12, 7, skip=lambda i, sigma: i / 12 <= 0.25))
