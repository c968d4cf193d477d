"""A record with something in every table, and in every value what is awkward to carry over."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import Connection, Engine

from archive import derivatives
from archive.catalog import tables as t
from archive.catalog.connect import writing
from archive.layout import Layout, TextBlock, TextLine, Word

WHEN = datetime(2026, 11, 24, 8, 30, 15, 123456, timezone(timedelta(hours=-8)))
LAYOUT = Layout(100, 200, (TextBlock((TextLine((Word("Añil\0", 1, 2, 3, 4, 0.1 + 0.2),)),), "spa"),))


def fill(catalog: Engine, data: Path) -> None:
    with writing(catalog) as connection:
        _fill(connection)
    for path in (derivatives.image(data, "page1"), derivatives.thumbnail(data, "page1")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8" + path.name.encode())
    (derivatives.image(data, "page1").parent / "page1.jpg.1.part").write_bytes(b"half")


def _fill(connection: Connection) -> None:
    def put(table, **values):
        connection.execute(table.insert().values(**values))

    # A child before its parent, and numbers with gaps.
    put(t.component, ordinal=4, id="top", ref_id=None, level="collection", title="Colección «Ñandú» 😀 \u2028 \\x41")
    put(t.component, ordinal=9, id="child", ref_id="r" * 400, parent_id="top", level="series", title="")
    connection.execute(t.component.update().where(t.component.c.id == "top").values(ordinal=12))
    put(t.batch, id=5, kind="ingest", name="caja\udce9", paths=["/mnt/caja\udce9"], recipe="r", started=WHEN)
    put(t.container, id=3, type="box", indicator="007", barcode="31822000000000")
    put(t.container, id=8, type="folder", indicator="3", parent_id=3)
    put(t.component_container, component_id="child", container_id=8)
    put(
        t.file,
        id=2,
        sha256="a" * 64,
        bytes=5_000_000_000,
        media_type="image/tiff",
        puid="fmt/353",
        format="TIFF",
        frames=[[1, 100, 200, 300.5, True, ""]],
        embedded=[["title", "con \0 nulo", "IPTC 2:05"]],
    )
    put(t.root, name="disk\udcff", path="/mnt/disk\udcff")
    put(
        t.location,
        file_id=2,
        root="disk\udcff",
        path="caf\udce9\\1.tif",
        bytes=5_000_000_000,
        modified_ns=1_763_972_000_123_456_789,
        checked=WHEN,
        found="intact",
    )
    put(t.item, ordinal=6, id="item1", local_id="0012", origin="disk\udcff:caja", component_id="child", created=WHEN)
    put(t.item, ordinal=7, id="item2", local_id=None, undone=5, created=WHEN)
    put(t.item_container, item_id="item1", container_id=8)
    put(t.item_file, item_id="item1", file_id=2, role="preservation master")
    put(t.statement, item_id="item1", position=1, element="title", value='Una «cita»\n\ttabulada "x"', source="person")
    put(
        t.page,
        ordinal=1,
        id="page1",
        item_id="item1",
        sequence=1,
        label="xii",
        file_id=2,
        frame=1,
        width=100,
        height=200,
        dpi=299.99999999999994,
        shown_reading=70,
    )
    put(t.page, ordinal=2, id="page2", item_id="item1", sequence=0, file_id=2, frame=1, width=1, height=1, dpi=None)
    put(
        t.reading,
        id=70,
        page_id="page1",
        file_id=2,
        frame=1,
        reader="tesseract 5",
        recipe="r",
        languages="spa+eng",
        language="spa",
        words=1,
        confidence=0.1 + 0.2,
        layout=LAYOUT.to_bytes(),
        created=WHEN,
        transcript_id=2,
    )
    put(
        t.reading,
        id=71,
        page_id="page2",
        file_id=2,
        frame=1,
        reader="",
        recipe="r",
        languages="",
        language="und",
        words=0,
        confidence=None,
        layout=bytes(range(256)),
        created=WHEN,
    )
    put(
        t.decision,
        kind="correction",
        page_id="page1",
        reading_id=70,
        anchor={"exact": "Añ1l", "before": "", "after": ""},
        decided={"text": "Añil"},
        author="Ana Archivera",
        created=WHEN,
        placed_on=70,
    )
    put(
        t.mention,
        page_id="page1",
        reading_id=70,
        kind="place",
        first_word=0,
        last_word=0,
        text="Añil",
        rule="x",
        value="",
        candidates=[["la-paz/añil", ["name"]], ["añil", []]],
    )
    put(
        t.access_rule,
        id=40,
        subject_kind="item",
        subject_id="item1",
        state="closed",
        image=False,
        text=None,
        description=True,
        reason="expediente legal",
        authority="El Rescate",
        review_date="2031-12-31",
        origin="person",
        created=WHEN,
    )
    put(
        t.access_rule,
        subject_kind="page",
        subject_id="page2",
        state="withdrawn",
        origin="person",
        created=WHEN,
        ended=WHEN,
    )
    put(
        t.event,
        id=900,
        at=WHEN,
        agent="una persona",
        action="access",
        subject_kind="item",
        subject_id="item1",
        outcome="done",
        detail={"state": "closed", "path": "caf\udce9", "ñ": None, "n": [1, 2.5, True]},
    )
    put(t.alias, alias="old", kind="item", target="item1", reason="described by a row", at=WHEN)
    put(t.prior_state, batch_id=5, subject_kind="item", subject_id="item1", state={"title": "antes"})
    put(t.prior_state, batch_id=5, subject_kind="item", subject_id="item2", state=None)
    put(
        t.file_outcome,
        id=11,
        batch_id=5,
        path="/mnt/caja\udce9/1.tif",
        outcome="added",
        items=["item1"],
        pages=1,
        at=WHEN,
    )
    put(
        t.page_outcome,
        page_id="page1",
        batch_id=5,
        recipe="r",
        outcome="failed",
        reason="porque\0 no",
        traceback="a\nb",
        reader_seconds=1e-17,
        at=WHEN.astimezone(UTC),
    )
    put(t.outbox, subject_kind="page", subject_id="page1")
    put(t.withheld, subject_kind="item", subject_id="item1", component_id="child", until=1)
    put(
        t.identified_file,
        batch_id=5,
        root="disk\udcff",
        path="caja\udce9/2.tif",
        bytes=5_000_000_000,
        modified_ns=1_700_000_000_123_456_789,
        mark="m",
        found={"file": {"sha256": "b" * 64, "frames": []}, "notes": ["caf\udce9"], "kept": False},
    )
