from __future__ import annotations

from tracks.events.canonical_json import canonical, composed


def test_what_is_folded_of_an_event_is_what_its_text_says() -> None:
    said = {"employer": "Ma\u030al", "facts": {"ort": ["O\u0308", 1, None]}}
    assert composed(said) == {"employer": "M\u00e5l", "facts": {"ort": ["\u00d6", 1, None]}}
    assert canonical(composed(said)) == canonical(said)
