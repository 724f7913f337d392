"""Writes a small random AutoencoderTiny (TAESD's structure) with what it makes of a picture and of a latent. See README.md."""
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file

import make

torch.manual_seed(1)
torch.set_grad_enabled(False)
model = AutoencoderTiny(encoder_block_out_channels=(8,) * 4, decoder_block_out_channels=(8,) * 4).eval()
for parameter in model.parameters():
    parameter.data += torch.randn_like(parameter) * .05
out = {key: value.contiguous() for key, value in model.state_dict().items()}
out["image"] = torch.rand(1, 3, 24, 16) * 2 - 1
out["encoded"] = model.encode(out["image"]).latents
out["latent"] = torch.randn(2, 4, 3, 2) * 2
out["decoded"] = model.decode(out["latent"]).sample
save_file(out, make.OUT / "tiny.safetensors")
