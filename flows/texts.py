"""What the local server says while it starts, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "server-first": {
        "sv": "Startar Prefects server på den här datorn. Första gången bygger den sin databas; det tar omkring 20 sekunder.",
        "en": "Starting Prefect's server on this machine. The first time it builds its database, which takes about 20 seconds.",
    },
    "server-start": {
        "sv": "Startar Prefects server på den här datorn; den är igång om omkring 15 sekunder och används sedan igen.",
        "en": "Starting Prefect's server on this machine; it is ready in about 15 seconds and then used again.",
    },
    "server-wait": {
        "sv": "Väntar på Prefects server, {seconds} s …",
        "en": "Waiting for Prefect's server, {seconds} s …",
    },
    "server-ready": {
        "sv": "Prefects server är igång: {url}",
        "en": "Prefect's server is ready: {url}",
    },
}
