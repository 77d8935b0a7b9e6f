"""Writes wasserstein_golden.json: sliced Wasserstein distances by numpy and scipy. Needs Debian's python3-scipy.

    python3 make_wasserstein.py > ../wasserstein_golden.json

The pyramid and the patches follow the description of Karras et al. (2018), section 5, and TF-GAN's parameters: a 5 x 5 binomial filter,
mirrored borders, patches of 7 x 7 that are brought to mean 0 and variance 1 each, mean gaps of sorted projections. Images, places and directions are
formulas, which WassersteinGoldenTests.cs has too.
"""
import json

import numpy
from scipy.ndimage import correlate1d
from scipy.stats import wasserstein_distance

LINE = numpy.array([1, 4, 6, 4, 1]) / 16


def smooth(images):
    return correlate1d(correlate1d(images, LINE, axis=2, mode="mirror"), LINE, axis=3, mode="mirror")


def pyramid(images, count):
    levels = [images]
    while len(levels) < count:
        half = smooth(levels[-1])[:, :, ::2, ::2]
        spread = numpy.zeros_like(levels[-1])
        spread[:, :, ::2, ::2] = half
        levels[-1] = levels[-1] - 4 * smooth(spread)
        levels.append(half)
    return levels


def images(generated):
    n, c, y, x = numpy.ogrid[0:6, 0:3, 0:32, 0:48]
    if generated:
        return numpy.cos(0.31 * x + 0.05 * n * y + c) * numpy.sin(0.2 * y + n) + 0 * x
    return numpy.sin(0.23 * x * (1 + 0.1 * n) + 0.41 * y + 2 * c) * 0.9 + 0 * n


def corners(level, generated):
    height, width = level.shape[2:]
    n, patch = numpy.ogrid[0:6, 0:9]
    row = (5 * n + 7 * patch + 3 * generated) % (height - 6)
    column = (11 * n + 3 * patch + 8 * generated) % (width - 6)
    return numpy.stack([row + 0 * patch, column + 0 * patch], 2)


def patches(level, places):
    rows = []
    for image, of_image in zip(level, places):
        for row, column in of_image:
            patch = image[:, row:row + 7, column:column + 7].transpose(1, 2, 0).flatten()
            rows.append((patch - patch.mean()) / patch.std())
    return numpy.array(rows)


def directions(width, count):
    i, j = numpy.ogrid[0:width, 0:count]
    raw = numpy.sin(1.7 * i * (j + 1) + 0.3 * j * j + 1)
    return raw / numpy.sqrt((raw ** 2).sum(0))


def points(count, shift):
    i, j = numpy.ogrid[0:count, 0:5]
    return numpy.sin(2.1 * i * (j + 1) + shift) + 0.3 * shift * j


real, fake = pyramid(images(False), 2), pyramid(images(True), 2)
levels = []
for r, f in zip(real, fake):
    a, b = patches(r, corners(r, 0)), patches(f, corners(f, 1))
    d = directions(147, 20)
    levels.append({
        "some": [float(x) for x in r[:, :, ::5, ::7].flatten()],
        "patch": [float(x) for x in a[13]],
        "distance": float(numpy.abs(numpy.sort(a @ d, 0) - numpy.sort(b @ d, 0)).mean()),
    })

plain = []
for n, m in (30, 30), (30, 21), (7, 40), (1, 3):
    a, b, d = points(n, 0.2), points(m, 0.9), directions(5, 12)
    plain.append({"n": n, "m": m, "along": [float(wasserstein_distance(a @ d[:, k], b @ d[:, k])) for k in range(12)]})

print(json.dumps({"levels": levels, "plain": plain}))
