"""EAD 2002 and EAD3 read into the same rows."""

import csv
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from archive import dates
from archive.access import State
from archive.errors import FindingAidError
from ingest.finding_aid import access
from ingest.finding_aid.description import Described, restriction
from ingest.finding_aid.ead import Ead
from ingest.finding_aid.rows import AccessRestriction, ComponentEntry
from ingest.finding_aid.unit_dates import read_dates
from ingest.finding_aid.whole import read_whole

HERE = Path(__file__).parent
LETTERS = "0123456789abcdef0123456789abcdef"


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(path):
    ead = Ead(path)
    return ead, {one.ref_id: one for one in ead}


def written(tmp_path, text):
    path = tmp_path / "ead.xml"
    path.write_text(text, "utf-8")
    return path


def around(components, head="<eadheader><eadid>x</eadid></eadheader>"):
    return (
        f"<ead>{head}<archdesc "
        f"level='collection'><did><unittitle>T</unittitle></did><dsc>{components}</dsc></archdesc></ead>"
    )


@pytest.mark.parametrize("name, version", [("ead2002.xml", "EAD 2002"), ("ead3.xml", "EAD3")])
def test_both_versions_say_the_same(name, version):
    ead, found = read(HERE / name)
    assert (
        ead.finding_aid.identifier,
        ead.finding_aid.version,
        ead.finding_aid.title,
        ead.finding_aid.repository,
        ead.finding_aid.language,
    ) == ("prueba-1", version, "Guide to the Papers of an Invented Committee", "Invented Archive", "eng")
    top, letters, photos = found["prueba-1"], found[LETTERS], found["photos"]
    assert (top.level, top.unitid, top.date_edtf, top.access_note) == (
        "collection",
        "PI.1",
        "1981/1994",
        "Open for research.",
    )
    assert (letters.parent_ref_id, letters.level, letters.title, letters.date, letters.date_edtf) == (
        "prueba-1",
        "series",
        "Letters to El Mundo Inventado",
        "March 12, 1984",
        "1984-03-12",
    )
    assert [(one.type, one.indicator, one.barcode, one.parent) for one in letters.containers] == [
        ("box", "3", "32108000000017", None),
        ("folder", "7-9", "", 0),
        ("box", "3", "32108000000025", None),
    ]
    assert (letters.access_note, letters.use_note) == ("Ask the archivist before the day comes.", "Quote with care.")
    assert found["hidden"].internal and not letters.internal
    assert (photos.level, photos.position, photos.digital_objects[0]) == ("Sub-subseries", 2, "https://example.org/one")


def test_what_each_version_says_in_its_own_way():
    ead, found = read(HERE / "ead2002.xml")
    top, photos = found["prueba-1"], found["photos"]
    assert top.extent == "2 Linear Feet (4 boxes), photographs"
    assert top.date == "1981-1994, bulk 1983-1986"
    assert top.description == "One Book.\n\nTwo\n\nThree"
    assert (photos.date_edtf, photos.digital_objects) == (
        "1986~",
        ("https://example.org/one", "https://example.org/two"),
    )
    assert found["below-hidden"].parent_ref_id == "hidden"
    assert ead.passed_over == {"bioghist": 1, "langmaterial": 1}
    ead, found = read(HERE / "ead3.xml")
    assert found["prueba-1"].extent == "2 Linear Feet, photographs; 4 boxes"
    assert found["prueba-1"].date == "between 1981 and 1994, bulk 1983-1986"
    assert found["photos"].date_edtf == "[1985..1987]"


def test_parents_come_before_their_parts_and_siblings_in_order():
    for name in ("ead2002.xml", "ead3.xml"):
        seen, last = set(), {}
        for one in Ead(HERE / name):
            assert one.parent_ref_id is None or one.parent_ref_id in seen
            assert one.position == last.get(one.parent_ref_id, 0 if one.parent_ref_id else -1) + 1
            last[one.parent_ref_id] = one.position
            seen.add(one.ref_id)


def test_a_component_without_id_title_or_published_note_is_known_all_the_same():
    ead, found = read(HERE / "ead2002.xml")
    one = next(one for ref, one in found.items() if ref.startswith("no-id-"))
    assert (one.title, one.date_edtf) == ("1987-1989", "1987/1989")
    assert [(c.type, c.indicator, c.parent) for c in one.containers] == [("box", "5", None), ("folder", "1", 0)]
    assert one.access_note == ""
    assert one.restrictions == (
        AccessRestriction("Closed at the wish of the donor 2040.", ("RestrictedSpecColl",), "2040-12-31", False),
    )
    rule = access.rule(one)
    assert (rule.state, rule.reason, rule.review_date) == (State.CLOSED, "", "2040-12-31")
    assert [remark.ref_id for remark in ead.remarks] == [one.ref_id]
    again = read(HERE / "ead2002.xml")[1]
    assert list(again) == list(found)


def test_a_key_made_of_what_a_component_is_called_stays_when_one_is_put_before_it(tmp_path):
    before = read(
        written(
            tmp_path, around("<c><did><unittitle>A</unittitle></did></c><c><did><unittitle>B</unittitle></did></c>")
        )
    )[1]
    after = read(
        written(
            tmp_path,
            around(
                "<c><did><unittitle>N</unittitle></did></c><c><did><unittitle>A</unittitle></did></c>"
                "<c><did><unittitle>B</unittitle></did></c>"
            ),
        )
    )[1]
    assert set(before) < set(after)


