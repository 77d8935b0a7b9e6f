"""Writes ../new_layers_golden.json: layers in float64, from the papers' formulas with PyTorch's own functions.

    python3 make_new_layers.py          (made with PyTorch 1.13 of Debian 12, package python3-torch)

y is the output on x with the parameters of "state"; gradients are those of sum(y * cos(arange(numel(y)))). "penalty" is the sum
of squares of that gradient by x, "penalty_x" and "penalty_state" its gradients by x and by the parameters (second order).
"""
import json
import os

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)


def packed(t):
    return {"shape": list(t.shape), "values": t.detach().flatten().tolist()}


def record(forward, state, x, **others):
    """forward(x, **others) with the tensors of state, which are leaves."""
    x = x.clone().requires_grad_()
    others = {name: value.clone().requires_grad_() for name, value in others.items()}
    y = forward(x, **others)
    loss = (y * torch.cos(torch.arange(y.numel(), dtype=y.dtype)).reshape(y.shape)).sum()
    leaves = [x, *others.values(), *state.values()]
    grads = torch.autograd.grad(loss, leaves, create_graph=True, allow_unused=True)
    penalty = grads[0].square().sum()
    inputs = [x, *state.values()]
    second = torch.autograd.grad(penalty, inputs, allow_unused=True) if penalty.requires_grad else [None] * len(inputs)
    zero = lambda t, like: torch.zeros_like(like) if t is None else t
    out = {"x": packed(x), "y": packed(y), "x_grad": packed(grads[0])}
    for (name, value), grad in zip(others.items(), grads[1:]):
        out[name] = packed(value)
        out[name + "_grad"] = packed(zero(grad, value))
    out["state"] = {name: packed(value) for name, value in state.items()}
    out["state_grad"] = {name: packed(zero(grad, value)) for (name, value), grad in zip(state.items(), grads[1 + len(others):])}
    out["penalty"] = penalty.item()
    out["penalty_state"] = {name: packed(zero(grad, value)) for (name, value), grad in zip(state.items(), second[1:])}
    out["penalty_x"] = packed(zero(second[0], x))
    return out


def leaf(*shape):
    return torch.randn(*shape).requires_grad_()


def module(network, x):
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.5)
    return record(network, dict(network.named_parameters()), x)


def equalized_conv():
    s = {"weight": leaf(4, 3, 3, 3), "bias": leaf(4)}
    return record(lambda x: F.conv2d(x, s["weight"] * (2 / 27) ** 0.5, s["bias"], stride=2, padding=1), s, torch.randn(2, 3, 5, 4))


