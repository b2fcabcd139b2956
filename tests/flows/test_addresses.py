"""A server elsewhere: its address as people write it, its password, and what is said where it cannot be used."""

from __future__ import annotations

import http.server
import threading
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from flows import local_server, prefect_settings
from flows.addresses import foreign
from flows.refusals import BAD_ADDRESS, SERVER_AWAY, SERVER_LOCKED
from flows.runner import reach
from tests.raising import raises_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flows.server_note import Server

URL, PASSWORD = prefect_settings.FOREIGN_SERVER, prefect_settings.PASSWORD
WORD = "admin:hemligt"


class Locked(http.server.BaseHTTPRequestHandler):
    """As a server of Prefect that has a password: its health is told to everybody."""

    def do_GET(self) -> None:
        opened = self.headers.get("Authorization") == f"Basic {b64encode(WORD.encode()).decode()}"
        well = self.path == "/api/health" or (opened and self.path.startswith("/api/"))
        self.send_response(200 if well else 401)
        self.end_headers()
        self.wfile.write(b"true" if well else b"{}")

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def locked() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Locked)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def running(prefect_workspace: Path) -> Server:
    found = local_server.find(prefect_workspace)
    assert found is not None
    return found


@pytest.mark.parametrize("written", ["{api}", "{api}/", "{url}", "{url}/", " {api}// "])
def test_an_address_is_taken_as_people_write_it(running: Server, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, written.format(api=running.api_url, url=running.url))
    assert reach(tmp_path, lambda key, **values: None) == running.api_url
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "named", ["127.0.0.1:4200", "server", "ftp://server/api", "http:///api", "http://server:port/api", "http://[::1", "http://a b/api"]
)
def test_what_is_no_address_is_told_with_what_one_looks_like(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, named)
    with raises_code(BAD_ADDRESS) as caught:
        foreign()
    assert str(caught.value) == (
        f'{URL} must be an address such as http://server:4200/api; "{named}" is none. A password belongs in {PASSWORD}.'
    )
    assert caught.value.exit_code == 2


def test_an_address_with_a_password_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, f"http://{WORD}@server/api")
    with raises_code(BAD_ADDRESS) as caught:
        foreign()
    assert "hemligt" not in str(caught.value)


def test_a_server_that_the_operator_names_and_that_does_not_answer_is_told_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, "http://127.0.0.1:9/api")
    with raises_code(SERVER_AWAY) as caught:
        foreign()
    assert (caught.value.exit_code, "http://127.0.0.1:9/api" in str(caught.value)) == (9, True)


@pytest.mark.parametrize("wrong", ["", "admin:fel", "rad\nbrytning"])
def test_a_server_that_asks_for_a_password_is_told_so_with_the_setting(locked: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, locked)
    monkeypatch.setenv(PASSWORD, wrong)
    with raises_code(SERVER_LOCKED, SERVER_AWAY) as caught:
        foreign()
    assert caught.value.exit_code == 9
    if "\n" not in wrong:
        assert "401" in str(caught.value)
        assert PASSWORD in str(caught.value)
    assert not wrong or wrong not in str(caught.value)


def test_with_its_password_a_server_is_used(locked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, locked)
    monkeypatch.setenv(PASSWORD, WORD)
    assert foreign() == f"{locked}/api"
    given = prefect_settings.environment(tmp_path, None, f"{locked}/api", {URL: locked, PASSWORD: WORD})
    assert given["PREFECT_API_AUTH_STRING"] == WORD
    # Our own server has none, and is not told that of another.
    assert "PREFECT_API_AUTH_STRING" not in prefect_settings.environment(tmp_path, None, "http://127.0.0.1:1/api", {PASSWORD: WORD})
