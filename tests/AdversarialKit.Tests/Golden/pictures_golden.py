"""Writes pictures_golden.json: files of every kind, and what Pillow (9.4) makes of them. Needs Debian's python3-pil.

    python3 pictures_golden.py > pictures_golden.json
"""
import base64
import io
import json

from PIL import Image, ImageOps

WIDTH, HEIGHT = 40, 24
FILTERS = {"Bilinear": Image.Resampling.BILINEAR, "Bicubic": Image.Resampling.BICUBIC, "Lanczos": Image.Resampling.LANCZOS}


def text(data):
    return base64.b64encode(data).decode()


def drawing(width=WIDTH, height=HEIGHT):
    image = Image.new("RGB", (width, height))
    image.putdata([(x * 6 % 256, (y * 10 + x // 7 * 40) % 256, x * y % 256) for y in range(height) for x in range(width)])
    return image


def smooth():
    image = Image.new("RGB", (WIDTH, HEIGHT))
    image.putdata([(x * 6, y * 10, 255 - x * 3 - y * 4) for y in range(HEIGHT) for x in range(WIDTH)])
    return image


def encoded(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def on_white(image):
    below = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(below, image.convert("RGBA")).convert("RGB")


def files():
    image = drawing()
    seen = image.convert("RGBA")
    seen.putalpha(Image.linear_gradient("L").resize(image.size))
    deep = Image.new("I;16", (WIDTH, HEIGHT))
    deep.putdata([x * 1600 + y for y in range(HEIGHT) for x in range(WIDTH)])
    shallow = Image.new("L", (WIDTH, HEIGHT))
    shallow.putdata([round((x * 1600 + y) / 257) for y in range(HEIGHT) for x in range(WIDTH)])
    back = image.rotate(180)
    yield "rgb.png", encoded(image, "PNG"), image, 0
    yield "wrong-ending.jpg", encoded(image, "PNG"), image, 0
    yield "rgb.bmp", encoded(image, "BMP"), image, 0
    yield "rgb.webp", encoded(image, "WEBP", lossless=True), image, 0
    for name, file in ("rgb.gif", encoded(image, "GIF")), ("frames.gif", encoded(image, "GIF", save_all=True, append_images=[back])):
        yield name, file, Image.open(io.BytesIO(file)).convert("RGB"), 0
    yield "frames.webp", encoded(image, "WEBP", lossless=True, save_all=True, append_images=[back]), image, 0
    yield "grey.png", encoded(image.convert("L"), "PNG"), image.convert("L").convert("RGB"), 0
    yield "one-bit.png", encoded(image.convert("1"), "PNG"), image.convert("1").convert("RGB"), 0
    yield "palette.png", encoded(image.convert("P"), "PNG"), image.convert("P").convert("RGB"), 0
    yield "sixteen-bits.png", encoded(deep, "PNG"), shallow.convert("RGB"), 1
    yield "opacity.png", encoded(seen, "PNG"), on_white(seen), 1
    yield "opacity.webp", encoded(seen, "WEBP", lossless=True, exact=True), on_white(seen), 1
    yield "grey-opacity.png", encoded(seen.convert("LA"), "PNG"), on_white(seen.convert("LA")), 1
    for name, source, options in (
            ("rgb.jpeg", smooth(), {}), ("progressive.jpg", smooth(), {"progressive": True}),
            ("grey.jpg", smooth().convert("L"), {}), ("cmyk.jpg", smooth().convert("CMYK"), {})):
        file = encoded(source, "JPEG", quality=95, **options)
        yield name, file, Image.open(io.BytesIO(file)).convert("RGB"), 3
    for orientation in range(1, 9):
        for kind, ending, source, options, off in (
                ("PNG", "png", image, {}, 0), ("WEBP", "webp", image, {"lossless": True}, 0),
                ("JPEG", "jpg", smooth(), {"quality": 95}, 3)):
            file = encoded(source, kind, exif=turned(orientation), **options)
            upright = ImageOps.exif_transpose(Image.open(io.BytesIO(file))).convert("RGB")
            yield f"orientation-{orientation}.{ending}", file, upright, off


def resized():
    source = drawing(97, 61)
    for name, filter in FILTERS.items():
        for width, height in (32, 32), (16, 40), (120, 70), (97, 20), (1, 1):
            yield "Stretch", name, source.resize((width, height), filter)
            factor = max(width / 97, height / 61)
            w, h = min(97, width / factor), min(61, height / factor)
            box = (97 - w) / 2, (61 - h) / 2, (97 - w) / 2 + w, (61 - h) / 2 + h
            yield "Crop", name, source.resize((width, height), filter, box=box)
            factor = min(width / 97, height / 61)
            small = source.resize((max(1, round(97 * factor)), max(1, round(61 * factor))), filter)
            padded = Image.new("RGB", (width, height), "white")
            padded.paste(small, ((width - small.width) // 2, (height - small.height) // 2))
            yield "Pad", name, padded


print(json.dumps({
    "files": [
        {"name": name, "file": text(file), "width": upright.width, "height": upright.height, "pixels": text(upright.tobytes()), "off": off}
        for name, file, upright, off in files()
    ],
    "source": text(encoded(drawing(97, 61), "PNG")),
    "resized": [
        {"fit": fit, "filter": filter, "width": image.width, "height": image.height, "pixels": text(image.tobytes())}
        for fit, filter, image in resized()
    ],
}, indent=0))
