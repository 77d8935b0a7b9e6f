"""The sample's reference GAN once more, in PyTorch and by nothing of the library, to hold its quality against.

`pytorch_mnist.py DATA ITERATIONS SEED FILE` trains on the MNIST files in DATA and writes 10,000 digits in MNIST's format,
for `MnistGan evaluate FILE`. One thread.
"""
import gzip
import math
import struct
import sys

import torch
from torch import nn
from torch.nn import functional as F

from pytorch_reference import LATENT, reference_discriminator, reference_generator

BATCH = 32


def images(path):
    with gzip.open(path) as file:
        content = file.read()
    count, = struct.unpack(">I", content[4:8])
    return torch.frombuffer(bytearray(content[16:]), dtype=torch.uint8).reshape(count, 1, 28, 28)


class KerasAdam:
    """Keras's Adam: epsilon outside of the bias correction, and one counter for all that share it."""
    counter = 0

    def __init__(self, parameters):
        self.parameters = list(parameters)
        self.moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in self.parameters]

    def step(self, loss):
        KerasAdam.counter += 1
        rate = 2e-4 * math.sqrt(1 - 0.999 ** KerasAdam.counter) / (1 - 0.5 ** KerasAdam.counter)
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            for p, g, (m, v) in zip(self.parameters, gradients, self.moments):
                m.mul_(0.5).add_(g, alpha=0.5)
                v.mul_(0.999).addcmul_(g, g, value=0.001)
                p.addcdiv_(m, v.sqrt().add_(1e-7), value=-rate)


def cross_entropy(probabilities, target):
    clipped = probabilities.clamp(1e-7, 1 - 1e-7)
    return F.binary_cross_entropy(clipped, torch.full_like(clipped, target))


def train(real, iterations):
    g, d = reference_generator(), reference_discriminator(probability=True)
    for layer in [*g, *d]:
        if isinstance(layer, nn.Linear):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    for_generator, for_discriminator = KerasAdam(g.parameters()), KerasAdam(d.parameters())
    for _ in range(iterations):
        batch = real[torch.randint(0, len(real), (BATCH,))].float() / 127.5 - 1
        g.eval()
        with torch.no_grad():
            fakes = g(torch.randn(BATCH, LATENT))
        g.train()
        for_discriminator.step(cross_entropy(d(batch), 1.0))
        for_discriminator.step(cross_entropy(d(fakes), 0.0))
        for_generator.step(cross_entropy(d(g(torch.randn(BATCH, LATENT))), 1.0))
    return g.eval()


def main(data, iterations, seed, path):
    torch.set_num_threads(1)
    torch.manual_seed(int(seed))
    g = train(images(f"{data}/train-images-idx3-ubyte.gz"), int(iterations))
    with torch.no_grad():
        digits = ((g(torch.randn(10_000, LATENT)) + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
    with gzip.open(path, "wb") as file:
        file.write(struct.pack(">IIII", 2051, 10_000, 28, 28) + bytes(digits.flatten().tolist()))


main(*sys.argv[1:])
