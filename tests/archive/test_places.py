"""The gazetteer: all departments and municipios, their names, and what holds of every place."""

import pytest

from archive.places import Gazetteer, fold

GAZETTEER = Gazetteer.load()

#: Municipios before May 2024.
COUNTS = {
    "ahuachapan": 12,
    "santa-ana": 13,
    "sonsonate": 16,
    "chalatenango": 33,
    "la-libertad": 22,
    "san-salvador": 19,
    "cuscatlan": 16,
    "la-paz": 22,
    "cabanas": 9,
    "san-vicente": 13,
    "usulutan": 23,
    "san-miguel": 20,
    "morazan": 26,
    "la-union": 18,
}


@pytest.mark.parametrize("department, count", COUNTS.items())
def test_municipios_of_each_department(department, count):
    assert sum(place.kind == "municipio" and place.key.startswith(department + "/") for place in GAZETTEER) == count


def test_all_departments_and_municipios():
    assert {place.key for place in GAZETTEER if place.kind == "department"} == set(COUNTS)
    assert sum(place.kind == "municipio" for place in GAZETTEER) == sum(COUNTS.values()) == 262


def test_every_place_has_its_source_and_its_parent():
    for place in GAZETTEER:
        assert place.source, place.key
        parent = GAZETTEER.parent(place.key)
        assert parent is None or parent in GAZETTEER, place.key
        assert GAZETTEER.lineage(place.key)[-1] == place.key


def test_keys_are_slugs_of_the_names():
    for place in GAZETTEER:
        if place.kind in ("department", "municipio"):
            assert place.key.split("/")[-1] == fold(place.name).replace(" ", "-")


def test_coordinates_are_in_the_country():
    known = [place for place in GAZETTEER if place.iso.startswith("SV-") and place.lat is not None]
    assert len(known) > 250
    for place in known:
        assert 13.1 < place.lat < 14.5 and -90.2 < place.lon < -87.6, place.key


@pytest.mark.parametrize(
    "name, keys",
    [
        ("Tonacatepeque", ["san-salvador/tonacatepeque"]),
        ("Comalapa", ["chalatenango/comalapa"]),
        ("Nueva San Salvador", ["la-libertad/santa-tecla"]),
        ("SANTA TECLA", ["la-libertad/santa-tecla"]),
        ("Gotera", ["morazan/san-francisco-gotera"]),
        ("San José Cancasque", ["chalatenango/cancasque"]),
        ("Cuscatancingo", ["san-salvador/cuscatancingo"]),
        ("el mozote", ["morazan/meanguera/el-mozote"]),
        ("San Salvador", ["san-salvador", "san-salvador/san-salvador"]),
        ("El Rosario", ["morazan/el-rosario", "cuscatlan/el-rosario", "la-paz/el-rosario"]),
        ("QUZALTEPEQUE", ["la-libertad/quezaltepeque"]),
        ("Tenancigno", ["cuscatlan/tenancingo"]),
        ("Sonsonat", ["sonsonate", "sonsonate/sonsonate"]),
        ("Apoqa", []),
        ("Nowhere at all", []),
        ("", []),
    ],
)
def test_lookup(name, keys):
    assert [place.key for place in GAZETTEER.lookup(name)] == keys


def test_lookup_within():
    assert [place.key for place in GAZETTEER.lookup("El Rosario", within="la-paz")] == ["la-paz/el-rosario"]
    assert [place.key for place in GAZETTEER.lookup("San Salvador", within="san-salvador/san-salvador")] == [
        "san-salvador/san-salvador"
    ]
    assert GAZETTEER.lookup("Tecoluca", within="la-paz") == ()
    assert GAZETTEER.lookup("Tecoluca", within="san") == ()


def test_every_name_finds_its_place():
    for place in GAZETTEER:
        for name in place.names:
            assert place in GAZETTEER.lookup(name.upper())


@pytest.mark.parametrize(
    "key, spanish, english",
    [
        ("san-vicente", "San Vicente (departamento)", "San Vicente (department)"),
        ("san-vicente/san-vicente", "San Vicente (municipio)", "San Vicente (municipality)"),
        ("san-vicente/tecoluca", "Tecoluca", "Tecoluca"),
        ("morazan", "Morazán", "Morazán"),
        ("la-paz/el-rosario", "El Rosario (La Paz)", "El Rosario (La Paz)"),
        ("usa/new-york", "Nueva York", "New York"),
        ("nowhere/else", "nowhere/else", "nowhere/else"),
    ],
)
def test_labels(key, spanish, english):
    assert GAZETTEER.label(key, "es") == GAZETTEER.label(key, "spa") == spanish
    assert GAZETTEER.label(key, "en") == GAZETTEER.label(key, "eng") == english


def test_labels_tell_places_apart():
    for language in ("es", "en"):
        labels = [GAZETTEER.label(place.key, language) for place in GAZETTEER]
        assert len(set(labels)) == len(labels), sorted({one for one in labels if labels.count(one) > 1})
