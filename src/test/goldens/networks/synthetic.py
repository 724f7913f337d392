"""Weights computed from a tensor's name: exact in float16 and bfloat16, so that every file type holds the same values.

The bytes of a tensor are those of splitmix64 (Steele et al. 2014) at the states seed + (j + 1) * GAMMA, little endian, with the
64-bit FNV-1a hash of the name as the seed; byte i, taken as signed, is k. A norm's weight is 1 + (k >> 3) / 64, a bias k / 512, and
any other tensor k * 2^e, with 2^e nearest (in the logarithm) to what gives the layer's outputs the variance of its inputs.
"""
import math

import numpy as np
import torch

GAMMA = np.uint64(0x9E3779B97F4A7C15)


def fnv1a(name):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) % 2**64
    return h


def words(seed, count):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * GAMMA
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def tensor(name, shape):
    n = math.prod(shape)
    k = words(fnv1a(name), (n + 7) // 8).astype("<u8").view(np.int8)[:n].astype(np.int32)
    if len(shape) == 1:
        values = 1 + (k >> 3) / 64 if name.endswith(".weight") else k / 512
    else:
        fan_in = math.prod(shape[1:])
        values = k * 2.0 ** round(-0.5 * math.log2(fan_in) - math.log2(74))
    return torch.from_numpy(values.astype(np.float32).reshape(shape))
