"""Values of every number type as torch converts them, and safetensors files of every type."""
import gzip
import pathlib

import torch
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "weights"
OUT.mkdir(parents=True, exist_ok=True)


def write(name, floats):
    """Little-endian float32."""
    raw = floats.to(torch.float32).contiguous().numpy().astype("<f4").tobytes()
    (OUT / name).write_bytes(gzip.compress(raw, 9, mtime=0))


def patterns(name, carrier, dtype):
    """What every bit pattern of a type means, in the patterns' own order."""
    bits = torch.arange(2 ** (8 * carrier.itemsize), dtype=torch.int64).to(carrier)
    write(name, bits.view(dtype))


patterns("f16.gz", torch.int16, torch.float16)
patterns("bf16.gz", torch.int16, torch.bfloat16)
patterns("f8_e4m3.gz", torch.uint8, torch.float8_e4m3fn)
patterns("f8_e5m2.gz", torch.uint8, torch.float8_e5m2)

# One tensor of each type; the values that round, overflow or change sign are the ones that matter.
tensors = {
    "F64": torch.tensor([[0.1, -1 / 3, 1e300], [1e-46, 16777217.0, -0.0]], dtype=torch.float64),
    "F32": torch.tensor([[0.1, -1 / 3, 3.4e38], [1e-45, 1.0, -0.0]], dtype=torch.float32),
    "F16": torch.tensor([0.1, -65504, 6e-8], dtype=torch.float16),
    "BF16": torch.tensor([0.1, -3e38, 1e-40], dtype=torch.bfloat16),
    "F8_E4M3": torch.tensor([0.1, -448, 0.002], dtype=torch.float8_e4m3fn),
    "F8_E5M2": torch.tensor([0.1, -57344, 1.6e-5], dtype=torch.float8_e5m2),
    "I64": torch.tensor([2**63 - 1, -(2**63), 2**53 + 1, 16777217, -1], dtype=torch.int64),
    "I32": torch.tensor([2**31 - 1, -(2**31), 16777217, -1], dtype=torch.int32),
    "I16": torch.tensor([32767, -32768], dtype=torch.int16),
    "I8": torch.tensor([127, -128], dtype=torch.int8),
    "U64": torch.tensor([2**64 - 1, 2**63, 2**63 + 2**39, 2**63 + 2**39 + 1, 5], dtype=torch.uint64),
    "U32": torch.tensor([2**32 - 1, 5], dtype=torch.uint32),
    "U16": torch.tensor([65535, 5], dtype=torch.uint16),
    "U8": torch.tensor([255, 5], dtype=torch.uint8),
    "BOOL": torch.tensor([True, False, True]),
    "scalar": torch.tensor(1000, dtype=torch.int64),
    "none": torch.zeros(0, 4),
    "名前 \"é\"\n": torch.tensor([7.0]),
}
save_file(tensors, OUT / "types.safetensors", {"modelspec.title": "Öl “auf” 帆布\n2", "empty": ""})
write("types.gz", torch.cat([t.to(torch.float32).reshape(-1) for t in tensors.values()]))
(OUT / "types.names").write_text("\0".join(tensors), encoding="utf-8")
