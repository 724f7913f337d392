"""Tiny pictures with the settings of other programs, each written as that program's own writer does.

Forge       modules/processing.py create_infotext, modules/images.py save_image_with_geninfo
SD.Next     modules/processing_info.py create_infotext; JPEG: EXIF UserComment by piexif
ComfyUI     nodes.py SaveImage (PNG texts "prompt", "workflow"); SaveAnimatedWEBP (EXIF tags from 0x0110 down)
InvokeAI    invokeai_metadata (CoreMetadataInvocation); backend/image_util/pngwriter.py ("Dream", "sd-metadata"); ldm/dream/pngwriter.py
Fooocus     modules/meta_parser.py, modules/private_logger.py (PNG texts, EXIF by Pillow's own Exif)
NovelAI     NovelAI/novelai-image-metadata: tEXt chunks, and the alpha channel's lowest bits
SwarmUI     T2IParamInput.GenFullMetadataObject, ImageFile.ConvertTo (PNG text, EXIF UserComment in Intel order)
"""
import gzip
import json
import struct
from pathlib import Path

import numpy as np
import piexif
import piexif.helper
from PIL import Image, PngImagePlugin

out = Path(__file__).parents[2] / "resources" / "metadata" / "programs"
out.mkdir(parents=True, exist_ok=True)
picture = Image.new("RGB", (8, 6), (20, 120, 200))
expected = {}
PROMPT = "a red fox, (snow:1.2), 狐狸 🦊"
NEGATIVE = 'blurry, "text"'


def png(name, texts, image=picture):
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_text(key, value if isinstance(value, str) else json.dumps(value))
    image.save(out / name, pnginfo=info)


def expect(name, program, prompt, negative, settings, notes=0):
    expected[name] = {"program": program, "prompt": prompt, "negative": negative, "settings": settings, "notes": notes}


# ---- A1111's relatives
png("forge.png", {"parameters": f"{PROMPT}\nNegative prompt: {NEGATIVE}\nSteps: 24, Sampler: DPM++ 2M SDE Heun, Schedule type: Karras, CFG scale: 6.5, "
    "Seed: 99, Size: 896x1152, Model hash: 0123456789, Model: modelXL, Denoising strength: 0.4, Hires CFG Scale: 6.5, Hires upscale: 1.5, "
    "Hires steps: 10, Hires upscaler: Latent, Version: f2.0.1v1.10.1-previous-665-gae278f79, Module 1: sdxl_vae"})
expect("forge.png", "Forge", PROMPT, NEGATIVE, {"Steps": "24", "Sampler": "DPM++ 2M SDE Heun", "CFG scale": "6.5", "Size": "896x1152",
    "Hires upscale": "1.5", "Module 1": "sdxl_vae"}, notes=1)  # the model

sdnext = (f"{PROMPT}\nNegative prompt: {NEGATIVE}\nSteps: 20, Size: 512x768, Sampler: LMSD, Seed: 7, CFG scale: 6.0, CFG rescale: 0.7, Clip skip: 2, "
    "Batch: 1x2, Model: dreamshaper, Model hash: abcdef0123, App: SD.Next, Version: 1a2b3c4, Pipeline: StableDiffusionPipeline, Operations: txt2img; hires, "
    "Index: 1x1, Variation seed: 5, Variation strength: 0.25, Refine: True, Hires force: False, Hires steps: 8, Hires upscaler: Latent, Hires scale: 2.0, "
    "Hires size: 1024x1536, Hires strength: 0.3, Sampler eta delta: 31337, Sampler sigma: karras")
picture.save(out / "sdnext.jpg")
piexif.insert(piexif.dump({"Exif": {piexif.ExifIFD.UserComment: piexif.helper.UserComment.dump(sdnext, encoding="unicode")}}), str(out / "sdnext.jpg"))
expect("sdnext.jpg", "SD.Next", PROMPT, NEGATIVE, {"Sampler": "LMS", "Schedule type": "Karras", "Variation seed strength": "0.25", "ENSD": "31337",
    "Hires upscale": "2.0", "Denoising strength": "0.3", "Profile": "diffusers", "CFG rescale": "0.7", "Pipeline": "StableDiffusionPipeline"}, notes=1)

# ---- ComfyUI
def node(kind, **inputs):
    return {"class_type": kind, "inputs": inputs, "_meta": {"title": kind}}


