"""The process of the local server: Prefect's application behind a guard, on the socket that was bound for it.

Run by `local_server` as `python -m flows.server_process DESCRIPTOR`.
"""

from __future__ import annotations

import socket
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flows.prefect_settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Channel = Callable[..., Awaitable[Any]]

NAMES: Final = (LOOPBACK, "localhost")


class OwnOriginOnly:
    """Answers what is asked of the server by its own name and from its own pages; anybody else's page gets a refusal.

    A name that somebody points to 127.0.0.1 shows in `Host`, a page from elsewhere in `Origin`; the server has no password, so nothing
    else would keep a page that is open in the browser from reading and changing what is here.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}".encode() for name in NAMES}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: dict[str, Any], receive: Channel, send: Channel) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in ("http", "websocket") and not self._own(scope["headers"]):
            from starlette.responses import PlainTextResponse

            await PlainTextResponse(HTTPStatus.FORBIDDEN.phrase, HTTPStatus.FORBIDDEN)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _own(self, headers: list[tuple[bytes, bytes]]) -> bool:
        hosts = [value.lower() for name, value in headers if name == b"host"]
        origins = [value.lower() for name, value in headers if name == b"origin"]
        return len(hosts) == 1 and hosts[0] in self._hosts and all(origin in self._origins for origin in origins)


def main(descriptor: int) -> None:
    """Serve until a signal comes."""
    bound = socket.socket(fileno=descriptor)
    import uvicorn
    from prefect.server.api.server import create_app

    app = OwnOriginOnly(create_app(final=True), bound.getsockname()[1])
    uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_keep_alive=5)).run(sockets=[bound])


if __name__ == "__main__":
    main(int(sys.argv[1]))
