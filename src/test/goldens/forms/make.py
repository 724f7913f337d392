"""Writes the files of small diffusers pipelines as a table of names. See README.md."""
import gzip
import json
import sys
import tempfile
from pathlib import Path

import torch
from diffusers import (AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, StableDiffusionXLPipeline,
                       UNet2DConditionModel)
from safetensors import safe_open
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "networks"))
import names  # noqa: E402

OUT = HERE.parents[1] / "resources" / "forms"


def unet(depth, context, linear=False, label=0, channels=(32, 32, 64, 64)):
    kinds = ["CrossAttnDownBlock2D" if d else "DownBlock2D" for d in depth]
    extra = dict(addition_embed_type="text_time", addition_time_embed_dim=256,
                 projection_class_embeddings_input_dim=label) if label else {}
    return UNet2DConditionModel(
        in_channels=4, out_channels=4, block_out_channels=channels, layers_per_block=2, down_block_types=kinds,
        up_block_types=[k.replace("Down", "Up") for k in reversed(kinds)],
        transformer_layers_per_block=[d or 1 for d in depth],
        attention_head_dim=[c // 64 or 1 for c in channels] if label else 8, cross_attention_dim=context,
        use_linear_projection=linear, **extra)


def vae():
    return AutoencoderKL(3, 3, ("DownEncoderBlock2D",) * 4, ("UpDecoderBlock2D",) * 4, (32, 32, 64, 64), 1, latent_channels=4)


def text(width, layers, kind=CLIPTextModel, **more):
    return kind(CLIPTextConfig(vocab_size=49408, hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
                               num_attention_heads=width // 64, projection_dim=width, **more))


def plain(unet, text_encoder, **scheduler):
    return StableDiffusionPipeline(
        vae=vae(), text_encoder=text_encoder, tokenizer=None, unet=unet, safety_checker=None, feature_extractor=None,
        scheduler=DDIMScheduler(beta_schedule="scaled_linear", beta_start=.00085, beta_end=.012, **scheduler),
        requires_safety_checker=False)


def xl():
    return StableDiffusionXLPipeline(
        vae=vae(), text_encoder=text(64, 2), tokenizer=None, tokenizer_2=None,
        text_encoder_2=text(128, 3, CLIPTextModelWithProjection, hidden_act="gelu"),
        unet=unet((0, 1, 2), 192, True, 128 + 6 * 256, (32, 64, 128)), scheduler=DDIMScheduler(beta_schedule="scaled_linear"))


def openclip(key, prefix):
    """The LDM name and how the tensor lies in it."""
    if key == "text_projection.weight":
        return prefix + "text_projection", "T"
    name, part = names.openclip(key)
    kind = key.rsplit(".", 1)[1]
    return (prefix + name, "=") if part is None else (f"{prefix}{name}_{kind}", str(part))


def ldm(component, key, pipeline):
    if component == "unet":
        depth = [k.startswith("Cross") for k in pipeline.unet.config.down_block_types]
        return names.unet(key, 2, depth), "="
    if component == "vae":
        return names.vae(key, 4), "="
    if component == "text_encoder_2":
        return openclip(key, "conditioner.embedders.1.model.")
    if pipeline.text_encoder.config.hidden_act == "gelu":
        return openclip(key, "cond_stage_model.model.")
    two = "text_encoder_2" in pipeline.config
    return names.text(key, f"{'conditioner.embedders.0' if two else 'cond_stage_model'}.transformer.text_model."), "="


def write(out, name, pipeline, **how):
    with tempfile.TemporaryDirectory() as folder:
        pipeline.save_pretrained(folder, **how)
        print(f"@{name}", file=out)
        for file in sorted(Path(folder).rglob("*")):
            path = file.relative_to(folder).as_posix()
            if file.suffix == ".json":
                print(f"json {path} {json.dumps(json.loads(file.read_text()))}", file=out)
            elif file.suffix == ".safetensors":
                print(f"weights {path}", file=out)
                with safe_open(file, "pt") as weights:
                    for key in weights.keys():
                        shape = weights.get_slice(key).get_shape()
                        type = str(weights.get_slice(key).get_dtype())
                        other, way = ldm(path.split("/")[0], key, pipeline)
                        print(f"{key} {type} {','.join(map(str, shape))} {other} {way}", file=out)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(OUT / "pipelines.gz", "wb", mtime=0) as zipped:
        import io
        out = io.TextIOWrapper(zipped, encoding="utf-8", newline="\n")
        sd1 = plain(unet((1, 1, 1, 0), 64), text(64, 12))
        write(out, "sd1", sd1)
        write(out, "sd1-sharded-fp16", sd1.to(torch.float16), variant="fp16", max_shard_size="500KB")
        write(out, "sd2", plain(unet((1, 1, 1, 0), 64, linear=True), text(64, 5, hidden_act="gelu"),
                                prediction_type="v_prediction", rescale_betas_zero_snr=True))
        write(out, "sdxl", xl())
        out.flush()
    print((OUT / "pipelines.gz").stat().st_size, "bytes")
