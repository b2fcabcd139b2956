"""The one table of names: the Swedish word of every English key, word and code of the language."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Lang = Literal["sv", "en"]
Names = MappingProxyType[str, str]


def _names(**words: str) -> Names:
    return MappingProxyType(words)


KEYS: Final = _names(
    track="spår", name="namn", type="typ", based_on="bygger_på", without="utan", description="beskrivning", texts="texter",
    programme="program", owner="ägare", partners="parter", period="period", employers="arbetsgivare", facts="uppgifter",
    target_group="målgrupp", intake="intag", steps="steg", follow_up="uppföljning", transfers="överföringar", goals="mål",
    until="till", id="id", sector="bransch", need="behov", occupation="yrke", positions="tjänster", requires="kräver",
    agreement="avtal", reference="beteckning", signed="undertecknat", access="åtkomst", ground="grund", entry="krav",
    ongoing="löpande_krav", longest="längst", starts="starter", places="platser", minimum="minst_antal", order="turordning",
    date="datum", employer="hos", offer_before_start="erbjud_före_start", answer_within="svar_inom", join_within="ansluta_inom",
    caseload="ärenden_per_handläggare", responsible="ansvarig", subject="gäller", after="efter", alongside="parallellt_med",
    when="om", length="längd", start_within="start_inom", phases="faser", gives="ger", results="resultat",
    on_result="vid_resultat", contact_every="kontakt_var", report_after="rapport_efter", hours_per_week="timmar_per_vecka", cost="kostnad",
    pauses="uppehåll", goto="gå_till", retry="gör_om", transfer="överför", at_most="högst", then="sedan", to="mottagare",
    carries="tar_med", indicator="indikator", counts="räknar", among="bland", at="mätt", at_least="minst", status="status",
    decision="beslut", by="av", reason="skäl", rule="regel", comparison="jämförelse", value="värde", source="källa", test="prov",
    cases="fall", given="givet", referred="anmäld", born="född", channel="väg_in", selected="utvald", count="antal", notes="anteckningar",
    **{"from": "från"},
)  # fmt: skip
# A case of a test reads `given, when, then`; there two keys have another Swedish name than in a step and in an action.
CASE_KEYS: Final = _names(when="när", then="så")

# What each mapping of a file may hold, required keys first.
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "track": (
        "track", "name", "type", "based_on", "without", "description", "texts", "programme", "owner", "partners", "period", "employers",
        "facts", "target_group", "intake", "longest", "report_after", "notes", "steps", "follow_up", "transfers",
        "goals",
    ),
    "indicator file": ("indicator", "name", "source", "counts", "among", "at"),
    "period": ("from", "until"),
    "employer": ("id", "name", "sector", "need", "requires", "agreement"),
    "need": ("occupation", "positions"),
    "agreement": ("type", "reference", "signed"),
    "fact": ("type", "name", "access", "ground"),
    "target_group": ("entry", "ongoing"),
    "intake": ("starts", "places", "minimum", "order", "offer_before_start", "answer_within", "join_within", "caseload"),
    "start": ("date", "places", "minimum", "employer"),
    "step": (
        "id", "type", "name", "description", "responsible", "subject", "after", "alongside", "from", "until", "when", "requires",
        "length", "start_within", "starts", "places", "employer", "phases", "gives", "results", "on_result", "contact_every",
        "report_after", "hours_per_week", "cost", "pauses",
    ),
    "condition": ("rule", "reason"),
    "goto": ("goto", "at_most", "length", "hours_per_week", "then"),
    "retry": ("retry", "length", "hours_per_week", "then"),
    "transfer action": ("transfer",),
    "transfer": ("to", "requires", "carries"),
    "goal": ("id", "name", "indicator", "counts", "among", "at", "at_least", "at_most", "status", "decision", "comparison"),
    "decision": ("date", "by", "reason"),
    "comparison": ("name", "value", "date", "source"),
    "test file": ("test", "cases"),
    "case": ("name", "given", "when", "then"),
    "person": ("referred", "facts", "selected", "born", "channel", "count", "track"),
})  # fmt: skip

OPERATORS: Final = _names(**{"and": "och", "or": "eller", "not": "inte"})
FUNCTIONS: Final = _names(result="resultat", days_since="dagar_sedan", known="känd", lasted="varade")
BUILT_IN: Final = _names(
    age="ålder", outcome="utfall", sex="kön", born_abroad="utrikesfödd", schooling="utbildningsnivå", channel="väg_in",
    selected="utvald", employer="arbetsgivare", completed="fullföljd",
)  # fmt: skip
IN_TRACK: Final = _names(in_track="i_spåret")
SEX: Final = _names(woman="kvinna", man="man", other="annat")
SCHOOLING: Final = _names(no_upper_secondary="ej_gymnasium", upper_secondary="gymnasium", higher="eftergymnasial")
RESULTS: Final = _names(done="klar", not_passed="ej_klar", interrupted="avbruten", hired="anställd", not_hired="ej_anställd")
SKIPPED: Final = _names(skipped="överhoppad")
OUTCOMES: Final = _names(
    work="arbete", work_with_support="arbete_med_stöd", own_business="eget_företag", studies="studier",
    municipal_employment="arbetsmarknadsanställning", other_measure="annan_insats", other_authority="annan_myndighet",
    other="annat", unknown="okänt",
)  # fmt: skip
YES_NO: Final = _names(yes="ja", no="nej")
FACT_TYPES: Final = _names(**{"yes/no": "ja/nej", "number": "tal", "date": "datum"})
UNITS: Final[Mapping[str, str]] = MappingProxyType({
    "day": "days", "days": "days", "dag": "days", "dagar": "days",
    "working day": "working days", "working days": "working days", "arbetsdag": "working days", "arbetsdagar": "working days",
    "week": "weeks", "weeks": "weeks", "vecka": "weeks", "veckor": "weeks",
    "month": "months", "months": "months", "månad": "months", "månader": "months",
})  # fmt: skip
UNITS_SHOWN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "days": ("dag", "dagar"), "working days": ("arbetsdag", "arbetsdagar"), "weeks": ("vecka", "veckor"), "months": ("månad", "månader"),
})  # fmt: skip
ANCHORS: Final = _names(admission="antagning", exit="avslut", employment="anställning")
STEP_ANCHORS: Final = _names(**{"start of": "start på", "end of": "slut på"})
POINT_WORDS: Final = _names(after="efter", before="före")
WHEN_NEEDED: Final = _names(**{"when needed": "vid behov"})
ACTIONS: Final = _names(next="nästa", ask="fråga", end="avsluta")
ACTION_KEYS: Final = _names(goto="gå_till", at_most="högst", then="sedan", retry="gör_om", transfer="överför")
TRACK_TYPES: Final[Mapping[str, str]] = MappingProxyType({"jobbspår": "jobbspår", "förberedande spår": "förberedande spår"})
STEP_TYPES: Final[tuple[str, ...]] = ("kartläggning", "yrkesvux", "praktik", "förberedande anställning", "stöd", "insats")
# Those that are done with an employer (rule R33).
AT_EMPLOYERS: Final[tuple[str, ...]] = ("praktik", "förberedande anställning")
STEP_TYPE_SYNONYMS: Final = _names(support="stöd")
SUBJECTS: Final = _names(participant="deltagare", employer="arbetsgivare", start="omgång")
RESPONSIBLE_EMPLOYER: Final = _names(employer="arbetsgivare")
ACCESS: Final = _names(restricted="begränsad")
GROUNDS: Final = _names(
    age="ålder", sex="kön", transgender="könsidentitet", origin="ursprung", religion="religion", disability="funktionsnedsättning",
    orientation="läggning",
)  # fmt: skip
# Other words for the grounds; a fact with such an id must say which ground it touches (rule R49).
GROUND_SYNONYMS: Final[Mapping[str, str]] = MappingProxyType({
    spelling: ground
    for ground, spellings in {
        "age": "född födelseår födelsedatum född_år åldersgrupp birth_year year_of_birth date_of_birth age_group",
        "sex": "gender kvinna kvinnor man män woman women men female male gravid graviditet pregnant pregnancy",
        "transgender": "könsuttryck könsöverskridande gender_identity transperson trans",
        "origin": "ethnicity etnicitet etnisk_tillhörighet nationality nationalitet födelseland härkomst hudfärg ras race invandrare "
        "immigrant utländsk utländsk_bakgrund foreign_born country_of_birth rom romsk",
        "religion": "tro trosuppfattning muslim kristen jude belief faith church",
        "disability": "funktionshinder funktionshindrad funktionsvariation funktionsnedsatt handikapp handikappad npf lss disabled "
        "handicap",
        "orientation": "sexual_orientation sexuell_läggning homosexuell bisexuell hbtq hbtqi lgbtq gay",
    }.items()
    for spelling in spellings.split()
})  # fmt: skip
# Beginnings of words that often stand for a ground without naming it; a fact called so is asked about (rule R49).
_PERHAPS: Final[Mapping[str, str]] = MappingProxyType({
    beginning: ground
    for ground, beginnings in {
        "origin": "nyanländ flykting asyl uppehållstillstånd medborgar modersmål hemspråk refugee asylum newly_arrived newcomer citizen",
        "age": "ungdom tonår senior äldre pensionär youth teenage elder pension",
        "sex": "mamma mammor pappa pappor moderskap mother father",
        "disability": "nedsatt nedsättning rullstol impair wheelchair",
        "religion": "moské kyrka slöja mosque",
    }.items()
    for beginning in beginnings.split()
})  # fmt: skip
# As a part of a longer id these mean something else as often as not: `plats_i_kön` is about a queue.
_ONLY_WHOLE: Final = frozenset({
    "kön", "tro", "sex", "age", "man", "men", "rom", "ras", "född", "trans", "race", "utländsk", "ursprung", "läggning", "origin", "faith",
    "belief", "orientation", "kvinna", "kvinnor",
})  # fmt: skip
BUILT_IN_GROUNDS: Final[Mapping[str, str]] = MappingProxyType({"age": "age", "sex": "sex", "born_abroad": "origin"})
PAUSES: Final = _names(move="flyttar", count="räknas")
NOTES: Final = _names(none="inga")
UNLIMITED: Final = _names(unlimited="obegränsat")
ROLLING: Final = _names(rolling="löpande")
ORDERS: Final = _names(precedence="företräde", lottery="lottning", referral="anmälan")
DIRECTIONS: Final = _names(**{"highest first": "högst först", "lowest first": "lägst först"})
POPULATIONS: Final = _names(exits="avslutade", admitted="antagna")
MEASURED: Final = _names(exit="avslut", ever="någon gång", **{"end of period": "periodens slut"})
GOAL_STATUS: Final = _names(active="gällande", struck="struket")
WEEKLY: Final = _names(**{"per week": "per vecka"})
STATUSES: Final = _names(
    referred="anmäld", waiting="väntelista", offered="erbjuden", accepted="antagen", active="pågår", paused="paus",
    completed="fullföljd", interrupted="avbruten", declined="tackat_nej", not_started="ej_aktuell", transferred="överförd",
    misregistered="felregistrerad",
)  # fmt: skip
REASONS: Final = _names(
    got_a_job="fått_arbete", started_studies="börjat_studera", illness="sjukdom", needs_other_support="behöver_annat_stöd",
    no_place="ingen_plats", did_not_show_up="kom_inte", moved="flyttat", requirement_not_met="kravet_ej_uppfyllt",
    cohort_cancelled="omgången_inställd", employer_withdrew="arbetsgivaren_drog_sig_ur",
    provider_withdrew="anordnaren_drog_sig_ur", own_wish="egen_önskan", parental_leave="föräldraledig", other="annat",
)  # fmt: skip
CHANNELS: Final = _names(
    caseworker="handläggare", outreach="uppsökande", af_officer="arbetsförmedlare", self="själv", transfer="överföring",
)  # fmt: skip
# What a person decides where a result asks for it, besides the id of a step.
DECISIONS: Final = _names(next="nästa", retry="gör_om")

# What an exception is from, besides a condition by itself; the mark of each in the log.
EXCEPTED: Final[Mapping[str, str]] = MappingProxyType({"entry": "*", "ongoing": "*ongoing", "longest": "*longest"})

# In the log an exception from what a step requires is this and the step's id.
REQUIRES_OF: Final = "requires:"

# No step, fact or employer may be called by a word that a condition, a point or an action already uses.
RESERVED: Final[frozenset[str]] = frozenset(
    word
    for table in (OPERATORS, FUNCTIONS, BUILT_IN, IN_TRACK, ANCHORS, POINT_WORDS, ACTIONS, ACTION_KEYS)
    for pair in table.items()
    for word in pair
) | {"start", "slut", "of", "på", "in", "track", "when_needed", "vid_behov"}

# The English key of each spelling that a mapping takes.
SPELLINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    section: MappingProxyType({
        spelling: name for name in names for spelling in ((CASE_KEYS if section == "case" else KEYS).get(name, KEYS[name]), name)
    })
    for section, names in SECTIONS.items()
})  # fmt: skip
# The keys that stand at the top of a track and in no mapping within it.
_NOT_WITHIN: Final = frozenset({"track", "indicator file", "test file", "case", "person"})
ONLY_TOP: Final = frozenset(SECTIONS["track"]).difference(*(keys for section, keys in SECTIONS.items() if section not in _NOT_WITHIN))
_ENGLISH_KEY: Final = {swedish: english for keys in (CASE_KEYS, KEYS) for english, swedish in keys.items()} | {name: name for name in KEYS}


def english_key(written: str) -> str | None:
    """Return the English name of a key written in either language; None for what is no key."""
    return _ENGLISH_KEY.get(written)


def key(name: str, lang: Lang, section: str = "") -> str:
    """Return the name of a key in the author's language.

    Args:
        name: The English name.
        lang: The language.
        section: The section that the key stands in; a few keys have a name of their own in one.

    """
    if lang == "en":
        return name
    return CASE_KEYS[name] if section == "case" and name in CASE_KEYS else KEYS.get(name, name)


def code(written: str, table: Mapping[str, str]) -> str | None:
    """Return the English code of a word written in either language; None where the table does not know it."""
    if written in table:
        return written
    for english, swedish in table.items():
        if swedish == written:
            return english
    return None


def word(name: str, table: Mapping[str, str], lang: Lang) -> str:
    """Return the word of a code.

    Args:
        name: The English code; one that the table does not know stays as written.
        table: The words, Swedish by English.
        lang: The language.

    """
    return table.get(name, name) if lang == "sv" else name


def words(table: Mapping[str, str], lang: Lang) -> list[str]:
    """List all words of a table in a language."""
    return [word(name, table, lang) for name in table]


def ground_of(word: str) -> str | None:
    """Return the discrimination ground that a word names, if it names one (rule R49)."""
    return code(word, GROUNDS) or GROUND_SYNONYMS.get(word)


def ground_in(name: str) -> str | None:
    """Return the ground that a fact touches by its id or its name, where one of its words says so (rule R49)."""
    said = name.casefold().replace("-", "_").replace(" ", "_")
    parts = (part for part in said.split("_") if part not in _ONLY_WHOLE)
    return ground_of(said) or next(filter(None, map(ground_of, parts)), None)


def ground_perhaps_in(name: str) -> str | None:
    """Return the ground that a fact may touch by its id or its name, where one of its words begins as those that often do."""
    said = "_" + name.casefold().replace("-", "_").replace(" ", "_")
    return next((ground for beginning, ground in _PERHAPS.items() if f"_{beginning}" in said), None)


MOST_LISTED: Final = 40


def listed(names: Iterable[str]) -> str:
    """Join words with commas, as messages show alternatives; a long list is cut short."""
    shown = list(names)
    return ", ".join(shown[:MOST_LISTED] + ["…"] * (len(shown) > MOST_LISTED)) or "–"
