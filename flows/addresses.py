"""The address of a Prefect server: taken as people write it, and asked whether a server answers there."""

from __future__ import annotations

import http.client
import json
import os
from base64 import b64encode
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from flows import prefect_settings
from flows.refusals import BAD_ADDRESS, SERVER_AWAY, SERVER_LOCKED

if TYPE_CHECKING:
    from urllib.parse import SplitResult

ANSWER_LIMIT: Final = 5.0
_MOST_READ: Final = 1_000_000
_REFUSED: Final = (http.client.UNAUTHORIZED, http.client.FORBIDDEN)


class Reply(NamedTuple):
    """What a server said: its status, 0 where there was no answer, and what stands in it, if that is JSON."""

    status: int
    body: object = None


_WELL: Final = Reply(http.client.OK, body=True)


def answers(api_url: str) -> bool:
    """Whether a Prefect server answers that it is healthy; asked without any proxy."""
    return ask(api_url, "/health") == _WELL


def foreign() -> str | None:
    """The address of the server elsewhere that the operator names, as it is to be used; None where none is named.

    Raises:
        Refusal: BAD_ADDRESS for what is no address; SERVER_AWAY where nobody answers; SERVER_LOCKED where a password is asked for.

    """
    named = (os.environ.get(prefect_settings.FOREIGN_SERVER) or "").strip().rstrip("/")
    if not named:
        return None
    _check(named)
    # People copy what stands in the address line of their browser; only where the interface itself is named is nothing to be added.
    tried = (named,) if "/api" in urlsplit(named).path else (f"{named}/api", named)
    for url in tried:
        # The page of health is open to everybody, so it alone does not tell whether a run would be taken.
        said = [ask(url, page, _credentials()) for page in ("/health", "/admin/version")]
        if any(one.status in _REFUSED for one in said):
            raise SERVER_LOCKED(url=named, password=prefect_settings.PASSWORD)
        if said[0] == _WELL:
            return url
    raise SERVER_AWAY(url=named)


def ask(api_url: str, path: str, headers: dict[str, str] | None = None) -> Reply:
    """Ask a server for a page.

    Args:
        api_url: the address of its interface.
        path: the page, with a slash before it.
        headers: what is sent along.

    Returns:
        The answer, of status 0 where there was none.

    """
    address = urlsplit(api_url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=ANSWER_LIMIT)
    try:
        connection.request("GET", f"{address.path}{path}", headers=headers or {})
        answer = connection.getresponse()
        return Reply(answer.status, _value(answer.read(_MOST_READ)))
    # A password that no header can hold is a ValueError.
    except (OSError, ValueError, http.client.HTTPException):
        return Reply(0)
    finally:
        connection.close()


def _value(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def telemetry(api_url: str) -> bool | None:
    """Whether a server sends its makers what is done there, by its own word; None where it does not say."""
    said = ask(api_url, "/admin/settings", _credentials()).body
    found = said.get("server", {}).get("analytics_enabled") if isinstance(said, dict) else None
    return found if isinstance(found, bool) else None


def _credentials() -> dict[str, str]:
    password = os.environ.get(prefect_settings.PASSWORD)
    return {"Authorization": f"Basic {b64encode(password.encode()).decode()}"} if password else {}


def _check(named: str) -> None:
    """Refuse what is no address. One that holds a password is never repeated: addresses are shown and logged."""
    address = _split(named)
    if address is None or address.scheme not in ("http", "https") or not address.hostname or address.username is not None:
        shown = "…" if "@" in named else named[:80]
        raise BAD_ADDRESS(name=prefect_settings.FOREIGN_SERVER, password=prefect_settings.PASSWORD, value=shown)


def _split(named: str) -> SplitResult | None:
    try:
        address = urlsplit(named)
        _ = address.port
        (address.hostname or "").encode("idna")
    # A UnicodeError is a ValueError too.
    except ValueError:
        return None
    return None if any(mark in named for mark in " \t\r\n") or not named.isascii() else address