graph = {
    "3": node("KSampler", seed=156680208700286, steps=20, cfg=8.0, sampler_name="dpmpp_2m_sde_gpu", scheduler="karras", denoise=1.0,
              model=["10", 0], positive=["6", 0], negative=["7", 0], latent_image=["5", 0]),
    "4": node("CheckpointLoaderSimple", ckpt_name="SD1.5/v1-5-pruned-emaonly.safetensors"),
    "5": node("EmptyLatentImage", width=512, height=768, batch_size=1),
    "6": node("CLIPTextEncode", text=["20", 0], clip=["11", 0]),
    "7": node("CLIPTextEncode", text=NEGATIVE, clip=["11", 0]),
    "8": node("VAEDecode", samples=["3", 0], vae=["12", 0]),
    "9": node("SaveImage", filename_prefix="ComfyUI", images=["8", 0]),
    "10": node("LoraLoader", lora_name="style/ink.safetensors", strength_model=0.8, strength_clip=0.5, model=["4", 0], clip=["4", 1]),
    "11": node("CLIPSetLastLayer", stop_at_clip_layer=-2, clip=["10", 1]),
    "12": node("VAELoader", vae_name="vae-ft-mse-840000-ema-pruned.safetensors"),
    "20": node("PrimitiveString", value=PROMPT),
}
png("comfy.png", {"prompt": graph, "workflow": {"nodes": [], "links": [], "version": 0.4}})
plain = {"Steps": "20", "Sampler": "DPM++ 2M SDE", "Schedule type": "Karras", "CFG scale": "8", "Seed": "156680208700286", "Size": "512x768",
         "Model": "v1-5-pruned-emaonly", "VAE": "vae-ft-mse-840000-ema-pruned", "Clip skip": "2", "RNG": "ComfyUI", "Emphasis": "ComfyUI", "Profile": "ComfyUI"}
expect("comfy.png", "ComfyUI", PROMPT + " <lora:ink:0.5:0.8>", NEGATIVE, plain, notes=2)  # checkpoint and VAE

advanced = {
    "1": node("SamplerCustomAdvanced", noise=["2", 0], guider=["3", 0], sampler=["4", 0], sigmas=["5", 0], latent_image=["6", 0]),
    "2": node("RandomNoise", noise_seed=["30", 0]),
    "3": node("CFGGuider", cfg=5.5, model=["7", 0], positive=["8", 0], negative=["9", 1]),
    "4": node("SamplerEulerAncestral", eta=0.5, s_noise=1.0),
    "5": node("SplitSigmas", step=30, sigmas=["10", 0]),
    "6": node("EmptyLatentImage", width=640, height=512, batch_size=2),
    "7": node("ModelSamplingDiscrete", sampling="eps", zsnr=False, model=["11", 0]),
    "8": node("ConditioningCombine", conditioning_1=["12", 0], conditioning_2=["13", 0]),
    "9": node("ControlNetApplyAdvanced", strength=1.0, start_percent=0.0, end_percent=1.0, positive=["12", 0], negative=["14", 0], control_net=["15", 0]),
    "10": node("KarrasScheduler", steps=25, sigma_max=12.5, sigma_min=0.0291675, rho=7.0),
    "11": node("UNETLoader", unet_name="sd15.safetensors", weight_dtype="default"),
    "12": node("CLIPTextEncode", text="a castle", clip=["16", 0]),
    "13": node("ConditioningConcat", conditioning_to=["17", 0], conditioning_from=["18", 0]),
    "14": node("CLIPTextEncode", text="dark", clip=["16", 0]),
    "15": node("ControlNetLoader", control_net_name="canny.pth"),
    "16": node("CLIPLoader", clip_name="clip_l.safetensors", type="stable_diffusion"),
    "17": node("CLIPTextEncode", text="fog", clip=["16", 0]),
    "18": node("CLIPTextEncode", text="at dawn", clip=["16", 0]),
    "30": node("INTConstant", value=42),
}
png("comfy-advanced.png", {"prompt": advanced})
expect("comfy-advanced.png", "ComfyUI", "a castle AND fog BREAK at dawn", "dark", {"Steps": "25", "Sampler": "Euler a", "Schedule type": "Karras",
    "CFG scale": "5.5", "Seed": "42", "Size": "640x512", "Model": "sd15", "Eta": "0.5", "Schedule max sigma": "12.5"}, notes=1)

