"""Writes check values of a TorchScript network for InceptionOptions.CheckFile. Needs torch and numpy.

    python3 inception_check.py inception-2015-12-05.pt > inception-2015-12-05.check.json
    python3 inception_check.py network.pt -1 1 > network.check.json      # where the network takes black as -1 and white as 1

Run it where the network is known to be right, such as where published figures came out. The pictures are drawn by a formula, and
InceptionCheck.cs draws the same ones.
"""
import hashlib
import json
import sys

import numpy
import torch


def pictures():
    picture, channel, y, x = numpy.ogrid[0:2, 0:3, 0:299, 0:299]
    return (7 * x + 13 * y + 29 * channel + 53 * picture + (x * y >> 5)) % 256


def features(network, images):
    switch = len(network.forward.schema.arguments) > 2
    with torch.no_grad():
        return (network(images, True) if switch else network(images)).flatten(1)


def check_values(path, black=0.0, white=255.0):
    network = torch.jit.load(path, map_location="cpu").eval()
    images = torch.from_numpy((pictures() * ((white - black) / 255) + black).astype(numpy.float32))
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {"sha256": digest, "features": features(network, images).double().tolist()}


if __name__ == "__main__":
    print(json.dumps(check_values(sys.argv[1], *map(float, sys.argv[2:4]))))
