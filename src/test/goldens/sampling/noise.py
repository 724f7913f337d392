"""Random numbers: torch's CPU generator, numpy's SeedSequence, torchsde's Brownian trees, slerp."""

import numpy as np
import torch
import torchsde

from common import Writer


def torch_cpu(out):
    for seed, sizes in [
        (0, [1, 2, 3, 15, 16, 17, 31, 32, 33, 100]),
        (1000, [256, 5, 7, 16, 1]),
        (4294967295, [3, 4 * 16 * 16, 9, 40]),
        (4294967301, [20]),
        (123456789, [4 * 9 * 9, 4 * 8 * 8]),
    ]:
        generator = torch.Generator().manual_seed(seed)
        for n in sizes:
            out.line(f"cpu {seed} {n}", torch.randn(n, generator=generator))


def seed_sequences(out):
    for entropy in [0, 1, 7, 1234567, 4294967295, 4294967296, 2**53 - 1]:
        for spawn in [None, (0, 0), (5, 3), (2**24 + 1, 25), (2**33 + 7, 34)]:
            sequence = np.random.SeedSequence(
                entropy=entropy, pool_size=24, **({} if spawn is None else {"spawn_key": spawn}))
            key = "-" if spawn is None else f"{spawn[0]},{spawn[1]}"
            out.integers(f"seeds {entropy} {key}", sequence.generate_state(4))


def brownian(out):
    shape = (4, 3, 5)
    for seed, low, high in [(1, 0.0291675, 14.614641), (4242, 0.1, 10.0), (2**32 + 9, 0.02, 4518.0)]:
        low, high = np.float32(low), np.float32(high)
        tree = torchsde.BrownianTree(float(low), torch.zeros(shape), float(high), entropy=seed)
        levels = np.exp(np.linspace(np.log(high), np.log(low), 8)).astype(np.float32)
        pairs = list(zip(levels[:-1], levels[1:])) + [(levels[0], levels[3]), (levels[2], np.float32(levels[2] - 1e-3)),
                                                     (np.float32(high * 1.5), levels[1]), (levels[4], levels[3])]
        for a, b in pairs:
            ta, tb = torch.tensor(a), torch.tensor(b)
            lo, hi = (ta, tb) if a < b else (tb, ta)
            w = tree(lo, hi)
            out.line(f"brownian {seed} {float(low).hex()} {float(high).hex()} {float(a).hex()} {float(b).hex()}", w)


def slerps(out):
    generator = torch.Generator().manual_seed(3)
    for strength in [0.0, 0.2, 0.5, 1.0]:
        low = torch.randn(4, 5, 6, generator=generator)
        high = torch.randn(4, 5, 6, generator=generator)
        # In double precision, from the definition; norms over dimension 1 as A1111 takes them.
        a, b = low.double(), high.double()
        omega = torch.acos((a / a.norm(dim=1, keepdim=True) * (b / b.norm(dim=1, keepdim=True))).sum(1, keepdim=True))
        mixed = (torch.sin((1 - strength) * omega) * a + torch.sin(strength * omega) * b) / torch.sin(omega)
        out.line(f"slerp {strength} low", low)
        out.line(f"slerp {strength} high", high)
        out.line(f"slerp {strength} out", mixed)


def main():
    with Writer("noise.txt") as out:
        torch_cpu(out)
        seed_sequences(out)
        brownian(out)
        slerps(out)
