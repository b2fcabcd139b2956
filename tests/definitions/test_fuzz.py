"""Whatever is written, reading it ends with a track or with findings that have a place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from definitions.loading import Loaded, load_paths, load_text
from definitions.model import Track
from definitions.rendering import FORMATS
from definitions.source import decoded
from definitions.stored import restored
from definitions.vocabulary import KEYS, SECTIONS

SEED = """\
spår: bygg
namn: Bygg
typ: jobbspår
parter: [kommun]
period: {från: 2026-01-01, till: 2028-01-01}
arbetsgivare:
- {id: norrbygg, namn: Norrbygg AB, bransch: F, behov: {yrke: "7111", tjänster: 6}, kräver: [körkort], avtal: {undertecknat: 2026-01-01}}
uppgifter: {svenska: [A, B], körkort: ja/nej, inskriven: datum, barn: {typ: tal, åtkomst: begränsad}}
målgrupp: {krav: [svenska >= B, {regel: ålder >= 18, skäl: Lagen}], löpande_krav: känd(barn)}
intag: {platser: 12, minst_antal: 8, starter: [2026-08-31, {datum: 2027-02-01, hos: norrbygg}], turordning: [svenska högst först]}
steg:
- {id: kartläggning, typ: kartläggning, längd: 1 vecka, ger: [körkort]}
- {id: vux, typ: yrkesvux, starter: [2026-09-21], kostnad: 1200 per vecka, vid_resultat: {ej_klar: {gör_om: 1, sedan: {överför: fk}}}}
- {id: språk, typ: insats, namn: Språk, parallellt_med: vux, om: inte körkort}
- {id: praktik, typ: praktik, platser: {norrbygg: 6}, efter: [vux], vid_resultat: {avbruten: {gå_till: vux, högst: 2}}}
- {id: stöd, typ: stöd, från: 2 veckor före slut på praktik, till: 3 månader efter anställning}
överföringar: {fk: {mottagare: Försäkringskassan, kräver: resultat(vux) = klar, tar_med: [körkort]}}
mål:
- {id: a, namn: A, räknar: utfall = arbete och varade(1 månad), mätt: periodens slut, minst: 70 %}
- {id: b, namn: B, indikator: kolada, bland: inte a, status: struket, beslut: {datum: 2026-01-01, av: X, skäl: Y}}
"""
OTHER_WORDS = {"ja/nej", "2 veckor", "slut på a", "inte a", "löpande", "70 %", "kolada", "a", "[", "]", "{", "}", ":", "- "}
WORDS = sorted({*KEYS, *KEYS.values(), *OTHER_WORDS})
VALUES = st.recursive(
    st.sampled_from([*WORDS, "", "~", "2026-01-01", "9" * 50, "\u202e", "å", "A\u030a", "<<", "*a", "!!x y"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*KEYS, *KEYS.values(), "a", "klar"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def flow(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    return f"'{value}'" if set(str(value)) & set("[]{}:,*!<\u202e") else str(value)


def sound(loaded: Loaded) -> None:
    assert (loaded.track is None and loaded.indicator is None) == any(d.severity.value == "error" for d in loaded.diagnostics)
    if loaded.track is not None:
        assert restored(Track, loaded.track.meaning()) == replace(loaded.track, key_language="sv")
    for found in loaded.diagnostics:
        assert found.span.line >= 1
        assert 1 <= found.span.col <= found.span.end_col
        assert all(found.message(lang) and found.hint(lang) for lang in ("sv", "en"))
    assert all(render([loaded], "sv") for name, render in FORMATS.items() if name != "github" or loaded.diagnostics)


@given(st.text(max_size=200))
@example("{")
@example("a: &a [*a]")
@example("\ufeff")
@example("\ufeff\ufeff")
@example("%YAML 9.9\n---\na: b")
@example("? : ?")
def test_any_text_is_taken_or_refused(text: str) -> None:
    sound(load_text(text))


@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    text, found = decoded(data, "x")
    assert found or text is not None
    if text is not None:
        sound(load_text(text))


@given(st.dictionaries(st.sampled_from([key for name in SECTIONS["track"] for key in (name, KEYS[name])]), VALUES, max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_values_under_known_keys_are_taken_or_refused(values: dict[str, object]) -> None:
    sound(load_text(flow(values)))


@given(st.integers(0, len(SEED)), st.integers(0, 30), st.one_of(st.sampled_from(WORDS), st.text(max_size=8)))
@settings(max_examples=300, deadline=None)
def test_a_track_with_one_edit_is_taken_or_refused(at: int, width: int, instead: str) -> None:
    sound(load_text(SEED[:at] + instead + SEED[at + width :]))


def test_the_unedited_track_is_taken() -> None:
    loaded = load_text(SEED)
    assert not loaded.diagnostics
    assert loaded.track is not None
    assert loaded.track.meaning()["steps"][4]["begins"] == {
        "anchor": "end", "step": "praktik", "before": {"count": 2, "unit": "weeks"}
    }  # fmt: skip


def test_a_file_that_changes_kind_between_runs_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    for data in (b"", b"\xff", SEED.encode(), b"\x00"):
        file.write_bytes(data)
        (loaded,) = load_paths([file])
        sound(loaded)
        assert (loaded.track is not None) == (data == SEED.encode())
