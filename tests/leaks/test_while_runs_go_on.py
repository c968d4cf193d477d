"""What is closed is closed at once: at every door, while the run that closes it has not read its first page."""

import pytest

from archive.holdings import Holdings
from tests.leaks.doors import CLOSED
from tests.leaks.planted import ASKED, RESTRICTIONS, SECRETS, master, put_sheets


def test_what_is_planted_is_met_while_it_is_open(reader):
    """Else the suite looks where nothing is."""
    met = reader.look()
    for secret in SECRETS:
        if secret not in ("xiuhcoatl", "tepeyollotl"):
            assert any(one.endswith(f": {secret}") for one in met), secret
    for id in reader.archive.secret_ids:
        assert any(one.endswith(f": {id}") for one in met), id
    for word in ASKED[:6]:
        assert reader.total(word) == 1, word
    for name in CLOSED:
        for door in ("image", "thumbnail"):
            assert f"/{door}/{reader.archive.pages[name][0]}.jpg: shown" in met
    for door in (
        "/?",
        "/search?",
        "/search.json?",
        "/cite?",
        "/ark:",
        "/text/",
        "/image/",
        "/thumbnail/",
        "/cite/",
        "search ",
        "pages ",
        "export --format text",
        "export --format alto",
        "export --format premis",
        "export --format bagit",
        "export --format ris",
        "the index",
    ):
        assert any(one.startswith(door) for one in met), door


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_closes_before_a_file_is_looked_at(reader, runs, kind):
    put_sheets(reader.archive.scans, kind=kind, **RESTRICTIONS)
    for name in ("new-1", "new-2"):
        master(reader.archive.scans / f"{name}.png", "pagina nueva comunal")
    met, csv = {}, kind == "csv"  # once in every form: what differs is how the restriction is read

    def look(stage, number):
        if number <= (2 if csv else 1):
            met[stage, number] = reader.look(thorough=csv and not met)

    runs.ingest(at=look)
    met["after"] = reader.look(thorough=csv)
    assert {stage for stage, _ in list(met)[:-1]} == {"identify", "read"}
    assert met == dict.fromkeys(met, [])
    assert reader.total("comunal") == 5 and reader.total("aurora") == 1


def test_a_finding_aid_closes_its_components_at_once(reader):
    """One component is no longer published, another is closed to readers."""
    archive = reader.archive
    path = archive.config.folder / "ead.xml"
    path.write_text(FINDING_AID, "utf-8")
    done = reader.command("finding-aid", "import", str(path))
    assert done.exit_code == 0, done.output
    ids = (archive.ids["in_suppressed"], *archive.pages["in_suppressed"], archive.components["oculta"])
    secrets = ("mictlanteca", "ometochtli", "huehuecoyotl", "chalchiuhtlicue")
    assert reader.look(secrets, ids, ("in_closed",), thorough=False) == []
    assert reader.total("aurora") == 1


FINDING_AID = """<ead><eadheader><eadid>x</eadid></eadheader><archdesc level="collection" id="fondo"><did>
<unitid>F</unitid>
<unittitle>Colección</unittitle></did><dsc>
<c id="abierta" level="series"><did><unittitle>Serie abierta</unittitle></did></c>
<c id="cerrada" level="series"><did><unittitle>Serie de campo</unittitle></did>
<accessrestrict><p>Closed.</p></accessrestrict></c>
<c id="oculta" level="series" audience="internal"><did><unittitle>Serie Chalchiuhtlicue</unittitle></did></c>
</dsc></archdesc></ead>"""


def test_an_undone_batch_is_gone_at_once(reader, runs):
    """What a later batch brought, and nothing else."""
    archive = reader.archive
    master(archive.scans.parent / "late" / "tonantzin.png", "acta tonantzin reservada")
    run = runs.ingest(archive.scans.parent / "late")
    assert reader.total("tonantzin") == 1
    with Holdings(archive.config) as holdings:
        item = next(one for one in holdings.every_item() if one.id not in archive.ids.values())
    done = reader.command("batch", "undo", str(run.batch.id), "--yes")
    assert done.exit_code == 0, done.output
    assert reader.look(("tonantzin",), (item.id, item.pages[0].id), thorough=False) == []
    assert reader.client.get(f"/ark:/99999/{item.id}").status_code == 410
