"""However slow the engine is, pages that need no search are answered, and who finds no place is told so."""

import threading

import pytest

from archive.search.request import SearchResponse
from search_app import create_app
from search_app.admission import Admitted, EngineBusy, Places
from tests.patience import PATIENCE


class Hanging:
    """An engine that answers when it is let."""

    def __init__(self):
        self.let, self.inside = threading.Event(), threading.Semaphore(0)

    def search(self, request):
        self.inside.release()
        self.let.wait()
        return SearchResponse(0, (), {name: () for name in request.facets})


def admitted(app) -> Admitted:
    """What lets a site's searches in, beneath what leaves closed things out of them."""
    return app.extensions["rescate"].engine._engine


def test_where_all_hang_others_hear_so_and_pages_without_a_search_are_answered(archive):
    engine = Hanging()
    app = create_app(archive.config, engine=engine)
    admitted(app)._searches = Places(2, patience=0)
    waiting = [threading.Thread(target=lambda: app.test_client().get("/search?q=x")) for _ in range(2)]
    for one in waiting:
        one.start()
    for _ in waiting:
        assert engine.inside.acquire(timeout=PATIENCE)
    refused = app.test_client().get("/search?q=y")
    assert (
        refused.status_code == 503
        and refused.headers["Retry-After"]
        and "no responde" in refused.get_data(as_text=True)
    )
    assert app.test_client().get("/about").status_code == 200
    engine.let.set()
    for one in waiting:
        one.join()
    assert app.test_client().get("/search?q=y").status_code == 200


def test_whole_results_have_few_places_and_give_them_back(client, archive):
    app = create_app(archive.config)
    places = admitted(app)._wholes
    with places.taken(), places.taken():
        refused = app.test_client().get("/cite?q=Tecoluca&format=ris")
        assert refused.status_code == 503 and refused.headers["Retry-After"]
        assert app.test_client().get("/search?q=Tecoluca").status_code == 200
    for _ in range(5):
        assert app.test_client().get("/cite?q=Tecoluca&format=ris").status_code == 200
    # Somebody who goes away in the middle gives the place back, too.
    for _ in range(5):
        app.test_client().get("/cite?q=Tecoluca&format=ris", buffered=False).close()
    assert app.test_client().get("/cite?q=Tecoluca&format=ris").status_code == 200


def test_who_waits_waits_from_when_somebody_left_last():
    now = [0.0]
    places = Places(1, patience=2, clock=lambda: now[0])
    with places.taken():
        now[0] = 2.0
        with pytest.raises(EngineBusy), places.taken():
            pass
    with places.taken():
        pass
