"""What is closed is closed at once: at every door, while the run that closes it has not read its first page."""

import pytest

from archive.holdings import Holdings
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
    for door in ("/?", "/search?", "/search.json?", "/cite?", "/ark:", "/text/", "/image/", "/thumbnail/", "/cite/", "search ", "pages ",
                 "export --format text", "export --format alto", "export --format premis", "export --format bagit", "export --format ris",
                 "the index"):
        assert any(one.startswith(door) for one in met), door


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_closes_before_a_file_is_looked_at(reader, runs, kind):
    put_sheets(reader.archive.scans, kind=kind, **RESTRICTIONS)
    for name in ("new-1", "new-2"):
        master(reader.archive.scans / f"{name}.png", "pagina nueva comunal")
    met = {}
    runs.ingest(at=lambda stage, number: met.setdefault((stage, number), reader.look(thorough=not met)))
    met["after"] = reader.look()
    assert {stage for stage, _ in list(met)[:-1]} == {"identify", "read"}
    assert met == dict.fromkeys(met, [])
    assert reader.total("comunal") == 5 and reader.total("aurora") == 1


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
