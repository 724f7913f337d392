"""Networks in every form, and the weights that LyCORIS, peft and diffusers merge from them. See README.md."""
import importlib.util
import random
import sys
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from lycoris.modules.boft import ButterflyOFTModule
from lycoris.modules.diag_oft import DiagOFTModule
from lycoris.modules.full import FullModule
from lycoris.modules.glora import GLoRAModule
from lycoris.modules.ia3 import IA3Module
from lycoris.modules.locon import LoConModule
from lycoris.modules.loha import LohaModule
from lycoris.modules.lokr import LokrModule
from lycoris.modules.norms import NormModule
from peft import LoraConfig, get_peft_model_state_dict
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("models", HERE.parent / "families" / "models.py")
models = importlib.util.module_from_spec(spec)
spec.loader.exec_module(models)
names = models.names

OUT = HERE.parents[1] / "resources" / "lora"
SAMPLES = 47  # of each merged tensor; a prime, so that no row or column is always or never among them
LINES = []

KEY = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
CONV = "down_blocks.1.resnets.0.conv1"
TEXT = "text_model.encoder.layers.1.self_attn.q_proj"
NORM = "down_blocks.0.attentions.0.norm"


def sampled(tensor):
    flat = tensor.detach().float().flatten()
    return flat[:: max(1, flat.numel() // SAMPLES)].contiguous()


def write(name, model, state, expected, te=1.0, unet=1.0):
    """`expected`: by the checkpoint's names."""
    save_file({k: v.detach().contiguous() for k, v in state.items()}, OUT / f"{name}.safetensors")
    save_file({k: sampled(v) for k, v in expected.items()}, OUT / f"{name}.merged.safetensors")
    LINES.append(f"{name}\t{model}\t{te}\t{unet}")
    print(name, len(state), len(expected))


def ldm(key):
    return names.unet(key, 2, (True, True, True, False))


def randomise(module):
    for p in module.parameters():
        p.data = (torch.randn(p.shape) * 0.2).half().float() if p.dim() else p.data


def merged(module, strength, base):
    if not isinstance(module, (LohaModule, LokrModule)):
        return module.get_merged_weight(strength, base.shape)
    # What these two run; their get_merged_weight of LyCORIS 4.1.3 counts alpha/rank twice.
    weight = base + module.get_weight(base.shape) * strength
    return (module.apply_weight_decompose(weight) if module.wd else weight), None


def lycoris(parts):
    """Each form on a linear layer, a convolution and, where it is one for it, a layer of the text encoder."""
    unet, text = parts["unet"], parts["text_encoder"]
    low = dict(lora_dim=4, alpha=2)
    both = [KEY, CONV]
    forms = [
        ("locon", LoConModule, dict(low), [KEY, CONV, TEXT]),
        ("locon-tucker", LoConModule, dict(low, use_tucker=True), [CONV]),
        ("loha", LohaModule, dict(low), both),
        ("loha-tucker", LohaModule, dict(low, use_tucker=True), [CONV]),
        ("lokr", LokrModule, dict(low, factor=8), [KEY, CONV, TEXT]),
        ("lokr-both", LokrModule, dict(lora_dim=2, alpha=1, factor=8, decompose_both=True), both),
        ("lokr-tucker", LokrModule, dict(low, lora_dim=2, factor=4, use_tucker=True), [CONV]),
        ("lokr-whole", LokrModule, dict(lora_dim=10000, alpha=1, factor=8), both),
        ("full", FullModule, {}, both),
        ("ia3", IA3Module, {}, both),
        ("ia3-input", IA3Module, dict(train_on_input=True), [KEY]),
        ("glora", GLoRAModule, dict(low), both),
        ("oft", DiagOFTModule, dict(lora_dim=8), both),
        ("oft-limited", DiagOFTModule, dict(lora_dim=8, constraint=0.01, rescaled=True), [KEY]),
        ("boft", ButterflyOFTModule, dict(lora_dim=4), [KEY]),
        ("dora", LoConModule, dict(low, weight_decompose=True), both),
        ("dora-input", LoConModule, dict(low, weight_decompose=True, wd_on_out=False), both),
        ("loha-dora", LohaModule, dict(low, weight_decompose=True), [KEY]),
        ("lokr-dora", LokrModule, dict(low, factor=8, weight_decompose=True), [KEY]),
        ("norm", NormModule, {}, [NORM]),
    ]
    for name, form, settings, layers in forms:
        # The programs differ in what DoRA at another strength is.
        strength = 1.0 if "dora" in name or "oft" in name else 0.75
        state, expected = {}, {}
        for layer in layers:
            inside = text if layer == TEXT else unet
            head = "lora_te_" if layer == TEXT else "lora_unet_"
            flat = head + layer.replace(".", "_")
            module = form(flat, inside.get_submodule(layer), 1.0, **settings)
            randomise(module)
            if "dora_scale" in dict(module.named_parameters()):
                module.dora_scale.data = module.dora_scale.data.abs() + 1
            if form is FullModule:
                # As it is before it takes the layer's place: the difference itself.
                saved = {"diff": module.weight, **({} if module.bias is None else {"diff_b": module.bias})}
            else:
                saved = module.custom_state_dict() or {
                    k: v for k, v in module.state_dict().items() if not k.startswith("org_module")}
            for part, value in saved.items():
                state[f"{flat}.{part}"] = value if torch.is_tensor(value) else torch.tensor(float(value))
            weight, bias = merged(module, strength, inside.get_submodule(layer).weight)
            at = (names.text(layer + ".weight", models.CLIP) if layer == TEXT else ldm(layer + ".weight"))
            expected[at] = weight
            if bias is not None:
                expected[at.replace(".weight", ".bias")] = bias
        write(name, "sd1", state, expected, strength, strength)


def factors(layer, rank):
    """Random factors for a layer: down, up."""
    w = layer.weight
    r = lambda *s: (torch.randn(*s) * 0.2).half()  # noqa: E731
    if w.dim() == 4:
        return r(rank, *w.shape[1:]), r(w.shape[0], rank, 1, 1)
    return r(rank, w.shape[1]), r(w.shape[0], rank)


def every(model, wanted):
    return {n: m for n, m in model.named_modules()
            if isinstance(m, (torch.nn.Linear, torch.nn.Conv2d)) and wanted(n)}


def fused(pipe, rename, rename_text, rename_second=None):
    """The weights that peft fused, by the checkpoint's names; thirds of OpenCLIP's fused tensors joined."""
    out = {}
    for model, by in ((pipe.unet, rename), (pipe.text_encoder, rename_text)):
        for name, module in model.named_modules():
            if hasattr(module, "lora_A") and module.lora_A:
                out[by(name + ".weight")] = module.base_layer.weight
    if rename_second:
        thirds = {}
        for name, module in pipe.text_encoder_2.named_modules():
            if not (hasattr(module, "base_layer") and module.lora_A):
                continue
            key, part = names.openclip(name + ".weight")
            if part is None:
                out[rename_second + key] = module.base_layer.weight
            else:
                thirds.setdefault(f"{rename_second}{key}_weight", {})[part] = module.base_layer.weight
        out.update({key: torch.cat([parts[i] for i in range(3)]) for key, parts in thirds.items() if len(parts) == 3})
    return out


def kohya_sd1():
    """kohya's names over the whole UNet and text encoder, alpha in some layers, as diffusers reads them."""
    _, parts = models.sd1()
    pipe = StableDiffusionPipeline(scheduler=None, safety_checker=None, feature_extractor=None,
                                   requires_safety_checker=False, **parts)
    state = {}
    for head, model in (("lora_unet_", pipe.unet), ("lora_te_", pipe.text_encoder)):
        for name, layer in every(model, lambda n: "embed" not in n or "time_emb_proj" in n).items():
            if name in ("conv_in", "conv_out"):
                continue
            down, up = factors(layer, 1)
            flat = head + name.replace(".", "_")
            state[flat + ".lora_down.weight"], state[flat + ".lora_up.weight"] = down, up
            state[flat + ".alpha"] = torch.tensor(0.5)
    pipe.load_lora_weights({k: v.clone() for k, v in state.items()}, adapter_name="a")
    pipe.fuse_lora(lora_scale=0.5)
    expected = fused(pipe, ldm, lambda k: names.text(k, models.CLIP))
    assert len(expected) == len(state) // 3, (len(expected), len(state) // 3)
    write("kohya-sd1", "sd1", state, expected, 0.5, 0.5)


def xl(key):
    return names.unet(key, 2, (False, True, True))


def kohya_sdxl(blocks):
    """SDXL's networks name the UNet's blocks as the LDM program does, or as diffusers does."""
    _, parts = models.sdxl()
    pipe = StableDiffusionXLPipeline(scheduler=None, **parts)
    state = {}
    for name, layer in every(pipe.unet, lambda n: "attn1.to_q" in n or "attn2.to_v" in n or "to_out" in n or "proj_" in n or ".ff." in n).items():
        down, up = factors(layer, 1)
        own = xl(name + ".weight").removeprefix("model.diffusion_model.").removesuffix(".weight")
        flat = "lora_unet_" + (own if blocks == "ldm" else name).replace(".", "_")
        state[flat + ".lora_down.weight"], state[flat + ".lora_up.weight"] = down, up
    for head, model in (("lora_te1_", pipe.text_encoder), ("lora_te2_", pipe.text_encoder_2)):
        for name, layer in every(model, lambda n: "encoder.layers.0" in n).items():
            down, up = factors(layer, 1)
            flat = head + name.replace(".", "_")
            state[flat + ".lora_down.weight"], state[flat + ".lora_up.weight"] = down, up
    alphas = {k.replace(".lora_down.weight", ".alpha"): torch.tensor(0.5) for k in state if "down.weight" in k}
    state.update(alphas)
    pipe.load_lora_weights({k: v.clone() for k, v in state.items()}, adapter_name="a")
    pipe.fuse_lora(lora_scale=1.0)
    first = "conditioner.embedders.0.transformer.text_model."
    expected = fused(pipe, xl, lambda k: names.text(k, first), "conditioner.embedders.1.model.")
    write(f"kohya-sdxl-{blocks}", "sdxl", state, expected)


def peft_sd1(name, dora=False, prefix=True):
    """What diffusers saves of peft's layers."""
    _, parts = models.sd1()
    pipe = StableDiffusionPipeline(scheduler=None, safety_checker=None, feature_extractor=None,
                                   requires_safety_checker=False, **parts)
    config = dict(r=4, lora_alpha=4, init_lora_weights=False, use_dora=dora)
    pipe.unet.add_adapter(LoraConfig(
        target_modules=r"(down_blocks\.1\..*\.1|mid_block)\..*(to_q|to_k|to_v|to_out\.0|proj_in|conv1|ff\.net\.0\.proj)", **config))
    pipe.text_encoder.add_adapter(LoraConfig(target_modules=r".*layers\.1\..*(q_proj|v_proj|out_proj|fc1)", **config))
    for model in (pipe.unet, pipe.text_encoder):
        for key, p in model.named_parameters():
            if "lora_magnitude" in key:
                p.data = p.data * 1.25
            elif "lora_" in key:
                p.data = (torch.randn(p.shape) * 0.1).half().float()
    state = {f"unet.{k}" if prefix else f"base_model.model.{k}": v for k, v in get_peft_model_state_dict(pipe.unet).items()}
    if prefix:
        state.update({f"text_encoder.{k}": v for k, v in get_peft_model_state_dict(pipe.text_encoder).items()})
    pipe.fuse_lora(components=["unet", "text_encoder"])
    expected = fused(pipe, ldm, lambda k: names.text(k, models.CLIP))
    if not prefix:
        expected = {k: v for k, v in expected.items() if k.startswith("model.")}
    write(name, "sd1", state, expected)


def peft_alphas():
    """Alphas that stand in the file's notes alone, as diffusers saves them; a layer has one of its own."""
    _, parts = models.sd1()
    pipe = StableDiffusionPipeline(scheduler=None, safety_checker=None, feature_extractor=None,
                                   requires_safety_checker=False, **parts)
    own = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
    pipe.unet.add_adapter(LoraConfig(r=4, lora_alpha=6, alpha_pattern={own: 1}, init_lora_weights=False,
                                     target_modules=r"mid_block\..*(to_q|to_v)"))
    pipe.text_encoder.add_adapter(LoraConfig(r=4, lora_alpha=2, use_rslora=True, init_lora_weights=False,
                                             target_modules=r".*layers\.1\..*(q_proj|fc1)"))
    for model in (pipe.unet, pipe.text_encoder):
        for key, p in model.named_parameters():
            if "lora_" in key:
                p.data = (torch.randn(p.shape) * 0.1).half().float()
    noted = {name: model.peft_config["default"].to_dict()
             for name, model in (("unet", pipe.unet), ("text_encoder", pipe.text_encoder))}
    StableDiffusionPipeline.save_lora_weights(
        OUT, unet_lora_layers=get_peft_model_state_dict(pipe.unet),
        text_encoder_lora_layers=get_peft_model_state_dict(pipe.text_encoder), weight_name="peft-alphas.safetensors",
        unet_lora_adapter_metadata=noted["unet"], text_encoder_lora_adapter_metadata=noted["text_encoder"])
    pipe.fuse_lora(components=["unet", "text_encoder"], lora_scale=0.75)
    expected = fused(pipe, ldm, lambda k: names.text(k, models.CLIP))
    save_file({k: sampled(v) for k, v in expected.items()}, OUT / "peft-alphas.merged.safetensors")
    LINES.append("peft-alphas\tsd1\t0.75\t0.75")


def older_diffusers():
    """The names of diffusers before peft: attention processors, and linear layers of the text encoder."""
    _, parts = models.sd1()
    unet, text = parts["unet"], parts["text_encoder"]
    at = "up_blocks.1.attentions.2.transformer_blocks.0.attn1"
    state, expected = {}, {}
    for of in ("to_q", "to_out"):
        layer = unet.get_submodule(f"{at}.{of}" + (".0" if of == "to_out" else ""))
        down, up = factors(layer, 4)
        state[f"unet.{at}.processor.{of}_lora.down.weight"], state[f"unet.{at}.processor.{of}_lora.up.weight"] = down, up
        key = ldm(f"{at}.{of}" + (".0" if of == "to_out" else "") + ".weight")
        expected[key] = layer.weight + 0.6 * (up.float() @ down.float())
    layer = text.get_submodule(TEXT)
    down, up = factors(layer, 4)
    state[f"text_encoder.{TEXT}.lora_linear_layer.down.weight"] = down
    state[f"text_encoder.{TEXT}.lora_linear_layer.up.weight"] = up
    expected[names.text(TEXT + ".weight", models.CLIP)] = layer.weight + 0.3 * (up.float() @ down.float())
    write("diffusers-older", "sd1", state, expected, 0.3, 0.6)


def main():
    torch.set_num_threads(2)
    torch.manual_seed(5)
    random.seed(5)
    OUT.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        lycoris(models.sd1()[1])
        kohya_sd1()
        kohya_sdxl("ldm")
        kohya_sdxl("diffusers")
        peft_sd1("peft")
        peft_sd1("peft-dora", dora=True)
        peft_sd1("peft-unet", prefix=False)
        older_diffusers()
        peft_alphas()
    (OUT / "cases.tsv").write_text("\n".join(LINES) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
