"""Writes ../new_losses_golden.json: losses in float64, from the papers' formulas with PyTorch's own functions.

    python3 make_new_losses.py          (made with PyTorch 1.13 of Debian 12, package python3-torch)

Gradients of the discriminator's losses are those of the sum of its two parts.
"""
import json
import os

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(12)
random = torch.Generator().manual_seed(20)


def packed(t):
    return {"shape": list(t.shape), "data": t.detach().flatten().tolist()}


def row(n, scale, shift=0.0):
    return torch.randn(n, 1, generator=random) * scale + shift


def record(real, fake, d, g):
    """d and g: functions of (real, fake) that return a scalar."""
    out = {"real": packed(real), "fake": packed(fake)}
    for name, loss in (("d", d), ("g", g)):
        r, f = real.clone().requires_grad_(), fake.clone().requires_grad_()
        value = loss(r, f)
        value.backward()
        out[name] = value.item()
        out[name + "_real"] = packed(r.grad if r.grad is not None else torch.zeros_like(r))
        out[name + "_fake"] = packed(f.grad if f.grad is not None else torch.zeros_like(f))
    return out


def energy_based(margin):
    # Zhao et al. 2017, equations 1 and 2
    return (lambda r, f: r.mean() + torch.clamp(margin - f, min=0).mean(), lambda r, f: f.mean())


def boundary_seeking():
    # the discriminator of Goodfellow et al. 2014; generator: 1/2 E (log D - log(1 - D))^2, on probabilities
    def d(r, f):
        return -torch.log(torch.sigmoid(r)).mean() - torch.log(1 - torch.sigmoid(f)).mean()

    def g(r, f):
        p = torch.sigmoid(f)
        return 0.5 * ((torch.log(p) - torch.log(1 - p)) ** 2).mean()

    return d, g


def softmax():
    # Lin 2017: P(x) = exp(-mu(x)) / Z over the batch; cross-entropy with 1/|B+| on the real samples (D), 1/|B| on all (G).
    # mu is an energy: the negated logit.
    def probabilities(r, f):
        return torch.log_softmax(torch.cat([r.flatten(), f.flatten()]), 0)

    def d(r, f):
        return -probabilities(r, f)[: r.numel()].mean()

    def g(r, f):
        return -probabilities(r, f).mean()

    return d, g


def crammer_singer(outputs, labels):
    # Crammer and Singer 2001: max(0, 1 + max over the others - own)
    losses = []
    for scores, label in zip(outputs, labels):
        others = torch.cat([scores[:label], scores[label + 1:]])
        losses.append(torch.clamp(1 + others.max() - scores[label], min=0))
    return torch.stack(losses).mean()


def multi_class_hinge():
    # Kavalerov et al. 2021: real samples have their class, fakes the last one; the generator wants its class
    labels = torch.tensor([2, 0, 1, 1, 2])
    real = torch.randn(5, 4, generator=random)
    fake = torch.randn(5, 4, generator=random)
    invented = torch.full((5,), 3)
    out = record(
        real, fake,
        lambda r, f: crammer_singer(r, labels) + crammer_singer(f, invented),
        lambda r, f: crammer_singer(f, labels))
    out["labels"] = labels.tolist()
    return out


def pulling_away():
    # Zhao et al. 2017, section 2.4: mean squared cosine over all pairs of different samples
    codes = torch.randn(5, 3, generator=random).requires_grad_()
    total = 0
    for i in range(5):
        for j in range(5):
            if i != j:
                total = total + torch.nn.functional.cosine_similarity(codes[i], codes[j], dim=0) ** 2
    value = total / (5 * 4)
    value.backward()
    return {"codes": packed(codes), "value": value.item(), "codes_grad": packed(codes.grad)}


def boundary_equilibrium(gamma, rate):
    # Berthelot et al. 2017, section 3.4: the discriminator step, the generator step, then k
    k, steps = 0.0, []
    for scale in (3.0, 0.1, 1.0, 0.1, 2.0, 0.2):  # k meets both of its ends
        real = torch.rand(4, 1, generator=random) * 2
        fake_d = torch.rand(4, 1, generator=random) * scale
        fake_g = torch.rand(4, 1, generator=random) * scale
        r, f = real.clone().requires_grad_(), fake_d.clone().requires_grad_()
        d = r.mean() - k * f.mean()
        d.backward()
        balance = gamma * real.mean().item() - fake_g.mean().item()
        step = {
            "real": packed(real), "fake_d": packed(fake_d), "fake_g": packed(fake_g), "k": k, "d": d.item(),
            "d_real": packed(r.grad), "d_fake": packed(f.grad), "g": fake_g.mean().item(),
            "convergence": real.mean().item() + abs(balance),
        }
        k = min(max(k + rate * balance, 0.0), 1.0)
        step["k_after"] = k
        steps.append(step)
    return {"gamma": gamma, "rate": rate, "steps": steps}


logits = (row(6, 2.0), row(6, 2.0))
energies = (row(6, 1.0).abs(), row(6, 1.5).abs() + 0.3)
content = {
    "generated_by": "make_new_losses.py, PyTorch " + torch.__version__ + ", float64",
    "energy_based": dict(margin=1.25, **record(*energies, *energy_based(1.25))),
    "boundary_seeking": record(*logits, *boundary_seeking()),
    "softmax": record(*logits, *softmax()),
    "multi_class_hinge": multi_class_hinge(),
    "pulling_away": pulling_away(),
    "boundary_equilibrium": boundary_equilibrium(0.6, 1.2),
}
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "new_losses_golden.json")
with open(target, "w") as file:
    file.write("{\n" + ",\n".join(f'"{name}": {json.dumps(case)}' for name, case in content.items()) + "\n}\n")
