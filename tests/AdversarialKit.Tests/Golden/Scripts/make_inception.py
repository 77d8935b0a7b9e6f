"""Writes a small network and what the field's own computation makes with it. Needs Debian's python3-torch, -pil and -scipy.

    python3 make_inception.py

writes small_inception.pt, small_inception_check.json and inception_golden.json into the folder above. The references are Pillow for clean-fid's
resizing, TensorFlow 1's documented formula in numpy, torch's own interpolation, and numpy.cov and scipy.linalg.sqrtm for the distance.
"""
import json
import os
import sys
import zipfile

import numpy
import scipy.linalg
import torch
from PIL import Image
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(HERE, "../../../../tools"))
import inception_check  # noqa: E402

SIDE = 299


class Small(nn.Module):
    """Takes bytes and a switch, as the field's file does."""

    def __init__(self):
        super().__init__()
        self.wide = nn.Conv2d(3, 12, 9, stride=8)
        self.norm = nn.BatchNorm2d(12)
        self.deep = nn.Conv2d(12, 10, 3, stride=2)
        self.drop = nn.Dropout(0.3)

    def forward(self, img: torch.Tensor, return_features: bool = False):
        x = torch.relu(self.norm(self.wide((img.to(torch.float32) - 128) / 128)))
        x = self.drop(torch.relu(self.deep(x))).mean([2, 3])
        if return_features:
            return 10 * x
        return torch.softmax(x, 1)


def small():
    torch.manual_seed(11)
    network = Small()
    # In training mode, which whoever loads it has to undo; with running statistics that are not those of any batch.
    with torch.no_grad():
        network.norm.running_mean.uniform_(-0.2, 0.2)
        network.norm.running_var.uniform_(0.2, 0.6)
        network.wide.weight.mul_(2)
        network.deep.weight.mul_(2)
    return torch.jit.script(network.train())


def without_source_places(path):
    """torch writes where each line of Python stood on this machine; nobody else needs that, and the file is the same everywhere without."""
    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist() if not name.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content)


def drawing(height, width):
    """Bytes [H, W, 3]."""
    y, x, c = numpy.ogrid[0:height, 0:width, 0:3]
    return ((x * 6 + y * 11 + c * 70) ^ (x * y >> 3)) % 256


def pictures(generated):
    """A hundred pictures as bytes [100, 40, 48, 3]."""
    i, y, x, c = numpy.ogrid[0:100, 0:40, 0:48, 0:3]
    if generated:
        return ((x * (2 + i % 6) + y * (4 + i % 3) + 55 * c + 23 * i) ^ (x * y >> 2)) % 256
    return ((x * (3 + i % 5) + y * (2 + i % 7) + 40 * c + 17 * i) ^ (x * y * (i + 1) >> 4)) % 256


def clean(image):
    channels = [Image.fromarray(image[:, :, c].astype(numpy.float32), mode="F") for c in range(3)]
    return numpy.stack([numpy.asarray(c.resize((SIDE, SIDE), Image.Resampling.BICUBIC)).clip(0, 255) for c in channels])


def tensorflow(image):
    def places(length):
        at = numpy.arange(SIDE, dtype=numpy.float32) * numpy.float32(length / SIDE)
        first = numpy.floor(at).astype(int)
        return first, numpy.minimum(first + 1, length - 1), (at - first).astype(numpy.float32)

    pixels = image.astype(numpy.float32)
    (top, below, down), (left, right, across) = places(image.shape[0]), places(image.shape[1])
    across, down = across[None, :, None], down[:, None, None]
    upper = pixels[top][:, left] + (pixels[top][:, right] - pixels[top][:, left]) * across
    lower = pixels[below][:, left] + (pixels[below][:, right] - pixels[below][:, left]) * across
    return (upper + (lower - upper) * down).transpose(2, 0, 1)


def pytorch(image):
    pixels = torch.from_numpy(image.astype(numpy.float32).transpose(2, 0, 1))[None]
    return nn.functional.interpolate(pixels, (SIDE, SIDE), mode="bilinear", align_corners=False)[0].numpy()


RESIZINGS = {"Clean": clean, "TensorFlow": tensorflow, "PyTorch": pytorch}


def resized():
    for height, width in (64, 64), (37, 53), (400, 310), (299, 299), (5, 420), (1, 1):
        for name, resize in RESIZINGS.items():
            result = resize(drawing(height, width))
            yield {
                "height": height, "width": width, "resizing": name,
                "every23rd": [float(x) for x in result[:, ::23, ::23].flatten()],
                "mean": float(result.astype(numpy.float64).mean()), "square": float((result.astype(numpy.float64) ** 2).mean()),
            }


def statistics(network, images, resize):
    features = [inception_check.features(network, torch.from_numpy(resize(image)[None].astype(numpy.float32))) for image in images]
    features = torch.cat(features).double().numpy()
    return features.mean(0), numpy.cov(features, rowvar=False)


def frechet(network, resize):
    (m1, c1), (m2, c2) = (statistics(network, pictures(generated), resize) for generated in (False, True))
    return float(((m1 - m2) ** 2).sum() + numpy.trace(c1) + numpy.trace(c2) - 2 * numpy.trace(scipy.linalg.sqrtm(c1 @ c2)).real)


path = os.path.join(GOLDEN, "small_inception.pt")
torch.jit.save(small(), path)
without_source_places(path)
loaded = torch.jit.load(path).eval()
with open(os.path.join(GOLDEN, "small_inception_check.json"), "w") as file:
    json.dump(inception_check.check_values(path), file)
with open(os.path.join(GOLDEN, "inception_golden.json"), "w") as file:
    json.dump({"resized": list(resized()), "distances": {name: frechet(loaded, resize) for name, resize in RESIZINGS.items()}}, file)
