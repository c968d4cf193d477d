"""What every engine must do alike, against the matcher as oracle: hits, counts, facets, orders, snapshots, swaps."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from archive import dates
from archive.access import Audience
from archive.errors import QueryError
from archive.search.bins import GRAINS
from archive.search.document import Document
from archive.search.elastic import Elastic
from archive.search.embedded import Embedded
from archive.search.kinds.page import FIELDS
from archive.search.query import EVERYTHING, parse
from archive.search.refused import FARTHEST
from archive.search.request import SearchRequest, Sort, Stretch, Withheld
from archive.search.stored import unpack
from tests.archive.search import corpus, oracle
from tests.archive.search.test_division import CASES as DIVISIONS
from tests.archive.search.test_division import passages

FACETS = tuple(FIELDS.facets)

UNITS = corpus.units()
#: More than Elasticsearch gives by offset.
MANY = corpus.many(10_600)

with Path(corpus.__file__).with_name("queries.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def filters(written: str) -> dict[str, tuple[str, ...]]:
    chosen = (one.split("=") for one in written.split(";") if one)
    return {name: tuple(values.split("|")) for name, values in chosen}


def named(case) -> str:
    return f"{case['query']}[{case['filters']}]" if case["filters"] else case["query"] or "(empty)"


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def engine_of(request, tmp_path_factory):
    """Makes engines of one kind: `engine_of("name")`, the same index again for the same name."""
    made = []

    def engine(name: str, audience=Audience.PUBLIC, fields=FIELDS):
        if request.param == "embedded":
            one = Embedded(folder / name / fields.index(audience), fields, audience)
        else:
            own = replace(settings, index=f"{settings.index}-{name}")
            one = Elastic(own, fields, audience, folder / name / fields.index(audience))
        made.append(one)
        return one

    folder = tmp_path_factory.mktemp("indexes")
    settings = request.getfixturevalue("elasticsearch_settings_of_module") if request.param == "elasticsearch" else None
    yield engine
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def units(engine_of):
    """An engine that holds the units of units.tsv."""
    engine = engine_of("units")
    assert engine.rebuild(UNITS) == len(UNITS)
    return engine


@pytest.fixture(scope="module")
def many(engine_of):
    """An engine that holds many small units, written in two halves, the later ones first."""
    engine = engine_of("many")
    engine.rebuild(MANY[5000:])
    engine.write(MANY[:5000])
    return engine


def test_a_hit_brings_the_words_kept_of_it_and_one_of_a_walk_none(units):
    request = SearchRequest(parse("policía"), size=5)
    by_id = {one.id: one for one in UNITS}
    found = units.search(request).hits
    assert found
    for hit in found:
        kept, texts = unpack(hit.words), by_id[hit.id].texts
        assert kept.passages == {name: said for name, said in texts.items() if name in FIELDS.kept and said}
    assert not any(hit.words for hit in units.every(request))


@pytest.fixture
def fresh(engine_of, request):
    """An engine with an index of the test's own, not built yet."""
    return engine_of(f"fresh-{abs(hash(request.node.nodeid))}")


def counted(response):
    return {facet: {bucket.value: bucket.count for bucket in buckets} for facet, buckets in response.facets.items()}


def ids(hits):
    return [hit.id for hit in hits]


# -- what is found and counted


@pytest.mark.parametrize("case", CASES, ids=named)
def test_hits_counts_and_facets_are_the_matchers(case, units):
    chosen = filters(case["filters"])
    if case["found"] == "QueryError":
        with pytest.raises(QueryError):
            parse(case["query"])
        return
    request = SearchRequest(parse(case["query"]), filters=chosen, facets=FACETS, size=100)
    response = units.search(request)
    assert sorted(ids(response.hits)) == case["found"].split() == ids(oracle.hits(UNITS, request))
    assert response.total == len(response.hits)
    assert counted(response) == oracle.facets(UNITS, request)
    assert {hit.item for hit in response.hits} == {one.item for one in oracle.hits(UNITS, request)}


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize(
    "chosen",
    [
        "",
        "date=198X",
        "date=1984",
        "date=1984-03",
        "date=1984-03-12",
        "date=198X|1992",
        "date=1984|undated",
        "date=~",
        "date=1984-03~",
        "date=199X;genre=report",
        "date=1984;language=spa|und;place=san-vicente",
    ],
)
def test_histograms_drill_down(grain, chosen, units):
    request = SearchRequest(filters=filters(chosen), facets=FACETS, date_bin=grain, size=0)
    response = units.search(request)
    assert response.hits == ()
    assert response.total == len(oracle.hits(UNITS, request))
    assert counted(response) == oracle.facets(UNITS, request)


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize(
    "query, chosen",
    [
        ("", ""),
        ("san", ""),
        ("-masacre", "genre=report|chronology"),
        ("", "date=1984;language=spa"),
        ("date:1980..1985", "place=morazan"),
    ],
)
def test_every_count_is_the_total_of_its_filter(query, chosen, grain, units):
    request = SearchRequest(parse(query), filters=filters(chosen), facets=FACETS, date_bin=grain)
    checked = 0
    for facet, buckets in units.search(request).facets.items():
        for bucket in buckets[:12]:
            alone = replace(request, filters={**request.filters, facet: (bucket.value,)}, facets=(), size=0)
            assert units.search(alone).total == bucket.count, (facet, bucket)
            checked += 1
    assert checked > 5


