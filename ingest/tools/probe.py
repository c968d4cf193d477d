"""Whether the readers are there: their versions and languages. Running them is `tesseract`'s matter."""

from __future__ import annotations

import hashlib
import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytesseract

from archive.errors import ToolFailed, ToolMissing

#: The Debian and Ubuntu packages; elsewhere the names differ, and the message says what is meant.
_APT = "On Debian or Ubuntu: sudo apt install {}"
#: `List of available languages in "/usr/share/tesseract-ocr/5/tessdata/" (4):`
_MODELS_IN = re.compile(r'in "([^"\n]+)"')


def install_command(*languages: str) -> str:
    """How to install Tesseract, or languages for it.

    >>> install_command("spa", "chi_sim")
    'On Debian or Ubuntu: sudo apt install tesseract-ocr-spa tesseract-ocr-chi-sim'
    """
    packages = [f"tesseract-ocr-{language.replace('_', '-')}" for language in languages]
    return _APT.format(" ".join(packages or ["tesseract-ocr"]))


def tesseract_version() -> str:
    """Tesseract's version, such as `5.3.0`. Raises ToolMissing where it is not installed."""
    try:
        return str(pytesseract.get_tesseract_version(cached=True))
    except pytesseract.TesseractNotFoundError as missing:
        raise ToolMissing("Tesseract is not installed", remedy=f"{install_command()}.") from missing
    except (SystemExit, OSError, ValueError) as trouble:
        # pytesseract ends the program where it cannot make out the version.
        raise ToolFailed(
            f"Tesseract does not say its version: {trouble}", remedy="Run `tesseract --version` and mend what it says."
        ) from trouble


def tesseract_languages() -> tuple[str, ...]:
    """The languages Tesseract has, sorted. Raises ToolMissing where it is not installed."""
    try:
        return tuple(sorted(pytesseract.get_languages()))
    except pytesseract.TesseractNotFoundError as missing:
        raise ToolMissing("Tesseract is not installed", remedy=f"{install_command()}.") from missing
    except UnicodeDecodeError as trouble:
        raise ToolFailed(
            "Tesseract does not say its languages", remedy="Run `tesseract --list-langs` and mend what it says."
        ) from trouble


def tesseract_models(languages: tuple[str, ...]) -> dict[str, str]:
    """Language → the beginning of the SHA-256 of its model's file: Debian's, larger ones and an archive's own have one
    name. Without those whose file is not found, as where Tesseract does not say where it has them.
    """
    try:
        said = subprocess.run(
            [pytesseract.pytesseract.tesseract_cmd, "--list-langs"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    place = _MODELS_IN.search((said.stdout + said.stderr).decode("utf-8", "replace"))
    files = {language: Path(place[1]) / f"{language}.traineddata" for language in languages} if place else {}
    return {
        language: hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for language, file in files.items()
        if file.is_file()
    }


def require(languages: tuple[str, ...]) -> None:
    """Raises ToolMissing with the command that mends it where Tesseract or a language is missing."""
    tesseract_version()
    missing = [language for language in languages if language not in tesseract_languages()]
    if missing:
        raise ToolMissing(
            f"Tesseract lacks the language{'s' * (len(missing) > 1)} {', '.join(missing)}",
            remedy=f"{install_command(*missing)}.",
        )


def pdfplumber_version() -> str:
    """The version of the reader of embedded text."""
    return metadata.version("pdfplumber")
