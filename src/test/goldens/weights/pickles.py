"""Files of torch.save in both of its forms, with what torch itself reads from them; and files that would run programs."""
import collections
import gzip
import io
import os
import pathlib
import pickle
import zipfile

import numpy
import torch

OUT = pathlib.Path(__file__).resolve().parents[2] / "resources" / "weights"
torch.manual_seed(0)


def views():
    base = torch.randn(6, 5)
    return collections.OrderedDict(
        plain=base,
        transposed=base.t(),
        rows=base[2:4],
        columns=base[:, 1:3],
        every_other=base[::2, ::2],
        one=base[3, 3],
        none=torch.zeros(0, 4),
        parameter=torch.nn.Parameter(torch.randn(3)),
        permuted=torch.randn(2, 3, 4).permute(2, 0, 1),
        unit=torch.randn(4, 1).t(),
        half=torch.randn(7).half(),
        double=torch.randn(3, dtype=torch.float64),
        long=torch.tensor([1, -2, 2**40]),
        int=torch.tensor([5], dtype=torch.int32),
        short=torch.tensor([-5], dtype=torch.int16),
        char=torch.tensor([-5], dtype=torch.int8),
        byte=torch.tensor([250], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
        brain=torch.randn(5).bfloat16(),
    )


def expect(name, tensors):
    lines = []
    for key, t in tensors.items():
        shape = ",".join(map(str, t.shape))
        values = " ".join(v.hex() for v in t.detach().to(torch.float32).reshape(-1).tolist())
        lines.append(f"{key}|{shape}|{values}")
    (OUT / (name + ".txt")).write_text("\n".join(lines) + "\n", encoding="utf-8")


class Callback:
    """Stands for a class that real checkpoints name."""


Callback.__module__, Callback.__qualname__, Callback.__name__ = "pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint", "ModelCheckpoint"


class Renaming(pickle._Pickler):
    """Writes ModelCheckpoint by name without importing it."""

    def save_global(self, obj, name=None):
        if obj is Callback:
            self.write(b"cpytorch_lightning.callbacks.model_checkpoint\nModelCheckpoint\n")
            self.memoize(obj)
        else:
            super().save_global(obj, name)

    dispatch = dict(pickle._Pickler.dispatch)
    dispatch[type] = lambda self, obj: self.save_global(obj)


class pickle_module:
    Pickler = Renaming
    dumps, loads, load, Unpickler = pickle.dumps, pickle.loads, pickle.load, pickle.Unpickler


tensors = views()
newer = dict(tensors, f8=torch.randn(4).to(torch.float8_e4m3fn), f8b=torch.randn(4).to(torch.float8_e5m2),
             u16=torch.tensor([65535], dtype=torch.uint16))
torch.save(newer, OUT / "zip.pt")
expect("zip", newer)
torch.save(tensors, OUT / "legacy.pt", _use_new_zipfile_serialization=False)
expect("legacy", tensors)
torch.save(tensors, OUT / "protocol4.pt", pickle_protocol=4)
expect("protocol4", tensors)
torch.save(tensors, OUT / "protocol5.pt", pickle_protocol=5)

# A checkpoint as pytorch-lightning wrote them: the weights are one of many things.
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
torch.save({"epoch": 3, "global_step": 470000, "pytorch-lightning_version": "1.4.2", "state_dict": model.state_dict(),
            "callbacks": {Callback: {"best_model_score": numpy.float64(0.5), "best": torch.tensor(1.0)}},
            "optimizer_states": [{"state": {0: {"exp_avg": torch.zeros(3)}}, "param_groups": [{"lr": 1e-4}]}],
            "hyper": {1, 2}, "ratio": 0.25, "on": True, "none": None}, OUT / "lightning.ckpt", pickle_module=pickle_module)
expect("lightning", model.state_dict())

# An A1111 embedding, today's and one with torch's ParameterDict; a wrapped upscaler.
vectors = torch.randn(2, 8)
torch.save({"string_to_token": {"*": 265}, "string_to_param": {"*": vectors}, "name": "猫 cat", "step": 500,
            "sd_checkpoint": None, "sd_checkpoint_name": None}, OUT / "embedding.pt")
expect("embedding", {"string_to_param.*": vectors})
torch.save({"string_to_token": {"*": 265}, "string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(vectors)})},
           OUT / "parameterdict.pt")
expect("parameterdict", {"string_to_param.*": vectors})


# ---- what must be refused ------------------------------------------------------------------------------------------

def archive(name, data, extra=()):
    with zipfile.ZipFile(OUT / name, "w") as z:
        z.writestr(zipfile.ZipInfo("m/data.pkl"), data)
        for path, content, how in extra:
            info = zipfile.ZipInfo(path)
            info.compress_type = how
            z.writestr(info, content)


class Run:
    def __init__(self, call, *args):
        self.call, self.args = call, args

    def __reduce__(self):
        return self.call, self.args


archive("evil-system.pt", pickle.dumps({"w": Run(os.system, "touch owned")}, 2))
archive("evil-stack-global.pt", pickle.dumps({"w": Run(eval, "1+1")}, 4))
archive("evil-instance.pt", b"(dS'w'\n(S'touch owned'\nios\nsystem\ns.")
archive("evil-object.pt", b"\x80\x02}X\x01\x00\x00\x00w(cos\nsystem\nX\x05\x00\x00\x00touchos.")
archive("evil-dotted.pt", b"\x80\x04\x8c\x0ctorch._utils\x8c\x22_rebuild_tensor_v2.__globals__.get\x93.")
archive("evil-nested.pt", b"\x80\x02ctorch.storage\n_load_from_bytes\n(B\x01\x00\x00\x00xtR.")
archive("evil-extension.pt", b"\x80\x02\x82\x01.")
(OUT / "evil-legacy.pt").write_bytes(b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02cposix\nsystem\n.")

one = io.BytesIO()
torch.save({"w": torch.ones(4)}, one)
data = zipfile.ZipFile(one).read("archive/data.pkl")
archive("no-values.pt", data)
archive("short-values.pt", data, [("m/data/0", b"\0" * 15, zipfile.ZIP_STORED)])
archive("packed.pt", data, [("m/data/0", b"\0" * 16, zipfile.ZIP_DEFLATED)])
archive("big-endian.pt", data, [("m/data/0", b"\0" * 16, zipfile.ZIP_STORED), ("m/byteorder", b"big", zipfile.ZIP_STORED)])
archive("no-tensors.pt", pickle.dumps({"a": 1}, 2))
archive("list.pt", pickle.dumps([1], 2))
(OUT / "plain.pkl").write_bytes(pickle.dumps({"a": 1}, 2))
# Every level holds the one below eight times: 2^36 values from a few hundred bytes.
bomb = {"w": 1}
for _ in range(12):
    bomb = {str(i): bomb for i in range(8)}
archive("bomb.pt", pickle.dumps(bomb, 2))
loop = []
loop.append(loop)
archive("loop.pt", pickle.dumps({"a": loop}, 2))
