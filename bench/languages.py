"""Compares language detectors on pages of text: how often right, how often silent, how long a page takes.

    python -m bench.languages spa=FOLDER eng=FOLDER [more LANGUAGE=FOLDER …] [--noise 0.1]

Each folder holds `*.txt`, one a page, in the language named; an empty line ends a paragraph. `--noise` replaces,
drops or doubles that share of the letters, as bad OCR does. Detectors that are not installed are left out:
`pip install simplemma py3langid lingua-language-detector`.

Why the archive has its own: on 36 recognised pages (typescript and print, both languages) and again with a tenth of
the letters spoilt, every detector had every page right. In paragraphs of 4 to 9 words with the letters spoilt:

    rescate                   82 % right, 18 % silent, none wrong   0.4-0.7 ms a page   no dependency
    py3langid 0.4 (BSD)       96 % right,               4 % wrong   0.5-0.9 ms          4.6 MB, and numpy
    lingua 2.1 (Apache-2.0)   94 % right,               6 % wrong   1.2-1.6 ms          96 MB
    simplemma 2.0 (MIT)       93 % right, 3 % silent,   4 % wrong   2.2-7.1 ms          19 MB

A paragraph of names and figures, common in the papers, is no language: only the first says so.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from ingest.extract.language import page_language, paragraph_language

#: Sizes of paragraphs by words, and of pages that count.
SIZES = ((4, 9), (10, 29), (30, 10_000))
FEWEST_WORDS_OF_A_PAGE = 30
_LETTERS = "abcdefghijklmnoprstuvyáéíóúñ"


def detectors() -> dict[str, Callable[[str], str | None]]:
    found: dict[str, Callable[[str], str | None]] = {"rescate": paragraph_language}
    try:
        from simplemma import langdetect
    except ImportError:
        pass
    else:

        def by_simplemma(text: str) -> str | None:
            best, share = langdetect(text, lang=("es", "en"))[0]
            return {"es": "spa", "en": "eng"}.get(best) if share else None

        found["simplemma"] = by_simplemma
    try:
        import py3langid
    except ImportError:
        pass
    else:
        py3langid.set_languages(["es", "en"])
        found["py3langid"] = lambda text: {"es": "spa", "en": "eng"}[py3langid.classify(text)[0]]
    try:
        from lingua import Language, LanguageDetectorBuilder
    except ImportError:
        pass
    else:
        codes = {Language.SPANISH: "spa", Language.ENGLISH: "eng"}
        for name, builder in (
            ("lingua", LanguageDetectorBuilder.from_languages(*codes)),
            ("lingua-low", LanguageDetectorBuilder.from_languages(*codes).with_low_accuracy_mode()),
        ):
            detector = builder.build()
            found[name] = lambda text, detector=detector: codes.get(detector.detect_language_of(text))
    return found


def noisy(text: str, share: float, chance: random.Random) -> str:
    def slip(letter: str) -> str:
        if not letter.isalpha() or chance.random() >= share:
            return letter
        return chance.choice(("", letter * 2, chance.choice(_LETTERS), chance.choice(_LETTERS)))

    return "".join(map(slip, text))


def pages(folders: list[str], noise: float) -> list[tuple[str, list[str]]]:
    chance = random.Random(0)
    found = []
    for argument in folders:
        language, _, folder = argument.partition("=")
        for path in sorted(Path(folder).rglob("*.txt")):
            text = noisy(path.read_text("utf-8", "replace"), noise, chance)
            found.append((language, [one for one in re.split(r"\n\s*\n", text) if one.strip()]))
    return found


def word_count(text: str) -> int:
    return len(re.findall(r"[^\W\d_]{2,}", text))


def score(answers: list[tuple[str, str | None]]) -> str:
    if not answers:
        return "–"
    right = sum(wanted == answer for wanted, answer in answers)
    silent = sum(answer not in ("spa", "eng") for _, answer in answers)
    return f"{right / len(answers):.1%} ({len(answers) - right - silent} wrong, {silent} silent of {len(answers)})"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "here"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", metavar="LANGUAGE=FOLDER")
    options.add_argument("--noise", type=float, default=0.0)
    chosen = options.parse_args()
    read = pages(chosen.folders, chosen.noise)
    whole = [
        (language, paragraphs)
        for language, paragraphs in read
        if word_count(" ".join(paragraphs)) >= FEWEST_WORDS_OF_A_PAGE
    ]
    print(f"{len(whole)} pages, {sum(len(paragraphs) for _, paragraphs in whole)} paragraphs, noise {chosen.noise:.0%}")
    for name, detect in detectors().items():
        package = {
            "rescate": "rescate",
            "lingua": "lingua-language-detector",
            "lingua-low": "lingua-language-detector",
        }.get(name, name)
        detect("warm up, y entrar en calor")
        times = []
        for _, paragraphs in whole:
            start = time.perf_counter()
            for paragraph in paragraphs:
                detect(paragraph)
            times.append((time.perf_counter() - start) * 1000)
        by_page = [
            (language, page_language(paragraphs) if name == "rescate" else detect("\n".join(paragraphs)))
            for language, paragraphs in whole
        ]
        print(
            f"\n{name} {_version(package)}: {statistics.median(times):.2f} ms a page "
            f"(median; most {max(times, default=0):.1f})"
        )
        print(f"  pages: {score(by_page)}")
        for fewest, most in SIZES:
            answers = [
                (language, detect(paragraph))
                for language, paragraphs in whole
                for paragraph in paragraphs
                if fewest <= word_count(paragraph) <= most
            ]
            print(f"  paragraphs of {fewest}-{most} words: {score(answers)}")


if __name__ == "__main__":
    main()