hires = dict(graph)
hires["21"] = node("LatentUpscaleBy", upscale_method="nearest-exact", scale_by=1.5, samples=["3", 0])
hires["22"] = node("KSampler", seed=4, steps=12, cfg=8.0, sampler_name="euler", scheduler="normal", denoise=0.55,
                   model=["10", 0], positive=["6", 0], negative=["7", 0], latent_image=["21", 0])
hires["8"] = node("VAEDecode", samples=["22", 0], vae=["4", 2])
exif = Image.Exif()
exif[0x0110] = "prompt:" + json.dumps(hires)
exif[0x010F] = "workflow:" + json.dumps({"nodes": []})
picture.save(out / "comfy-hires.webp", exif=exif, quality=80)
expect("comfy-hires.webp", "ComfyUI", PROMPT + " <lora:ink:0.5:0.8>", NEGATIVE, {"Sampler": "DPM++ 2M SDE", "Size": "512x768", "Hires upscale": "1.5",
    "Hires upscaler": "Latent (nearest-exact)", "Hires steps": "12", "Denoising strength": "0.55", "Hires sampler": "Euler", "Hires schedule type": "Normal"}, notes=1)

workflow = {"last_node_id": 9, "version": 0.4, "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 5, 0, 3, 3, "LATENT"], [3, 4, 1, 6, 0, "CLIP"],
        [4, 6, 0, 3, 1, "CONDITIONING"], [5, 4, 1, 7, 0, "CLIP"], [6, 7, 0, 3, 2, "CONDITIONING"]],
    "nodes": [
        {"id": 3, "type": "KSampler", "widgets_values": [77, "randomize", 15, 4.5, "euler_ancestral", "sgm_uniform", 0.6],
         "inputs": [{"name": "model", "link": 1}, {"name": "positive", "link": 4}, {"name": "negative", "link": 6}, {"name": "latent_image", "link": 2}]},
        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["a b.ckpt"]},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [256, 320, 1]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": [PROMPT], "inputs": [{"name": "clip", "link": 3}]},
        {"id": 7, "type": "CLIPTextEncode", "widgets_values": [NEGATIVE], "inputs": [{"name": "clip", "link": 5}]}]}
png("comfy-workflow.png", {"workflow": workflow})
expect("comfy-workflow.png", "ComfyUI", PROMPT, NEGATIVE, {"Steps": "15", "Sampler": "Euler a", "Schedule type": "SGM Uniform", "CFG scale": "4.5", "Seed": "77",
    "Size": "256x320", "Model": "a b", "Denoising strength": "0.6"}, notes=2)  # the model, and that it was made from another picture

# ---- InvokeAI
png("invoke.png", {"invokeai_metadata": {"generation_mode": "txt2img", "positive_prompt": PROMPT, "negative_prompt": NEGATIVE, "width": 512, "height": 640,
    "seed": 3061290412, "rand_device": "cpu", "cfg_scale": 7.5, "cfg_rescale_multiplier": 0.0, "steps": 30, "scheduler": "dpmpp_2m_sde_k", "seamless_x": True,
    "seamless_y": True, "clip_skip": 1, "model": {"key": "k", "hash": "blake3:00", "name": "dreamshaper-8", "base": "sd-1", "type": "main"},
    "loras": [{"model": {"name": "ink", "base": "sd-1", "type": "lora"}, "weight": 0.75}], "app_version": "5.6.0", "invented": {"a": [1]}},
    "invokeai_graph": {"nodes": {}}})
expect("invoke.png", "InvokeAI", PROMPT + " <lora:ink:0.75>", NEGATIVE, {"Steps": "30", "Sampler": "DPM++ 2M SDE", "Schedule type": "Karras", "CFG scale": "7.5",
    "Seed": "3061290412", "Size": "512x640", "Model": "dreamshaper-8", "Clip skip": "2", "RNG": "CPU", "Tiling": "True", "Profile": "diffusers",
    "generation_mode": "txt2img", "invented": '{"a":[1]}'}, notes=1)
png("invoke-2.png", {"Dream": '"a barn [fog, (rain)]" -s 50 -S 1', "sd-metadata": {"model": "stable diffusion", "model_weights": "stable-diffusion-1.5",
    "model_hash": "cc6cb27103417325ff94f52b7a5d2dde45a7515b25c255d8e396c90014281516", "app_id": "invoke-ai/InvokeAI", "app_version": "v2.3.0",
    "image": {"prompt": [{"prompt": "a barn [fog, (rain)]", "weight": 1}], "steps": 50, "cfg_scale": 7.5, "threshold": 0, "perlin": 0, "height": 512, "width": 768,
    "seed": 1951059312, "seamless": False, "hires_fix": False, "type": "txt2img", "sampler": "k_euler_a", "variations": []}}})
