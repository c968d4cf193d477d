"""The words that dates are said with, in Spanish and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What dates are said with in a language: months, seasons by EDTF's number, and all else by what it is for."""

    months: Sequence[str]
    seasons: Mapping[int, str]
    said: Mapping[str, str]


WORDS = {
    "es": Words(
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        {
            21: "primavera",
            22: "verano",
            23: "otoño",
            24: "invierno",
            33: "primer trimestre",
            34: "segundo trimestre",
            35: "tercer trimestre",
            36: "cuarto trimestre",
            37: "primer cuatrimestre",
            38: "segundo cuatrimestre",
            39: "tercer cuatrimestre",
            40: "primera mitad",
            41: "segunda mitad",
        },
        {
            "undated": "sin fecha",
            "decade": "década de {}",
            "the": "la ",
            "until": "hasta {}",
            "from": "desde {}",
            "~": "hacia {}",
            "?": "probablemente {}",
            "%": "probablemente hacia {}",
            "or": "o",
            "and": "y",
            "before": "{} o antes",
            "after": "{} o después",
            "month": "{m} de {y}",
            "day": "{d} de {m} de {y}",
            "season": "{m} de {y}",
            "days": "{d}–{e} de {m} de {y}",
            "months_of": "{m}–{n} de {y}",
            "two": "{d} de {m} – {e} de {n} de {y}",
        },
    ),
    "en": Words(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        {
            21: "spring",
            22: "summer",
            23: "autumn",
            24: "winter",
            33: "first quarter of",
            34: "second quarter of",
            35: "third quarter of",
            36: "fourth quarter of",
            37: "first third of",
            38: "second third of",
            39: "last third of",
            40: "first half of",
            41: "second half of",
        },
        {
            "undated": "undated",
            "decade": "{}s",
            "the": "the ",
            "until": "until {}",
            "from": "from {}",
            "~": "about {}",
            "?": "probably {}",
            "%": "probably about {}",
            "or": "or",
            "and": "and",
            "before": "{} or earlier",
            "after": "{} or later",
            "month": "{m} {y}",
            "day": "{m} {d}, {y}",
            "season": "{m} {y}",
            "days": "{m} {d}–{e}, {y}",
            "months_of": "{m}–{n} {y}",
            "two": "{m} {d} – {n} {e}, {y}",
        },
    ),
}
WORDS["spa"], WORDS["eng"] = WORDS["es"], WORDS["en"]
