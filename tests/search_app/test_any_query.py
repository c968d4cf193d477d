"""Queries of any characters at all: an answer or a refusal, never a fault."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

calm = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pieces = st.lists(
    st.sampled_from(
        [
            '"',
            "(",
            ")",
            "-",
            "*",
            "OR",
            "NOT",
            "AND",
            "date:",
            "fecha:",
            "1983",
            "..",
            "|",
            "ñ",
            "\u0301",
            "a",
            "Tecoluca",
            " ",
            "\\",
            "/",
            "[",
            "~",
            "^",
            ":",
            "\u200b",
            "﷽",
            "\x00",
            "\n",
            "𝔘",
        ]
    )
).map("".join)


@calm
@given(st.one_of(pieces, st.text(max_size=60)))
@example("\x00")
@example("\ud7ff")
@example("a" * 3000)
@example("(" * 2000)
@example("%")
@example("-" * 500)
def test_any_query(client, typed):
    for path in ("/search", "/search.json", "/cite"):
        answer = client.get(path, query_string={"q": typed})
        assert answer.status_code in (200, 400), (path, typed)


@calm
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "q",
                "date",
                "place",
                "language",
                "genre",
                "series",
                "from",
                "to",
                "sort",
                "page",
                "selected",
                "lang",
                "format",
                "style",
                "cite",
                "only",
            ]
        ),
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(
                [
                    "198X",
                    "1983",
                    "1983-99",
                    "1983-05~",
                    "9999-12-31",
                    "0000",
                    "000X",
                    "~",
                    "undated",
                    "-1",
                    "1e9",
                    "99999999999999999999",
                ]
            ),
        ),
        max_size=4,
    )
)
@example({"q": "", "date": "", "page": "2"})
def test_any_address(client, archive, said):
    for path in ("/search", "/cite", archive.ark("weekly", 1), f"/ark:99999/{archive.components['weekly']}"):
        # There is no second page of what fits on one: 404, as for any address of which there is nothing.
        answers = (200, 400, 404) if "page" in said else (200, 400)
        assert client.get(path, query_string=said).status_code in answers, path


@calm
@given(st.binary(max_size=20))
def test_any_bytes_as_an_address(client, typed):
    quoted = "".join(f"%{byte:02x}" for byte in typed)
    for address in (
        f"/search?q={quoted}",
        f"/{quoted}?{quoted}",
        f"/ark:99999/{quoted}",
        f"/image/{quoted}.jpg",
        f"/cite/{quoted}",
    ):
        assert client.get(address).status_code < 500, address
