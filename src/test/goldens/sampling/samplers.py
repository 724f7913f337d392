"""
Samplers on the mixture's ideal denoiser in double precision. k-diffusion's own functions, but for what only A1111 has: Restart is
written here from its paper with A1111's choice of stretches; LCM from its paper; their step formulas share nothing with the Java.
"""

import functools
import math

import torch

import levels
import mixture
from common import Writer
from kdiffusion import sampling

SHAPE = (1, 4, 2, 2)
STEPS = [6, 11, 22]
NOISE_SEED = 77


class Noise:
    """One tensor of torch's numbers after another, whatever the levels."""

    def __init__(self):
        self.generator = torch.Generator().manual_seed(NOISE_SEED)

    def __call__(self, *levels):
        return torch.randn(SHAPE, generator=self.generator, dtype=torch.float32).double()


def restart(model, x, sigmas, noise):
    """Xu et al. 2023, algorithm 1 with Heun steps; stretches as A1111 chooses them from the number of steps."""
    steps = len(sigmas) - 1
    sigmas = [float(s) for s in sigmas]
    path = list(zip(sigmas[:-1], sigmas[1:]))
    if steps >= 20:
        repeats, times = (9, 1) if steps < 36 else (steps // 4, 2)
        main = levels.karras(steps - repeats * times, sigmas[-2], sigmas[0])
        low = min(range(len(main)), key=lambda i: abs(main[i] - 0.1))
        high = min(range(len(main)), key=lambda i: abs(main[i] - 2))
        path = list(zip(main[:-1], main[1:]))
        again = levels.karras(repeats + 1, main[low], main[high])[:-1]
        path[low:low] = list(zip(again[:-1], again[1:])) * times
    last = path[0][0]
    for a, b in path:
        if a > last:
            x = x + noise() * math.sqrt(a * a - last * last)
        slope = (x - model(x, a)) / a
        ahead = x + slope * (b - a)
        if b > 0:
            slope = (slope + (ahead - model(ahead, b)) / b) / 2
        x = x + slope * (b - a)
        last = b
    return x


def lcm(model, x, sigmas, noise):
    for a, b in zip(sigmas[:-1], sigmas[1:]):
        x = model(x, a)
        if b > 0:
            x = x + b * noise()
    return x


def plain(function, **fixed):
    def run(model, x, sigmas, noise, **options):
        saved = torch.randn_like
        torch.randn_like = lambda _: noise()
        try:
            return function(model, x, sigmas, disable=True, **fixed, **options)
        finally:
            torch.randn_like = saved
    return run


def stochastic(function, **fixed):
    def run(model, x, sigmas, noise, **options):
        return function(model, x, sigmas, disable=True, noise_sampler=noise, **fixed, **options)
    return run


def fast(model, x, sigmas, noise, eta=1.0, s_noise=1.0):
    return sampling.sample_dpm_fast(
        model, x, float(sigmas[-2]), float(sigmas[0]), len(sigmas) - 1, disable=True, eta=eta, s_noise=s_noise,
        noise_sampler=noise)


def adaptive(model, x, sigmas, noise, eta=1.0, info=None):
    out, counted = sampling.sample_dpm_adaptive(
        model, x, float(sigmas[-2]), float(sigmas[0]), disable=True, eta=eta, noise_sampler=noise, return_info=True)
    if info is not None:
        info.update(counted)
    return out


SAMPLERS = {
    "DPM++ 2M": plain(sampling.sample_dpmpp_2m),
    "DPM++ SDE": stochastic(sampling.sample_dpmpp_sde),
    "DPM++ 2M SDE": stochastic(sampling.sample_dpmpp_2m_sde),
    "DPM++ 2M SDE Heun": stochastic(functools.partial(sampling.sample_dpmpp_2m_sde, solver_type="heun")),
    "DPM++ 2S a": stochastic(sampling.sample_dpmpp_2s_ancestral),
    "DPM++ 3M SDE": stochastic(sampling.sample_dpmpp_3m_sde),
    "Euler a": stochastic(sampling.sample_euler_ancestral),
    "Euler": plain(sampling.sample_euler),
    "LMS": plain(sampling.sample_lms),
    "Heun": plain(sampling.sample_heun),
    "DPM2": plain(sampling.sample_dpm_2),
    "DPM2 a": stochastic(sampling.sample_dpm_2_ancestral),
    "DPM fast": fast,
    "DPM adaptive": adaptive,
    "Restart": restart,
    "LCM": lcm,
}
TUNED = {
    "DPM++ SDE": dict(eta=0.4, s_noise=0.9),
    "DPM++ 2M SDE": dict(eta=0.4, s_noise=0.9),
    "DPM++ 2M SDE Heun": dict(eta=0.0),
    "DPM++ 2S a": dict(eta=0.6, s_noise=1.05),
    "DPM++ 3M SDE": dict(eta=0.3, s_noise=0.95),
    "Euler a": dict(eta=0.5),
    "Euler": dict(s_churn=20.0, s_tmin=0.2, s_tmax=8.0, s_noise=1.01),
    "Heun": dict(s_churn=40.0, s_tmin=0.0, s_tmax=100.0, s_noise=0.98),
    "DPM2": dict(s_churn=5.0, s_tmin=0.05, s_tmax=5.0, s_noise=1.0),
    "DPM2 a": dict(eta=0.7, s_noise=0.9),
    "DPM fast": dict(eta=0.0),
    "DPM adaptive": dict(eta=0.0),
}


def start(sigma):
    x = torch.randn(SHAPE, generator=torch.Generator().manual_seed(5), dtype=torch.float32).double()
    return x * sigma


def discards(name, schedule, n, lv):
    if name in ("DPM2", "DPM2 a", "DPM++ 3M SDE"):
        s = levels.sigmas(schedule, n + 1, lv)
        return s[:-2] + s[-1:]
    return levels.sigmas(schedule, n, lv)


def main():
    torch.set_default_dtype(torch.float64)
    lv = levels.Levels(levels.alphas_cumprod())
    with Writer("samplers.txt") as out:
        for name, run in SAMPLERS.items():
            for schedule in levels.NAMES:
                for n in STEPS:
                    s = torch.tensor(discards(name, schedule, n, lv))
                    info = {}
                    options = {"info": info} if name == "DPM adaptive" else {}
                    x = run(mixture.cond, start(float(s[0])), s, Noise(), **options)
                    out.line(f"{name},{schedule},{n}", x.float())
                    if info:
                        out.integers(f"count {name},{schedule},{n}", [info["steps"], info["n_accept"]])
        for name, options in TUNED.items():
            s = torch.tensor(discards(name, "Karras", 12, lv))
            x = SAMPLERS[name](mixture.cond, start(float(s[0])), s, Noise(), **options)
            words = ",".join(f"{k}={v}" for k, v in options.items())
            out.line(f"tuned {name},{words}", x.float())
        s = torch.tensor(levels.sigmas("Karras", 40, lv))
        out.line("Restart,Karras,40", restart(mixture.cond, start(float(s[0])), s, Noise()).float())