def modulated(demodulate, scale, kernel):
    """Sample by sample, channel by channel of the output: the definition, not the grouped convolution."""
    s = {"weight": leaf(4, 3, kernel, kernel)}

    def forward(x, style):
        samples = []
        for image, scales in zip(x, style):
            maps = []
            for w in s["weight"] * scale:
                w = w * scales[:, None, None]
                if demodulate:
                    w = w / torch.sqrt((w ** 2).sum() + 1e-8)
                maps.append(F.conv2d(image[None], w[None], padding=kernel // 2)[0, 0])
            samples.append(torch.stack(maps))
        return torch.stack(samples)

    return record(forward, s, torch.randn(2, 3, 4, 3), style=torch.randn(2, 3))


def noise():
    s = {"strength": leaf(1)}
    return record(lambda x, noise: x + s["strength"] * noise, s, torch.randn(2, 3, 4, 3), noise=torch.randn(2, 1, 4, 3))


def gumbel(temperature, hard):
    def forward(x, uniform):
        soft = F.softmax((x - torch.log(-torch.log(uniform))) / temperature, dim=-1)
        if not hard:
            return soft
        one_hot = F.one_hot(soft.argmax(-1), soft.shape[-1]).to(soft.dtype)
        return one_hot - soft.detach() + soft

    return record(forward, {}, torch.randn(3, 2, 4), uniform=torch.rand(3, 2, 4) * 0.98 + 0.01)


def mapping():
    s = {"1.weight": leaf(5, 3), "1.bias": leaf(5), "3.weight": leaf(5, 5), "3.bias": leaf(5)}

    def forward(x):
        x = x / torch.sqrt((x ** 2).mean(1, keepdim=True) + 1e-8)
        for layer in ("1", "3"):
            w = s[layer + ".weight"]
            x = F.leaky_relu(F.linear(x, w * (0.1 * (2 / w.shape[1]) ** 0.5), s[layer + ".bias"] * 0.1), 0.2)
        return x

    return record(forward, s, torch.randn(4, 3))


class ReflectionResidual(nn.Module):
    def __init__(self, channels, affine):
        super().__init__()
        half = lambda: [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias=False), nn.InstanceNorm2d(channels, affine=affine)]
        self.branch = nn.Sequential(*half(), nn.ReLU(), *half())

    def forward(self, x):
        return x + self.branch(x)


class Concatenated(nn.Module):
    def __init__(self, branch):
        super().__init__()
        self.branch = branch

    def forward(self, x):
        return torch.cat([self.branch(x), x], 1)


class ReconstructionEnergy(nn.Module):
    def __init__(self, autoencoder, squared):
        super().__init__()
        self.autoencoder, self.squared = autoencoder, squared

    def forward(self, x):
        error = self.autoencoder(x) - x
        return (error ** 2 if self.squared else error.abs()).flatten(1).mean(1, keepdim=True)


def patch_discriminator():
    return nn.Sequential(
        nn.Conv2d(2, 3, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(3, 6, 4, 2, 1, bias=False), nn.InstanceNorm2d(6), nn.LeakyReLU(0.2),
        nn.Conv2d(6, 12, 4, 1, 1, bias=False), nn.InstanceNorm2d(12), nn.LeakyReLU(0.2),
        nn.Conv2d(12, 1, 4, 1, 1))


def unet():
    up = lambda c, d: [nn.ReLU(), nn.ConvTranspose2d(c, d, 4, 2, 1, bias=False), nn.InstanceNorm2d(d)]
    level2 = nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(6, 12, 4, 2, 1), *up(12, 6))
    level1 = nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(3, 6, 4, 2, 1, bias=False), nn.InstanceNorm2d(6), Concatenated(level2), *up(12, 3))
    return nn.Sequential(nn.Conv2d(2, 3, 4, 2, 1), Concatenated(level1), nn.ReLU(), nn.ConvTranspose2d(6, 1, 4, 2, 1), nn.Tanh())


cases = {
    "equalized_conv2d": equalized_conv(),
    "modulated_conv2d": modulated(True, 1 / 27 ** 0.5, 3),
    "modulated_conv2d_plain": modulated(False, 1, 1),
    "noise_injection": noise(),
    "gumbel_softmax": gumbel(0.4, False),
    "gumbel_softmax_hard": gumbel(0.4, True),
    "mapping_network": mapping(),
    "reflection_residual": module(ReflectionResidual(2, False), torch.randn(2, 2, 5, 4)),
    "reflection_residual_affine": module(ReflectionResidual(2, True), torch.randn(2, 2, 5, 4)),
    "instance_norm": module(nn.InstanceNorm2d(3), torch.randn(2, 3, 4, 3)),
    "instance_norm_affine": module(nn.InstanceNorm2d(3, affine=True), torch.randn(2, 3, 4, 3)),
    "concatenated": module(Concatenated(nn.Linear(4, 3)), torch.randn(5, 4)),
    "reconstruction_energy": module(ReconstructionEnergy(nn.Sequential(nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 4)), False), torch.randn(5, 4)),
    "reconstruction_energy_squared": module(ReconstructionEnergy(nn.Conv2d(2, 2, 3, padding=1), True), torch.randn(2, 2, 3, 3)),
    "patch_discriminator": module(patch_discriminator(), torch.randn(2, 2, 16, 16)),
    "unet": module(unet(), torch.randn(2, 2, 8, 8)),
}
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "new_layers_golden.json")
with open(target, "w") as file:
    file.write(f'{{"generated_by": "make_new_layers.py, PyTorch {torch.__version__}, float64", "cases": {{\n')
    file.write(",\n".join(f'"{name}": {json.dumps(case)}' for name, case in cases.items()) + "\n}}\n")