def test_facets_stand_in_their_order(units):
    found = units.search(SearchRequest(facets=FACETS, date_bin="year")).facets
    years = [bucket.value for bucket in found["date"]]
    assert years == sorted(years[:-2]) + ["~", "undated"]
    assert list(found["genre"]) == sorted(found["genre"], key=lambda bucket: (-bucket.count, bucket.value))


@pytest.mark.parametrize(
    "typed",
    [
        " OR ".join(f"palabra{n}á" for n in range(199)) + " OR masacre",
        " ".join(f"-palabra{n}" for n in range(199)) + " masacre",
        " OR ".join(f"p{n}*" for n in range(199)) + " OR masacr*",
        "-(a (b OR -(c (d OR -(-masacre)))))",
        "(x OR (y (x OR (y (x OR (y (x OR (y (x OR masacre)))))))) OR masacre",
        "m* OR s*",
        '"' + "la " * 500 + '"',
        "x" * 15_000,
        "1" * 300,
        "masacre" + "*" * 50,
    ],
)
def test_the_longest_queries_are_answered(typed, units):
    request = SearchRequest(parse(typed), facets=FACETS, size=100)
    assert sorted(ids(units.search(request).hits)) == ids(oracle.hits(UNITS, request))


@pytest.mark.parametrize(
    "typed",
    [
        '"' + "la " * 3000 + '"',
        " OR ".join(f'"masacre {n}"' for n in range(100)),
        " OR ".join(f"{letter}*" for letter in "abcdefghij" * 10),
    ],
)
def test_what_costs_too_much_is_refused(typed, units):
    for ask in (units.search, lambda request: next(units.every(request))):
        with pytest.raises(QueryError, match="too much"):
            ask(SearchRequest(parse(typed)))


@pytest.mark.parametrize(
    "wrong",
    [
        dict(facets=("colour",)),
        dict(filters={"colour": ("red",)}),
        dict(date_bin="week"),
        dict(offset=-1),
        dict(size=-1),
        dict(filters={"place": ("\udc80",)}),
        dict(filters={"place": ("a\0b",)}),
    ],
)
def test_what_is_not_there_to_ask_is_refused(wrong, units):
    with pytest.raises(QueryError):
        units.search(SearchRequest(**wrong))


def test_a_request_for_another_audience_is_refused(units):
    with pytest.raises(ValueError):
        units.search(SearchRequest(audience=Audience.STAFF))
    with pytest.raises(ValueError):
        next(units.every(SearchRequest(audience=Audience.STAFF)))


def test_the_audiences_indexes_stand_apart(engine_of):
    public, staff = engine_of("two"), engine_of("two", Audience.STAFF)
    public.rebuild(UNITS[:3])
    staff.rebuild(UNITS[:5])
    assert public.search(SearchRequest()).total == 3
    assert staff.search(SearchRequest(audience=Audience.STAFF)).total == 5


SETS = [
    "[1984,1986]",
    "{1984,1986..1988}",
    "[..1981,1985]",
    "[1984-03-12, 1984-05-15]",
    "{1980,1982,1984,1986,1988,1990,1992}",
    "[1983-12,1984-02,1990..]",
    "1984/1986",
    "[1984,1985]",
]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("date:1985", [2, 6, 7]),
        ("date:1984", [0, 1, 3, 4, 5, 6, 7]),
        ("date:1986", [0, 1, 4, 6]),
        ("date:1985..1986", [0, 1, 2, 4, 6, 7]),
        ("date:1984-04", [0, 1, 4, 6, 7]),
        ("date:1984-03-12", [0, 1, 3, 4, 6, 7]),
        ("date:1984-03-13", [0, 1, 4, 6, 7]),
        ("date:1981", [2]),
        ("date:1983", [5]),
        ("date:1989", [4]),
        ("date:1991", [4, 5]),
        ("date:1985..", [0, 1, 2, 4, 5, 6, 7]),
        ("date:..1983", [2, 4, 5]),
        ("-date:1985", [0, 1, 3, 4, 5]),
    ],
)
def test_a_set_is_of_its_members_alone(typed, found, sets):
    """Of a set with more than four gaps the shortest are not told: the fifth is found in 1989, too."""
    request = SearchRequest(parse(typed), facets=FACETS, date_bin="year")
    response = sets.search(request)
    assert sorted(int(id) for id in ids(response.hits)) == found == [int(id) for id in ids(oracle.hits(DATED, request))]
    assert counted(response) == oracle.facets(DATED, request)


@pytest.mark.parametrize("grain", GRAINS)
def test_a_set_has_bins_of_its_members_alone(grain, sets):
    request = SearchRequest(facets=("date",), date_bin=grain, size=0)
    assert counted(sets.search(request)) == oracle.facets(DATED, request)
    for bucket in sets.search(request).facets["date"]:
        assert sets.search(replace(request, filters={"date": (bucket.value,)})).total == bucket.count


