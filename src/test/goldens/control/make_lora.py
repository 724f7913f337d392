"""A control-LoRA, whose weights are put to the UNet's by torch, run once. See README.md."""
import torch
from safetensors.torch import save_file

import make
from make import models

RANK = 3
CHANGED = ["input_blocks.1.1.transformer_blocks.0.attn1.to_q", "input_blocks.1.0.in_layers.2", "input_blocks.4.0.in_layers.2",
           "middle_block.0.in_layers.2", "time_embed.0"]
OWN = ("zero_convs.", "input_hint_block.", "middle_block_out.")


def weight(name, base):
    """The UNet's own, and up times down where the control-LoRA has both."""
    stem, _, kind = name.rpartition(".")
    value = models.synthetic.tensor("model.diffusion_model." + name, base)
    if kind != "weight" or stem not in CHANGED:
        return value
    down = models.synthetic.tensor(stem + ".down", (RANK, *base[1:]))
    up = models.synthetic.tensor(stem + ".up", (base[0], RANK, *(1,) * (len(base) - 2)))
    return value + (up.flatten(1) @ down.flatten(1)).reshape(base)


def main():
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    base, parts = models.sd1()
    shapes, net = make.controlnet(parts["unet"], True)
    attention = tuple("CrossAttn" in b for b in parts["unet"].config.down_block_types)
    state = {}
    for key, value in net.state_dict().items():
        name = make.ldm(key, parts["unet"].config.layers_per_block, attention).removeprefix("control_model.")
        own = name.startswith(OWN)
        made = models.synthetic.tensor(name, shapes["control_model." + name]) if own else \
            weight(name, base["model.diffusion_model." + name])
        state[key] = made.reshape(value.shape)
    net.load_state_dict(state)
    hint = torch.rand((1, 3, 48, 80), generator=torch.Generator("cpu").manual_seed(3))
    down, mid = net(make.noise(1, 1, 4, 6, 10), 421.0, make.noise(2, 1, 7, parts["unet"].config.cross_attention_dim), hint,
                    conditioning_scale=0.7, return_dict=False)
    values = {f"lora.{i}": r.contiguous() for i, r in enumerate([*down, mid]) if i in (0, 1, 5, 12)}
    save_file(values, make.OUT / "lora.safetensors")


if __name__ == "__main__":
    main()
