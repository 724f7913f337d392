"""Exports small pipelines as ONNX folders, without their weights: a table says what belongs into each file. See README.md."""
import gzip
import io
import sys
import tempfile
import zipfile
from pathlib import Path

import onnx
import torch
from onnx.external_data_helper import convert_model_to_external_data

import make

HERE = Path(__file__).resolve().parent
TYPES = {1: "F32", 10: "F16"}


class Unet(torch.nn.Module):
    def __init__(self, unet, xl):
        super().__init__()
        self.unet, self.xl = unet, xl

    def forward(self, sample, timestep, encoder_hidden_states, text_embeds=None, time_ids=None):
        added = {"text_embeds": text_embeds, "time_ids": time_ids} if self.xl else None
        return self.unet(sample, timestep, encoder_hidden_states, added_cond_kwargs=added, return_dict=False)[0]


class Decoder(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]


class Encoder(Decoder):
    def forward(self, sample):
        return self.vae.encode(sample).latent_dist.parameters


class Text(torch.nn.Module):
    """`states`: gives the hidden states too, as optimum does for SDXL."""
    def __init__(self, text, states):
        super().__init__()
        self.text, self.states = text, states

    def forward(self, input_ids):
        out = self.text(input_ids, output_hidden_states=True)
        first = out.text_embeds if hasattr(out, "text_embeds") else out.pooler_output
        return (first, out.last_hidden_state, *(out.hidden_states if self.states else ()))


def export(zipped, table, pipeline, network, module, inputs, outputs, dynamic):
    """`inputs`: name -> tensor; `dynamic`: name -> axes that may vary."""
    component = network.replace("vae_decoder", "vae").replace("vae_encoder", "vae")
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/model.onnx"
        torch.onnx.export(module.eval(), tuple(inputs.values()), path, input_names=list(inputs), output_names=outputs,
                          dynamic_axes=dynamic, opset_version=17, do_constant_folding=False, dynamo=False)
        model = onnx.load(path)
        convert_model_to_external_data(model, True, "model.onnx_data", size_threshold=0)
        print(f"weights {network}/model.onnx_data", file=table)
        offset = 0
        kept = {}
        for tensor in model.graph.initializer:
            key = tensor.name.split(".", 1)[1] if tensor.name.split(".")[0] in ("unet", "vae", "text") else None
            if key is None or tensor.data_type not in TYPES:  # a constant of the exporter's
                del tensor.external_data[:]
                tensor.data_location = 0
                continue
            kept[tensor.name] = key
            other, way = make.ldm(component, key, pipeline)
            print(f"{key} {TYPES[tensor.data_type]} {','.join(map(str, tensor.dims))} {other} {way}", file=table)
            size = len(tensor.raw_data)
            del tensor.external_data[:]
            for k, v in (("location", "model.onnx_data"), ("offset", offset), ("length", size)):
                entry = tensor.external_data.add()
                entry.key, entry.value = k, str(v)
            tensor.data_location = 1
            tensor.ClearField("raw_data")
            offset += size
        return model.SerializeToString()


def folder(zipped, table, name, pipeline, type=torch.float32, static=False):
    print(f"@{name}", file=table)
    torch.set_default_dtype(type)
    for part in (pipeline.unet, pipeline.vae, pipeline.text_encoder, getattr(pipeline, "text_encoder_2", None)):
        for parameter in part.parameters() if part else ():
            parameter.data.normal_()  # the exporter makes one of those that are equal
    xl = hasattr(pipeline, "text_encoder_2")
    width = pipeline.unet.config.cross_attention_dim
    unet = dict(sample=torch.zeros(2, 4, 8, 8), timestep=torch.tensor([1], dtype=torch.int64),
                encoder_hidden_states=torch.zeros(2, 77, width))
    if xl:
        unet["text_embeds"], unet["time_ids"] = torch.zeros(2, 128), torch.zeros(2, 6)
    ids = dict(input_ids=torch.zeros(2, 77, dtype=torch.int32 if type == torch.float32 else torch.int64))
    axes = {"sample": {0: "b", 2: "h", 3: "w"}, "timestep": {0: "steps"}, "encoder_hidden_states": {0: "b", 1: "s"},
            "text_embeds": {0: "b"}, "time_ids": {0: "b"}, "input_ids": {0: "b"}, "latent_sample": {0: "b", 2: "h", 3: "w"}}
    if static:
        unet = {k: v if k == "timestep" else v[:1] for k, v in unet.items()}
        ids = {k: v[:1] for k, v in ids.items()}
        axes = {}
    jobs = [("unet", Unet(pipeline.unet, xl), unet, ["out_sample"]),
            ("vae_decoder", Decoder(pipeline.vae), dict(latent_sample=torch.zeros(1, 4, 8, 8)), ["sample"]),
            ("vae_encoder", Encoder(pipeline.vae), dict(sample=torch.zeros(1, 3, 64, 64)), ["latent_parameters"])]
    for part in ("text_encoder", "text_encoder_2")[:1 + xl]:
        text = getattr(pipeline, part)
        states = [f"hidden_states.{i}" for i in range(text.config.num_hidden_layers + 1)] if xl else []
        first = "text_embeds" if part.endswith("2") else "pooler_output"
        jobs.append((part, Text(text, xl), ids, [first, "last_hidden_state", *states]))
    for network, module, inputs, outputs in jobs:
        mine = {k: v for k, v in axes.items() if k in inputs}
        zipped.writestr(f"{name}/{network}/model.onnx",
                        export(zipped, table, pipeline, network, module.to(type), inputs, outputs, mine))
    torch.set_default_dtype(torch.float32)


if __name__ == "__main__":
    torch.set_num_threads(2)
    with gzip.GzipFile(make.OUT / "onnx.gz", "wb", mtime=0) as packed, \
            zipfile.ZipFile(make.OUT / "onnx.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        table = io.TextIOWrapper(packed, encoding="utf-8", newline="\n")
        sd1 = make.plain(make.unet((1, 1, 1, 0), 64), make.text(64, 12))
        folder(zipped, table, "onnx-sd1", sd1)
        folder(zipped, table, "onnx-sd1-fp16", sd1, torch.float16)
        folder(zipped, table, "onnx-sd1-static", sd1.to(torch.float32), static=True)
        folder(zipped, table, "onnx-sdxl", make.xl())
        table.flush()
    print([(make.OUT / n).stat().st_size for n in ("onnx.gz", "onnx.zip")])