expect("invoke-2.png", "InvokeAI", "a barn", "fog, (rain)", {"Steps": "50", "Sampler": "Euler a", "Schedule type": "Uniform", "CFG scale": "7.5", "Seed": "1951059312",
    "Size": "768x512", "Model": "stable-diffusion-1.5", "Model hash": "cc6cb27103", "Profile": "diffusers", "hires_fix": "False"}, notes=1)
png("invoke-dream.png", {"Dream": '"a barn, at night" -s50 -W512 -H384 -C7.5 -Ak_lms -S1234567'})
expect("invoke-dream.png", "InvokeAI", "a barn, at night", "", {"Steps": "50", "Sampler": "LMS", "CFG scale": "7.5", "Seed": "1234567", "Size": "512x384"})

# ---- Fooocus
fooocus = {"adm_guidance": "(1.5, 0.8, 0.3)", "base_model": "juggernautXL_v8Rundiffusion", "base_model_hash": "aeb7e9e689", "clip_skip": 2,
    "full_negative_prompt": [NEGATIVE, "worst quality"], "full_prompt": ["cinematic still " + PROMPT, "sharp, dreamy"], "guidance_scale": 4,
    "loras": [["sd_xl_offset", 0.1, "4852686128"]], "metadata_scheme": True, "negative_prompt": NEGATIVE, "performance": "Speed", "prompt": PROMPT,
    "refiner_model": "None", "refiner_switch": 0.5, "resolution": "(1152, 896)", "sampler": "dpmpp_2m_sde_gpu", "scheduler": "karras", "seed": "3366518391",
    "sharpness": 2, "steps": 30, "styles": "['Fooocus V2']", "vae": "Default (model)", "version": "Fooocus v2.5.5"}
full = "cinematic still " + PROMPT + ", sharp, dreamy <lora:sd_xl_offset:0.1>"
wanted = {"Steps": "30", "Sampler": "DPM++ 2M SDE", "Schedule type": "Karras", "CFG scale": "4", "Seed": "3366518391", "Size": "1152x896", "RNG": "CPU",
    "Model": "juggernautXL_v8Rundiffusion", "Model hash": "aeb7e9e689", "Clip skip": "2", "Raw prompt": PROMPT, "styles": "['Fooocus V2']"}
png("fooocus.png", {"parameters": fooocus, "fooocus_scheme": "fooocus"})
expect("fooocus.png", "Fooocus", full, NEGATIVE + ", worst quality", wanted, notes=1)
exif = Image.Exif()
exif[0x9286] = json.dumps(fooocus)
exif[0x0131] = "Fooocus v2.5.5"
exif[0x927C] = "fooocus"
picture.save(out / "fooocus.jpg", exif=exif, quality=80)
expect("fooocus.jpg", "Fooocus", full, NEGATIVE + ", worst quality", wanted, notes=1)
png("fooocus-a1111.png", {"fooocus_scheme": "a1111", "parameters": f"{PROMPT}\nNegative prompt: {NEGATIVE}\nSteps: 30, Sampler: DPM++ 2M SDE Karras, Seed: 33, "
    "Size: 1152x896, CFG scale: 4, Sharpness: 2, ADM Guidance: \"(1.5, 0.8, 0.3)\", Model: jugg, Model hash: aeb7e9e689, Performance: Speed, Scheduler: karras, "
    "Version: Fooocus v2.5.5"})
expect("fooocus-a1111.png", "Fooocus", PROMPT, NEGATIVE, {"Sampler": "DPM++ 2M SDE Karras", "Schedule type": "Karras", "RNG": "CPU", "ADM Guidance": "(1.5, 0.8, 0.3)"}, notes=1)

# ---- NovelAI
comment = {"prompt": "1girl, {{red}} hair, [blue] (eyes), 1.5::sky::", "steps": 28, "height": 1216, "width": 832, "scale": 5.0, "uncond_scale": 0.0, "cfg_rescale": 0.2,
    "seed": 1234567, "n_samples": 1, "noise_schedule": "karras", "sampler": "k_euler_ancestral", "request_type": "PromptGenerateRequest", "uc": "lowres, {bad}",
    "strength": 0.69, "signed_hash": "abc"}