DATED = [
    Document(str(n), "i", n + 1, earliest=one.earliest, latest=one.latest, gaps=dates.gaps(one))
    for n, one in enumerate(map(dates.parse, SETS))
]


@pytest.fixture(scope="module")
def sets(engine_of):
    engine = engine_of("sets")
    engine.rebuild(DATED)
    return engine


# -- divided words


@pytest.fixture(scope="module")
def divided(engine_of):
    """An engine that holds each text of divided.tsv once."""
    engine = engine_of("divided")
    engine.rebuild(DIVIDED)
    return engine


DIVIDED = [
    Document(f"d{n:03}", "i", n + 1, texts={"shown": passages(text)})
    for n, text in enumerate(dict.fromkeys(case["text"] for case in DIVISIONS))
]


def test_a_word_is_found_however_it_is_divided(divided):
    for typed in dict.fromkeys(case["typed"] for case in DIVISIONS):
        request = SearchRequest(parse(typed), size=200)
        assert sorted(ids(divided.search(request).hits)) == ids(oracle.hits(DIVIDED, request)), typed


# -- orders and pages


@pytest.mark.parametrize("sort", [Sort.DATE, Sort.DATE_DESC])
@pytest.mark.parametrize("query", ["", "san", "-san"])
def test_dates_order_and_ties_are_by_ordinal(query, sort, units):
    request = SearchRequest(parse(query), sort=sort, size=100)
    assert ids(units.search(request).hits) == oracle.by_date(UNITS, request)
    assert {hit.score for hit in units.search(request).hits} == {0.0}


def test_without_words_to_weigh_the_archives_order_holds(units):
    for query in ("", "date:1984", "polic*", "-san", "polic* OR date:1982"):
        request = SearchRequest(parse(query), size=100)
        assert ids(units.search(request).hits) == ids(oracle.hits(UNITS, request))


@cache
def of_many(query: str) -> list[str]:
    """The ids that the oracle finds among the many, asked once for all orders and engines."""
    return ids(oracle.hits(MANY, SearchRequest(parse(query))))


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", ["", "acta", "paz tregua", "paz*"])
def test_pages_fit_each_other(query, sort, many):
    request = SearchRequest(parse(query), sort=sort)
    whole = ids(many.every(request))
    assert sorted(whole) == of_many(query)
    for offset, size in [
        (0, 20),
        (20, 20),
        (990, 33),
        (9_980, 20),
        (9_990, 20),
        (10_000, 10),
        (10_590, 20),
        (len(whole) - 3, 20),
        (50_000, 10),
        (10**15, 10),
        (9_990, 10**12),
        (10**25, 10**25),
    ]:
        if offset < len(whole) and offset + size > FARTHEST:
            with pytest.raises(QueryError, match="file of citations"):
                many.search(replace(request, offset=offset, size=size))
            continue
        response = many.search(replace(request, offset=offset, size=size))
        assert ids(response.hits) == whole[offset : offset + size]
        assert response.total == len(whole)


@pytest.mark.parametrize("query", ["", "paz", "paz tregua", "paz*", "-paz", "date:1980..1982"])
def test_a_stretch_of_an_item_is_in_the_order_of_its_places(query, many):
    for item in ("j0", "j700", "j1427", "j1428", "nosuch"):
        for first, last, backwards in [
            (1, None, False),
            (4, None, False),
            (1, 3, True),
            (3, 5, False),
            (9, None, True),
        ]:
            request = SearchRequest(parse(query), stretch=Stretch(item, first, last, backwards))
            found = many.search(request)
            assert ids(found.hits) == oracle.along(MANY, request) and found.total == len(found.hits)
            assert ids(many.search(replace(request, size=1)).hits) == ids(found.hits)[:1]
            assert ids(many.every(request)) == ids(found.hits)


def test_of_a_stretch_what_is_withheld_is_left_out(many):
    request = SearchRequest(EVERYTHING, stretch=Stretch("j700"))
    assert many.search(request).total == 7
    assert not many.search(replace(request, withheld=Withheld(items=("j700",)))).hits


@cache
def by_date_of_many(sort: Sort) -> list[str]:
    return oracle.by_date(MANY, SearchRequest(parse("tregua"), sort=sort))


@pytest.mark.parametrize("sort", [Sort.DATE, Sort.DATE_DESC])
def test_dates_order_many(sort, many):
    assert ids(many.every(SearchRequest(parse("tregua"), sort=sort))) == by_date_of_many(sort)


IN_THREE_PLACES = SearchRequest(parse("paz"), facets=FACETS, date_bin="day", filters={"place": ("p1", "p2", "p3")})


@cache
def counted_of_many() -> dict[str, dict[str, int]]:
    return oracle.facets(MANY, IN_THREE_PLACES)


def test_many_are_counted_exactly(many):
    assert counted(many.search(IN_THREE_PLACES)) == counted_of_many()