def test_the_same_id_twice_makes_two_components(tmp_path):
    ead, found = read(
        written(
            tmp_path,
            around(
                "<c id='a'><did><unittitle>One</unittitle></did></c><c id='a'><did><unittitle>Two</unittitle>"
                "</did><c id='b'><did><unittitle>Below</unittitle></did></c></c>"
            ),
        )
    )
    assert [one.title for one in found.values()] == ["T", "One", "Two", "Below"]
    second = next(one for one in found.values() if one.title == "Two")
    assert found["b"].parent_ref_id == second.ref_id and second.ref_id != "a"
    assert "stands in the finding aid before" in " ".join(one.text for one in ead.remarks)


@pytest.mark.parametrize("case", table("unit_dates.tsv"), ids=lambda case: case["why"])
def test_dates(case):
    found = read_dates(list(fromstring(f"<did>{case['xml']}</did>")))
    assert (found.words, found.edtf) == (case["words"], case["edtf"])
    dates.parse(found.edtf)
    assert bool(found.unread) == (not case["edtf"])


@pytest.mark.parametrize("case", table("access.tsv"), ids=lambda case: case["why"])
def test_what_a_note_on_access_means(case):
    said = AccessRestriction(case["restriction"], tuple(case["types"].split()))
    meant = access.meaning(said)
    assert (meant.value if meant else "unknown") == case["meaning"]
    one = ComponentEntry("a", None, 0, "file", "", "A", restrictions=(said,))
    assert (access.rule(one) is not None) == (case["meaning"] == "closed")
    # With the option, all but what is known to be open; and a finding aid opens nothing.
    assert (access.rule(one, close_restricted=True) is not None) == (case["meaning"] != "open")


def test_the_localized_type_of_a_restriction_and_of_the_one_in_it():
    found = restriction(
        fromstring(
            "<accessrestrict><head>H</head><legalstatus type='a'><p>One.</p></legalstatus>"
            "<accessrestrict localtype='b c'><p>Two.</p></accessrestrict></accessrestrict>"
        )
    )
    assert (found.types, found.words) == (("a", "b", "c"), "One.\n\nTwo.")


@pytest.mark.parametrize(
    "text, why",
    [
        ("<ead><archdesc>", "no well-formed XML"),
        ("<html/>", "first element is html"),
        ("<ead><eadheader/></ead>", "no archdesc"),
        ("not xml", "no well-formed XML"),
        (
            '<!DOCTYPE ead [<!ENTITY a "aaaa"><!ENTITY b '
            '"&a;&a;&a;">]><ead><archdesc><did><unittitle>&b;</unittitle></did></archdesc></ead>',
            "declares entities",
        ),
        (
            "<!DOCTYPE ead [<!ENTITY a SYSTEM "
            '"file:///etc/passwd">]><ead><archdesc><did><unittitle>&a;</unittitle></did></archdesc></ead>',
            "declares entities",
        ),
        ("<ead><archdesc>" + "<emph>" * 5000 + "</emph>" * 5000 + "</archdesc></ead>", "deep"),
    ],
)
def test_what_is_no_finding_aid_is_refused_with_its_reason(tmp_path, text, why):
    with pytest.raises(FindingAidError, match=why):
        list(Ead(written(tmp_path, text)))


def test_a_doctype_without_entities_is_read(tmp_path):
    text = (
        '<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd (Encoded Archival Description (EAD) Version '
        '2002)//EN" "ead.dtd">' + around("<c01 id='a' level='file'><did><unittitle>Á</unittitle></did></c01>")
    )
    assert read(written(tmp_path, text))[1]["a"].title == "Á"


def test_a_whole_finding_aid_or_list_that_is_not_published_hides_its_components(tmp_path):
    whole = around("<c id='a'><did><unittitle>A</unittitle></did></c>").replace("<ead>", "<ead audience='internal'>")
    assert read(written(tmp_path, whole))[1]["x"].internal
    listed = around("<c id='a'><did><unittitle>A</unittitle></did></c>").replace("<dsc>", "<dsc audience='internal'>")
    found = read(written(tmp_path, listed))[1]
    assert found["a"].internal and not found["x"].internal


def test_a_large_finding_aid_is_never_in_memory_as_a_whole(tmp_path):
    """What is held while reading does not grow with the number of components."""
    import tracemalloc

    one = "<c01 id='a{}' level='file'><did><unittitle>{}</unittitle></did><scopecontent><p>{}</p></scopecontent></c01>"

    def peak(count):
        path = written(tmp_path, around("".join(one.format(n, n, "words " * 200) for n in range(count))))
        tracemalloc.start()
        with read_whole(path) as whole:
            for _ in whole:
                pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak, path.stat().st_size

    (small, _), (large, size) = peak(200), peak(4000)
    assert size > 4_000_000 and large - small < size / 4


@pytest.mark.parametrize(
    ("unittitle", "title"),
    [
        ("Informes, <unitdate>1983</unitdate>", "Informes"),
        ("<unitdate>circa 1983</unitdate>, preparación y defensa", "circa 1983, preparación y defensa"),
        ("Informes, <unitdate>1983</unitdate>, y cartas", "Informes, 1983, y cartas"),
        ("Informes (<unitdate>1983</unitdate>)", "Informes (1983)"),
        ("Cartas de <unitdate>1983</unitdate> a la comunidad", "Cartas de 1983 a la comunidad"),
        ("<unitdate>1983</unitdate>", ""),
        ("(<unitdate>1983</unitdate>)", ""),
        ("<unitdatestructured><datesingle>1983</datesingle></unitdatestructured>, cartas", "cartas"),
        ("Cartas <unitdatestructured><datesingle>1983</datesingle></unitdatestructured>, copias", "Cartas, copias"),
    ],
)
def test_a_date_within_a_title_keeps_its_wording(unittitle, title):
    described = Described()
    described.take(fromstring(f"<did><unittitle>{unittitle}</unittitle></did>"))
    assert described.title == title