texts = {"Title": "AI generated image", "Description": comment["prompt"], "Software": "NovelAI", "Source": "Stable Diffusion XL 7BCCAA2C", "Generation time": "4.2",
    "Comment": json.dumps(comment)}
positive = "1girl, (red:1.103) hair, (blue:0.9524) \\(eyes\\), (sky:1.5)"
nai = {"Steps": "28", "Sampler": "Euler a", "Schedule type": "Karras", "CFG scale": "5", "Seed": "1234567", "Size": "832x1216", "CFG Rescale": "0.2",
    "Model": "Stable Diffusion XL 7BCCAA2C", "uncond_scale": "0"}
png("novelai.png", texts)
expect("novelai.png", "NovelAI", positive, "lowres, (bad:1.05)", nai, notes=1)


def stealth(image, magic, payload):
    """One bit in each alpha value, 255 or 254, down the columns."""
    bits = np.unpackbits(np.frombuffer(magic + struct.pack(">I", len(payload) * 8) + payload, np.uint8))
    pixels = np.array(image.convert("RGBA"))
    alpha = np.full(pixels.shape[0] * pixels.shape[1], 255, np.uint8)
    alpha[: len(bits)] = 254 | bits
    pixels[..., 3] = alpha.reshape(pixels.shape[1], pixels.shape[0]).T
    return Image.fromarray(pixels)


large = Image.new("RGB", (96, 64), (20, 120, 200))
hidden = {key: value for key, value in texts.items() if key != "Title"}
png("novelai-alpha.png", {}, stealth(large, b"stealth_pngcomp", gzip.compress(json.dumps(hidden).encode(), mtime=0)))
expect("novelai-alpha.png", "NovelAI", positive, "lowres, (bad:1.05)", nai, notes=1)
text = f"{PROMPT}\nNegative prompt: {NEGATIVE}\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512"
png("a1111-alpha.png", {}, stealth(large, b"stealth_pnginfo", text.encode()))
expect("a1111-alpha.png", "A1111", PROMPT, NEGATIVE, {"Steps": "20", "Sampler": "Euler a", "Size": "512x512"})

# ---- SwarmUI
swarm = {"sui_image_params": {"prompt": PROMPT, "negativeprompt": NEGATIVE, "model": "Official/sd_xl_base_1.0.safetensors", "images": 1, "seed": 1553431, "steps": 24, "cfgscale": 6.5,
    "aspectratio": "1:1", "width": 1024, "height": 1024, "sampler": "dpmpp_2m", "scheduler": "karras", "variationseed": 9, "variationseedstrength": 0.2,
    "automaticvae": True, "loras": ["sub/ink"], "loraweights": ["0.6"], "clipstopatlayer": -2, "swarm_version": "0.9.7.0"},
    "sui_extra_data": {"date": "2025-01-01", "generation_time": "0.05 sec"},
    "sui_models": [{"name": "Official/sd_xl_base_1.0.safetensors", "param": "model", "hash": "0x31e35c80fc4829d14f90153f4c74cd59c90b779f6afe05a74cd6120b893f7e5b"}]}
wanted = {"Steps": "24", "Sampler": "DPM++ 2M", "Schedule type": "Karras", "CFG scale": "6.5", "Seed": "1553431", "Size": "1024x1024", "Model": "sd_xl_base_1.0",
    "Model hash": "31e35c80fc", "Variation seed": "9", "Variation seed strength": "0.2", "Clip skip": "2", "RNG": "ComfyUI", "automaticvae": "True"}
png("swarm.png", {"parameters": json.dumps(swarm, indent=2)})
expect("swarm.png", "SwarmUI", PROMPT + " <lora:ink:0.6>", NEGATIVE, wanted, notes=1)
words = b"UNICODE\0" + json.dumps(swarm, ensure_ascii=False).encode("utf-16-le")
block = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 26, 0) + struct.pack("<HHHIII", 1, 0x9286, 7, len(words), 44, 0) + words
picture.save(out / "swarm.jpg", exif=b"Exif\0\0" + block, quality=80)
expect("swarm.jpg", "SwarmUI", PROMPT + " <lora:ink:0.6>", NEGATIVE, wanted, notes=1)

(out / "programs.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
print(len(expected), "files")
