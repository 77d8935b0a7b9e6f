"""The workloads in eager PyTorch, as its users write them: torch.optim.Adam, zero_grad, detach, one item() per number.

Run by the comparison: `pytorch_reference.py RECIPE BATCH THREADS` (0 threads: torch's choice). It writes one line when
ready, then answers each number of iterations read with one line of what an iteration took.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

LATENT, CRITIC_STEPS, IMAGES = 100, 5, 60_000


def reference_generator():
    widths, layers = [LATENT, 256, 512, 1024], []
    for i, o in zip(widths, widths[1:]):
        layers += [nn.Linear(i, o), nn.LeakyReLU(0.2), nn.BatchNorm1d(o, 1e-3, 0.2)]
    return nn.Sequential(*layers, nn.Linear(1024, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))


def reference_discriminator(probability):
    layers = [nn.Flatten(), nn.Linear(784, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1)]
    return nn.Sequential(*layers, *([nn.Sigmoid()] if probability else []))


def convolutional_generator():
    return nn.Sequential(
        nn.Unflatten(1, (LATENT, 1, 1)),
        nn.ConvTranspose2d(LATENT, 128, 4, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
        nn.ConvTranspose2d(32, 3, 4, 2, 1), nn.Tanh())


def convolutional_discriminator():
    return nn.Sequential(
        nn.Conv2d(3, 32, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Conv2d(128, 1, 4), nn.Flatten())


class Loop:
    def __init__(self, recipe, batch):
        self.recipe, self.batch = recipe, batch
        convolutional = recipe == "convolutional"
        self.generator = convolutional_generator() if convolutional else reference_generator()
        self.discriminator = convolutional_discriminator() if convolutional else reference_discriminator(
            recipe in ("reference", "joint"))
        rate, betas = {"wgangp": (1e-4, (0.0, 0.9)), "rpgan": (2e-4, (0.0, 0.99))}.get(recipe, (2e-4, (0.5, 0.999)))
        self.for_generator = torch.optim.Adam(self.generator.parameters(), rate, betas)
        self.for_discriminator = torch.optim.Adam(self.discriminator.parameters(), rate, betas)
        self.images = torch.randint(0, 256, (IMAGES, 3, 32, 32) if convolutional else (IMAGES, 1, 28, 28), dtype=torch.uint8)
        self.ones, self.zeros = torch.ones(batch, 1), torch.zeros(batch, 1)
        self.loss = F.binary_cross_entropy_with_logits if convolutional else F.binary_cross_entropy
        self.threshold = 0.0 if convolutional else 0.5
        self.iterate = {"reference": self.reference, "wgangp": self.wgangp, "rpgan": self.rpgan}.get(recipe, self.joint)

    def real(self):
        indices = torch.randint(0, IMAGES, (self.batch,))
        return self.images[indices].float().div_(127.5).sub_(1)

    def noise(self):
        return torch.randn(self.batch, LATENT)

    def fakes(self):
        with torch.no_grad():
            if self.recipe not in ("reference", "joint"):
                return self.generator(self.noise())
            self.generator.eval()
            fakes = self.generator(self.noise())
            self.generator.train()
            return fakes

    def accuracy(self, on_real, on_fake):
        real = (on_real > self.threshold).float().mean().item()
        return (real + 1 - (on_fake > self.threshold).float().mean().item()) / 2

    def train_generator(self):
        self.for_generator.zero_grad()
        loss = self.loss(self.discriminator(self.generator(self.noise())), self.ones)
        loss.backward()
        self.for_generator.step()
        return loss.item()

    def reference(self):
        real, fakes = self.real(), self.fakes()
        self.for_discriminator.zero_grad()
        on_real = self.discriminator(real)
        real_loss = self.loss(on_real, self.ones)
        real_loss.backward()
        self.for_discriminator.step()
        self.for_discriminator.zero_grad()
        on_fake = self.discriminator(fakes)
        fake_loss = self.loss(on_fake, self.zeros)
        fake_loss.backward()
        self.for_discriminator.step()
        generator_loss = self.train_generator()
        return (real_loss.item() + fake_loss.item()) / 2, self.accuracy(on_real, on_fake), generator_loss

    def joint(self):
        real, fakes = self.real(), self.fakes()
        self.for_discriminator.zero_grad()
        on_real, on_fake = self.discriminator(real), self.discriminator(fakes)
        real_loss, fake_loss = self.loss(on_real, self.ones), self.loss(on_fake, self.zeros)
        (real_loss + fake_loss).backward()
        self.for_discriminator.step()
        generator_loss = self.train_generator()
        return real_loss.item() + fake_loss.item(), self.accuracy(on_real, on_fake), generator_loss

    def wgangp(self):
        measured = [self.train_critic() for _ in range(CRITIC_STEPS)]
        self.for_generator.zero_grad()
        loss = -self.discriminator(self.generator(self.noise())).mean()
        loss.backward()
        self.for_generator.step()
        return measured, loss.item()

    def train_critic(self):
        real, fakes = self.real(), self.fakes()
        self.for_discriminator.zero_grad()
        difference = self.discriminator(fakes).mean() - self.discriminator(real).mean()
        points = torch.lerp(real, fakes, torch.rand(self.batch, 1, 1, 1)).requires_grad_(True)
        gradient = torch.autograd.grad(self.discriminator(points).sum(), points, create_graph=True)[0]
        penalty = (gradient.flatten(1).norm(2, 1) - 1).pow(2).mean()
        loss = difference + 10 * penalty
        loss.backward()
        self.for_discriminator.step()
        return loss.item(), penalty.item()

    def rpgan(self):
        real = self.real()
        leaf, fakes = real.detach().requires_grad_(True), self.fakes().requires_grad_(True)
        self.for_discriminator.zero_grad()
        on_real, on_fake = self.discriminator(leaf), self.discriminator(fakes)
        r1, r2 = self.squared_gradient(on_real, leaf), self.squared_gradient(on_fake, fakes)
        adversarial = F.softplus(on_fake - on_real).mean()
        (adversarial + (r1 + r2) / 2).backward()
        self.for_discriminator.step()
        self.for_generator.zero_grad()
        on_fake = self.discriminator(self.generator(self.noise()))
        loss = F.softplus(self.discriminator(real) - on_fake).mean()
        loss.backward()
        self.for_generator.step()
        return adversarial.item(), r1.item(), r2.item(), loss.item()

    @staticmethod
    def squared_gradient(output, points):
        gradient = torch.autograd.grad(output.sum(), points, create_graph=True)[0]
        return gradient.flatten(1).pow(2).sum(1).mean()


def resident_bytes():
    with open("/proc/self/status") as status:
        return 1024 * next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def answer(**fields):
    print(json.dumps(fields), flush=True)


def main():
    recipe, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(1)
    loop = Loop(recipe, batch)
    answer(description=f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads", floatingPointOperations=0)
    for line in sys.stdin:
        iterations = int(line)
        processor, start = time.process_time(), time.perf_counter()
        for _ in range(iterations):
            loop.iterate()
        answer(seconds=(time.perf_counter() - start) / iterations,
               processorSeconds=(time.process_time() - processor) / iterations,
               allocatedBytes=0, generation2=0, residentBytes=resident_bytes())


if __name__ == "__main__":
    main()
