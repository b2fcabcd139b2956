"""Each key of a track's own tests in use, and for each finding in them a bad example and a good one, in Swedish words."""

from __future__ import annotations

from typing import Final

# Its default (empty where there is none) and an example.
CASE_KEYS: Final[dict[str, tuple[str, str]]] = {
    "test file.test": ("", "jobbtorg-stockholm"),
    "test file.cases": ("", "[{namn: Antas genast, givet: {anmäld: 2012-03-05, uppgifter: {bistånd: ja}}, så: {2012-03-05: antas}}]"),
    "case.name": ("", "Ett eget team inom fem arbetsdagar"),
    "case.given": ("", "{anna: {anmäld: 2012-03-05}, grupp: {antal: 3, anmäld: 2012-03-06}}"),
    "case.when": ("", "{2012-03-06: team börjar, 2012-03-20: team klar siktar_på=arbete}"),
    "case.then": ("", "{2012-03-05: [antas, team ska börja senast=2012-03-12], aldrig: team start försenad}"),
    "person.referred": ("", "2012-03-05"),
    "person.facts": ("", "{bistånd: ja}"),
    "person.selected": ("", "norrbygg"),
    "person.born": ("", "1994-05"),
    "person.channel": ("handläggare", "uppsökande"),
    "person.count": ("1", "8"),
    "person.track": ("", "jobbtorg-stockholm"),
}


def _case(said: str, then: str = "2012-03-05: antas", given: str = "anmäld: 2012-03-05, uppgifter: {bistånd: ja}") -> str:
    return f"prov: jobbtorg-stockholm\nfall:\n- namn: Ett fall\n  givet: {{{given}}}\n  när: {{{said}}}\n  så: {{{then}}}"


_TWO: Final = "anna: {anmäld: 2012-03-05}, bo: {anmäld: 2012-03-05}"
_GOOD: Final = _case("2012-03-06: team börjar")
CASE_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS301": (_GOOD.replace("jobbtorg-stockholm", "jobbtorg-stokholm"), _GOOD),
    "JS302": (_GOOD, _GOOD),
    "JS303": (_case("i mars: team börjar"), _case("dag 1: team börjar")),
    "JS304": (
        _case("2012-03-20: team klar, 2012-03-06: team börjar"), _case("2012-03-06: team börjar, 2012-03-20: team klar"),
    ),
    "JS305": (_case("2012-03-01: team börjar"), _GOOD),
    "JS306": (_case("2012-03-06: team börjat"), _GOOD),
    "JS307": (_case("2012-03-06: team"), _GOOD),
    "JS308": (_case("2012-03-06: team börjar nu"), _GOOD),
    "JS309": (_case("2012-03-06: team startar"), _case("2012-03-06: team börjar", "2012-03-06: team startar")),
    "JS310": (
        _case("2012-03-06: team börjar", "2012-03-05: anna antas", _TWO),
        _case("2012-03-06: anna team börjar", "2012-03-05: anna antas", _TWO),
    ),
    "JS311": (
        _case("2012-03-06: tackar ja", "2012-03-05: antas", "team: {anmäld: 2012-03-05}"),
        _case("2012-03-06: anna team börjar", "2012-03-05: antas", "anna: {anmäld: 2012-03-05}"),
    ),
    "JS312": (_case("2012-03-06: uppger bistånd=kanske"), _case("2012-03-06: uppger bistånd=ja")),
    "JS313": ("jobbspar test tom-mapp", "jobbspar test tracks"),
    "JS314": (
        _case("2012-03-06: [team börjar, team klar, stödbehov=stort]"), _case("2012-03-06: [team börjar, team klar stödbehov=stort]"),
    ),
}  # fmt: skip
