"""An ideal denoiser in closed form: every value of the picture is drawn from a mixture of three Gaussians."""

import torch

COND = dict(weights=[0.5, 0.3, 0.2], means=[-1.2, 0.3, 1.4], deviations=[0.4, 0.3, 0.5])
UNCOND = dict(weights=[0.2, 0.5, 0.3], means=[-0.7, 0.1, 1.0], deviations=[0.6, 0.5, 0.4])


def denoise(x, sigma, weights, means, deviations):
    """E[picture | picture + noise·σ = x]."""
    sigma = torch.as_tensor(sigma, dtype=torch.float64).reshape(-1)[0]
    logs, guesses = [], []
    for w, m, s in zip(weights, means, deviations):
        variance = s * s + sigma**2
        logs.append(torch.log(torch.tensor(w)) - 0.5 * torch.log(variance) - (x - m) ** 2 / (2 * variance))
        guesses.append((s * s * x + sigma**2 * m) / variance)
    shares = torch.softmax(torch.stack(logs), dim=0)
    return (shares * torch.stack(guesses)).sum(0)


def cond(x, sigma, **kwargs):
    return denoise(x, sigma, **COND)


def uncond(x, sigma, **kwargs):
    return denoise(x, sigma, **UNCOND)
