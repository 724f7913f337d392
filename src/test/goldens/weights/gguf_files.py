"""A GGUF file with blocks of every kind, and what ggml's own Python package (gguf) reads from it.

Blocks are random bytes with sane scales, so that every bit of them matters; the package has no K-quantizer anyway.
"""
import gzip
import pathlib

import gguf
import numpy as np
from gguf import GGMLQuantizationType as T, quants

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "weights"
random = np.random.default_rng(0)

# Where the binary16 scales stand in each kind of block.
SCALES = {T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0], T.Q2_K: [80, 82], T.Q3_K: [108],
          T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208]}


def blocks(kind, count):
    size = gguf.GGML_QUANT_SIZES[kind][1]
    data = random.integers(0, 256, (count, size), dtype=np.uint8)
    for at in SCALES[kind]:
        data[:, at:at + 2] = random.normal(0, 0.02, (count, 1)).astype("<f2").view(np.uint8)
    return data


writer = gguf.GGUFWriter(OUT / "all.gguf", "sd1")
writer.add_name("Quantized 帆布")
writer.add_uint8("a.u8", 200)
writer.add_int8("a.i8", -5)
writer.add_int64("a.i64", -(2**40))
writer.add_uint64("a.u64", 2**64 - 1)
writer.add_float32("a.f32", 0.5)
writer.add_float64("a.f64", -0.25)
writer.add_bool("a.bool", True)
writer.add_array("a.words", ["x", "yy"])
writer.add_array("comfy.gguf.orig_shape.conv", [2, 4, 4, 8])
expected = []
for kind in SCALES:
    rows = 2 if kind.name.endswith("K") else 3
    data = blocks(kind, 2 * rows).reshape(rows, -1)
    writer.add_tensor(kind.name, data, raw_dtype=kind)
    expected.append(quants.dequantize(data, kind).reshape(-1))
conv = blocks(T.Q4_K, 1)
writer.add_tensor("conv", conv, raw_dtype=T.Q4_K)
expected.append(quants.dequantize(conv, T.Q4_K).reshape(-1))
for dtype in (np.float32, np.float16, np.float64, np.int8, np.int16, np.int32, np.int64):
    data = random.normal(0, 50, (3, 5)).astype(dtype)
    writer.add_tensor(np.dtype(dtype).name, data)
    expected.append(data.astype(np.float32).reshape(-1))
brain = random.normal(0, 1, (2, 8)).astype(np.float32)
raw = quants.quantize(brain, T.BF16)
writer.add_tensor("bf16", raw, raw_dtype=T.BF16)
expected.append(quants.dequantize(raw, T.BF16).reshape(-1))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
(OUT / "gguf.gz").write_bytes(gzip.compress(np.concatenate(expected).astype("<f4").tobytes(), 9, mtime=0))
