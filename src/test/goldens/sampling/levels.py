"""Noise levels in double precision, from their definitions; the training schedule's ᾱ are the floats that models hold."""

import math

import numpy as np
from diffusers import EulerDiscreteScheduler
from scipy import stats

from common import Writer

STEPS = [1, 2, 5, 10, 11, 20, 31, 150]
ALIGNED = {
    "sd1": [14.615, 6.475, 3.861, 2.697, 1.886, 1.396, 0.963, 0.652, 0.399, 0.152, 0.029],
    "sdxl": [14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029],
}


def alphas_cumprod():
    betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    return np.cumprod(1 - betas).astype(np.float32).astype(np.float64)


class Levels:
    """σ ↔ t, piecewise linear in log σ."""

    def __init__(self, alphas):
        self.alphas = alphas
        self.sigmas = np.sqrt((1 - alphas) / alphas)
        self.logs = np.log(self.sigmas)

    def t(self, sigma):
        return float(np.interp(math.log(sigma), self.logs, np.arange(len(self.logs))))

    def sigma(self, t):
        return float(np.exp(np.interp(t, np.arange(len(self.logs)), self.logs)))

    def uniform(self, n):
        return [self.sigma(t) for t in np.linspace(len(self.sigmas) - 1, 0, n)]


class LcmLevels(Levels):
    """Every 20th level; timesteps are those of the known levels."""

    def __init__(self, alphas):
        super().__init__(alphas[19::20])

    def t(self, sigma):
        return int(np.argmin(np.abs(math.log(sigma) - self.logs))) * 20 + 19

    def sigma(self, t):
        return super().sigma((t - 19) / 20)

    def uniform(self, n):
        return [self.sigma(t) for t in np.linspace(self.t(self.sigmas[-1]), self.t(self.sigmas[0]), n)]


def karras(n, low, high, rho=7.0):
    r = np.linspace(0, 1, n)
    return ((high ** (1 / rho) + r * (low ** (1 / rho) - high ** (1 / rho))) ** rho).tolist() + [0.0]


def sigmas(name, n, levels, low=None, high=None, rho=None, sdxl=False):
    low = levels.sigmas[0] if low is None else low
    high = levels.sigmas[-1] if high is None else high
    count = len(levels.sigmas)
    if name in ("Automatic", "Uniform"):
        out = levels.uniform(n)
    elif name == "Karras":
        return karras(n, low, high, rho or 7.0)
    elif name == "Exponential":
        out = np.exp(np.linspace(math.log(high), math.log(low), n)).tolist()
    elif name == "Polyexponential":
        q = np.linspace(1, 0, n) ** (rho or 1.0)
        out = np.exp(q * (math.log(high) - math.log(low)) + math.log(low)).tolist()
    elif name == "SGM Uniform":
        out = [levels.sigma(t) for t in np.linspace(levels.t(high), levels.t(low), n + 1)[:-1]]
    elif name == "Normal":
        out = [levels.sigma(t) for t in np.linspace(levels.t(high), levels.t(low), n)]
    elif name == "KL Optimal":
        i = np.arange(n + 1) / n
        return np.tan(i * math.atan(low) + (1 - i) * math.atan(high)).tolist()
    elif name == "Align Your Steps":
        table = ALIGNED["sdxl" if sdxl else "sd1"]
        places = np.linspace(0, 1, n)
        out = np.exp(np.interp(places, np.linspace(0, 1, 11), np.log(table[::-1])))[::-1].tolist()
    elif name == "Simple":
        out = [levels.sigmas[-(1 + int(i * count / n))] for i in range(n)]
    elif name == "DDIM":
        out = levels.sigmas[1 :: max(count // n, 1)][::-1].tolist()
    elif name == "Beta":
        out = [low + stats.beta.ppf(p, 0.6, 0.6) * (high - low) for p in 1 - np.linspace(0, 1, n)]
    else:
        raise ValueError(name)
    return [float(v) for v in out] + [0.0]


def comfy(name, n, levels):
    """ComfyUI's own forms (comfy/samplers.py, comfy_extras/nodes_align_your_steps.py)."""
    low, high = levels.sigmas[0], levels.sigmas[-1]
    if name == "KL Optimal":
        i = np.arange(n) / (n - 1)
        out = np.tan(i * math.atan(low) + (1 - i) * math.atan(high))
    elif name == "Beta":
        t = np.rint(stats.beta.ppf(1 - np.linspace(0, 1, n, endpoint=False), 0.6, 0.6) * (len(levels.sigmas) - 1))
        out = levels.sigmas[np.unique(t.astype(int))[::-1]]
    else:
        out = sigmas(name, n + 1, levels)[:n]
    return [float(v) for v in out] + [0.0]


NAMES = ["Automatic", "Karras", "Exponential", "Polyexponential", "SGM Uniform", "KL Optimal", "Align Your Steps",
         "Simple", "Normal", "DDIM", "Beta"]


def zero_terminal_snr(alphas):
    """Lin et al. 2023, algorithm 1, with A1111's last value in the place of 0."""
    roots = np.sqrt(alphas)
    roots = (roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])
    out = roots**2
    out[-1] = 4.8973451890853435e-08
    return out


def main():
    alphas = alphas_cumprod()
    plain, lcm, zero = Levels(alphas), LcmLevels(alphas), Levels(zero_terminal_snr(alphas))
    with Writer("levels.txt") as out:
        pick = [0, 1, 2, 250, 499, 500, 751, 998, 999]
        out.line("alphas", [alphas[i] for i in pick])
        out.line("sigmas", [plain.sigmas[i] for i in pick])
        out.line("zero-alphas", [zero.alphas[i] for i in pick])
        out.integers("picked", pick)
        for sigma in [0.01, 0.0292, 0.5, 1.0, 3.3, 14.6, 20.0]:
            out.line(f"t {sigma}", [plain.t(sigma)])
            out.integers(f"lcm-t {sigma}", [lcm.t(sigma)])
        for t in [0, 0.25, 20.5, 333.333, 998.75, 999]:
            out.line(f"sigma {t}", [plain.sigma(t)])
        for name in NAMES:
            for n in STEPS:
                out.line(f"plain {name},{n}", sigmas(name, n, plain))
        for name in NAMES:
            out.line(f"lcm {name},8", sigmas(name, 8, lcm))
            out.line(f"overrides {name},9", sigmas(name, 9, plain, low=0.1, high=10.0, rho=5.0))
            out.line(f"zero {name},7", sigmas(name, 7, zero))
        for name in ["KL Optimal", "Beta", "Align Your Steps"]:
            for n in [2, 10, 20, 150]:
                out.line(f"comfy {name},{n}", comfy(name, n, plain))
        for n in [1, 2, 10, 33]:
            scheduler = EulerDiscreteScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
            scheduler.set_timesteps(n)
            out.line(f"diffusers Automatic,{n}", scheduler.sigmas)
        out.line("sdxl Align Your Steps,11", sigmas("Align Your Steps", 11, plain, sdxl=True))
        out.line("sdxl Align Your Steps,20", sigmas("Align Your Steps", 20, plain, sdxl=True))


if __name__ == "__main__":
    main()
