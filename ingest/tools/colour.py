"""An image as it is to be shown: any colour model and depth to 1 bit, 8-bit grey or RGB."""

from __future__ import annotations

import io

from PIL import Image, ImageCms, ImageOps

_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_COLOR_MAP = 320
#: 12-bit scanners store 0-4095 in 16 bits: where no value of the image is above this, that is its white.
_TWELVE_BITS = 4095


def inverted_16_bit(image: Image.Image) -> bool:
    """Whether a TIFF has 16-bit samples in which 0 is white (which Pillow does not turn round).

    To be asked before the image is loaded.
    """
    return image.format == "TIFF" and image.mode.startswith("I") and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def eight_bit_palette(image: Image.Image) -> bytes:
    """The palette of a TIFF whose ColorMap holds 0-255 instead of 0-65535, else nothing.

    Some scanning programs write it so; by the letter of TIFF 6.0 (section 5) such a page is black. To be asked
    before the image is loaded.
    """
    if image.format != "TIFF" or image.mode != "P":
        return b""
    colours = image.tag_v2.get(_COLOR_MAP, ())
    if not colours or max(colours) > 255:
        return b""
    number = len(colours) // 3
    return bytes(colours[channel * number + index] for index in range(number) for channel in range(3))


def shown(image: Image.Image, inverted: bool = False) -> Image.Image:
    """The image in mode 1, L or RGB: 16 and 32 bits scaled to 8 and not clipped, transparent parts on white.

    Colour and grey are converted to sRGB by the profile they carry (archives' masters are in Adobe RGB or eciRGB more
    often than not, and what readers are sent has no profile); CMYK without one is converted plainly, Lab by its
    definition.
    """
    mode = image.mode
    if mode == "1" and "transparency" not in image.info:
        return image
    if mode.startswith("I") or mode == "F":
        grey = _to_8_bits(image)
        return _grey_by_profile(ImageOps.invert(grey) if inverted else grey, _profile(image))
    if mode == "P" and "transparency" not in image.info:
        image = _from_palette(image)
    elif mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        image = _on_white(image)
    elif mode == "LAB":
        return ImageCms.profileToProfile(
            image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    elif mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    if image.mode == "L":
        return _grey_by_profile(image, _profile(image))
    return _by_profile(image) or (image if image.mode == "RGB" else image.convert("RGB"))


def _to_8_bits(image: Image.Image) -> Image.Image:
    """16-bit grey by its full range, 32-bit and floating point by the range found in the image."""
    wide = image if image.mode in ("I", "F") else image.convert("I")
    low, high = wide.getextrema()
    if image.mode != "F" and low >= 0 and high <= 65535:
        low, high = 0, _TWELVE_BITS if 255 < high <= _TWELVE_BITS else 65535
    elif image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0, 1
    if not high > low:
        return Image.new("L", image.size, 255)
    scale = 255 / (high - low)
    return wide.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _from_palette(image: Image.Image) -> Image.Image:
    palette = image.getpalette("RGB") or []
    triples = zip(palette[0::3], palette[1::3], palette[2::3], strict=False)
    return image.convert("L" if all(r == g == b for r, g, b in triples) else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
    grey = image.mode in ("L", "LA", "La", "1")
    full = image.convert("RGBA")
    if full.getchannel("A").getextrema()[0] == 255:
        return full.convert("L" if grey else "RGB")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(full)
    return white.convert("L" if grey else "RGB")


def _profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """The profile that an image carries; None where there is none, it is damaged, or it is sRGB anyway."""
    embedded = image.info.get("icc_profile")
    if not isinstance(embedded, bytes) or not embedded:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
        name = ImageCms.getProfileDescription(profile)
        return None if "sRGB" in name and "inear" not in name else profile
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _by_profile(image: Image.Image) -> Image.Image | None:
    """An RGB or CMYK image in sRGB; None where it has no profile that fits it."""
    profile = _profile(image)
    if profile is None or profile.profile.xcolor_space.strip() != image.mode:
        return None
    try:
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None  # A damaged profile; the plain conversion follows.


def _grey_by_profile(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    """A grey image with its tones as sRGB has them (a dot gain, another gamma)."""
    if profile is None or profile.profile.xcolor_space.strip() != "GRAY":
        return image
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    try:
        tones = ImageCms.profileToProfile(ramp, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return image.point(list(tones.getchannel("G").tobytes()))
