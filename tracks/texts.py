"""The words for statuses, kinds of events, reasons and todos, in Swedish and English, and the codes of words that people type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.vocabulary import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = Mapping[str, tuple[str, str]]

# By code, Swedish and English.
STATUSES: Final[Words] = {
    "referred": ("anmäld", "referred"),
    "waiting": ("väntelista", "waiting"),
    "offered": ("erbjuden", "offered"),
    "accepted": ("antagen", "accepted"),
    "active": ("pågår", "active"),
    "paused": ("paus", "paused"),
    "completed": ("fullföljd", "completed"),
    "interrupted": ("avbruten", "interrupted"),
    "declined": ("tackat nej", "declined"),
    "not_started": ("ej aktuell", "not started"),
    "transferred": ("överförd", "transferred"),
    "misregistered": ("felregistrerad", "misregistered"),
}
REASONS: Final[Words] = {
    "got_a_job": ("fått arbete", "got a job"),
    "started_studies": ("börjat studera", "started studies"),
    "illness": ("sjukdom", "illness"),
    "needs_other_support": ("behöver annat stöd", "needs other support"),
    "no_place": ("ingen plats", "no place"),
    "did_not_show_up": ("kom inte", "did not show up"),
    "moved": ("flyttat", "moved"),
    "requirement_not_met": ("kravet ej uppfyllt", "requirement not met"),
    "cohort_cancelled": ("omgången inställd", "cohort cancelled"),
    "employer_withdrew": ("arbetsgivaren drog sig ur", "employer withdrew"),
    "own_wish": ("egen önskan", "own wish"),
    "other": ("annat", "other"),
}
CHANNELS: Final[Words] = {
    "caseworker": ("handläggare", "caseworker"),
    "outreach": ("uppsökande", "outreach"),
    "af_officer": ("arbetsförmedlare", "AF officer"),
    "self": ("själv", "self"),
    "transfer": ("överföring", "transfer"),
}
RESULTS: Final[Words] = {
    "done": ("klar", "done"),
    "not_passed": ("ej klar", "not passed"),
    "interrupted": ("avbruten", "interrupted"),
    "hired": ("anställd", "hired"),
    "not_hired": ("ej anställd", "not hired"),
    "skipped": ("överhoppad", "skipped"),
}
OUTCOMES: Final[Words] = {
    "work": ("arbete", "work"),
    "work_with_support": ("arbete med stöd", "work with support"),
    "own_business": ("eget företag", "own business"),
    "studies": ("studier", "studies"),
    "municipal_employment": ("arbetsmarknadsanställning", "municipal employment"),
    "other_measure": ("annan insats", "other measure"),
    "other_authority": ("annan myndighet", "other authority"),
    "other": ("annat", "other"),
    "unknown": ("okänt", "unknown"),
}
ACTIONS: Final[Words] = {
    "next": ("nästa", "next"),
    "retry": ("gör om", "retry"),
    "ask": ("fråga", "ask"),
    "end": ("avsluta", "end"),
}
DEADLINES: Final[Words] = {
    "report": ("rapport", "report"),
    "start": ("start", "start"),
    "contact": ("kontakt", "contact"),
    "follow_up": ("uppföljning", "follow-up"),
}
KINDS: Final[Words] = {
    "referred": ("anmäld", "referred"),
    "interested": ("vill fortfarande ha en plats", "still wants a place"),
    "selected": ("utvald av arbetsgivare", "selected by an employer"),
    "offered": ("erbjuden plats", "offered a place"),
    "accepted": ("tackat ja", "accepted"),
    "declined": ("tackat nej", "declined"),
    "refused": ("nekad plats", "refused a place"),
    "exception": ("undantag", "exception made"),
    "began": ("började", "began"),
    "reported": ("rapporterad", "reported"),
    "stated": ("uppgift", "fact stated"),
    "phase": ("fas", "phase"),
    "placed": ("placerad", "placed"),
    "decided": ("beslut", "decided"),
    "closed": ("avslutad", "closed"),
    "paused": ("paus", "paused"),
    "resumed": ("åter", "resumed"),
    "lengthened": ("tiden ändrad", "length changed"),
    "waived": ("behövs inte", "waived"),
    "added": ("steg tillagt", "step added"),
    "moved": ("flyttad till annan omgång", "moved to another start"),
    "interrupted": ("avbruten", "interrupted"),
    "transferred": ("överförs", "transferred"),
    "outcome": ("utfall", "outcome"),
    "contacted": ("kontakt", "contacted"),
    "followed_up": ("uppföljd", "followed up"),
    "misregistered": ("felregistrerad", "misregistered"),
    "migrated": ("bytt version", "migrated"),
    "corrected": ("rättelse", "corrected"),
    "disclosed": ("utlämnad uppgift", "disclosed"),
    "assigned": ("ansvarig", "assigned"),
    "applied": ("satt i kraft", "put in force"),
    "start_cancelled": ("omgången inställd", "start cancelled"),
    "start_postponed": ("omgången uppskjuten", "start postponed"),
    "start_confirmed": ("omgången bekräftad", "start confirmed"),
    "employer_withdrew": ("arbetsgivaren drog sig ur", "employer withdrew"),
    "employer_reported": ("arbetsgivaren rapporterad", "employer reported"),
    "goal_struck": ("målet struket", "goal struck"),
    "waitlisted": ("satt på väntelistan", "put on the waiting list"),
    "offer_lapsed": ("erbjudandet gick ut", "offer lapsed"),
    "admitted": ("antagen", "admitted"),
    "step_started": ("steg startat", "step started"),
    "step_completed": ("steg avslutat", "step ended"),
    "step_skipped": ("steg överhoppat", "step skipped"),
    "report_due": ("rapport väntas", "report due"),
    "deadline_missed": ("tidsgräns passerad", "deadline missed"),
    "contact_due": ("kontakt väntas", "contact due"),
    "follow_up_due": ("uppföljning väntas", "follow-up due"),
    "start_dropped": ("platsen föll med omgången", "place fell with the start"),
    "left": ("övergått till annat spår", "gone on to another track"),
    "completed": ("fullföljd", "completed"),
    "proposed": ("föreslagen till plats", "proposed for a place"),
    "unproposed": ("förslaget återtaget", "proposal taken back"),
    "place_given": ("plats tilldelad", "place given"),
    "start_held": ("omgången hålls, för få antagna", "start held, too few accepted"),
    "subject_step_started": ("gemensamt steg startat", "shared step started"),
    "subject_step_due": ("gemensamt steg väntar på rapport", "shared step due"),
    "subject_step_ended": ("gemensamt steg avslutat", "shared step ended"),
    "withdrawn": ("gäller inte längre", "withdrawn"),
}
TODOS: Final[Words] = {
    "report": ("rapportera steget", "report the step"),
    "start": ("starta steget", "start the step"),
    "contact": ("ta kontakt", "make contact"),
    "fact": ("ta reda på {what}", "find out {what}"),
    "placement": ("placera hos en arbetsgivare", "place with an employer"),
    "requirement": ("kravet för steget är inte uppfyllt", "the step's requirement is not met"),
    "dates": ("steget har inga startdagar kvar", "the step has no start days left"),
    "decision": ("besluta vad som följer", "decide what follows"),
    "proposal": ("besluta om förslaget: {what}", "decide on the proposal: {what}"),
    "stranded": ("rätta det som har förlorat sin grund: {what}", "correct what has lost its ground: {what}"),
    "over": ("fler än platserna räcker till: {what}", "more than there are places for: {what}"),
    "entry": ("besluta om kraven för plats", "decide on the entry conditions"),
    "ongoing": ("besluta om platsen: löpande krav ej uppfyllt", "decide on the place: ongoing condition not met"),
    "interest": ("fråga om intresset finns kvar", "ask whether the interest remains"),
    "offer": ("erbjud platsen", "offer the place"),
    "answer": ("invänta svar på erbjudandet", "get the answer to the offer"),
    "return": ("bevaka återkomsten", "watch for the return"),
    "transfer": ("överföring pågår", "transfer under way"),
    "follow_up": ("följ upp: {what}", "follow up: {what}"),
    "start_held": (
        "omgången är under minsta antal: starta, skjut upp eller ställ in",
        "the start is below its minimum: start, postpone or cancel",
    ),
    "subject_report": ("rapportera det gemensamma steget", "report the shared step"),
}
_TABLES: Final[Mapping[str, Words]] = {
    "status": STATUSES, "reason": REASONS, "channel": CHANNELS, "result": RESULTS, "outcome": OUTCOMES, "kind": KINDS, "action": ACTIONS,
}  # fmt: skip


def word(table: str, code: str, lang: str) -> str:
    """A code in words; what is not a code (a track's own result) stays as its author wrote it."""
    found = _TABLES[table].get(code)
    return found[lang == "en"] if found else code.replace("_", " ")


def code_of(table: str, written: str) -> str:
    """The code of a word typed in either language, with spaces or underscores; what is unknown stays as typed."""
    plain = _plain(written)
    for code, words in _TABLES[table].items():
        if plain in (_plain(code), *map(_plain, words)):
            return code
    return written


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("-", " ").split()).casefold()


def todo_words(kind: str, lang: str, names: Mapping[str, str] | None = None) -> str:
    """What a todo asks for; `fact:NAME` and the like carry what it is about after the colon."""
    base, _, what = kind.partition(":")
    found = TODOS.get(base)
    if found is None:
        return kind.replace("_", " ")
    if base == "follow_up":
        about = point_words(what, lang)
    elif base == "stranded":
        about = _said_words(what, lang)
    else:
        about = (names or {}).get(what) or fact_word(what, lang)
    return found[lang == "en"].format(what=about)


def _said_words(what: str, lang: str) -> str:
    """What a person said: its kind, and the phase or the point of follow-up that it was about."""
    kind, _, about = what.partition(" ")
    return f"{word('kind', kind, lang)} {point_words(about, lang) if kind == 'followed_up' else about}".rstrip()


def fact_word(name: str, lang: str) -> str:
    """A fact as it is typed; a built-in one has a name in each language."""
    return BUILT_IN.get(name, name) if lang == "sv" else name


def deadline_words(what: str, lang: str) -> str:
    """What a deadline was for: `report`, or `follow_up 3 months`."""
    base, _, point = what.partition(" ")
    words = DEADLINES[base][lang == "en"] if base in DEADLINES else base.replace("_", " ")
    return f"{words} {point_words(point, lang)}" if point else words


def point_words(point: str, lang: str) -> str:
    """A point of follow-up, as `3 months`, in words."""
    if lang == "en":
        return point
    count, _, unit = point.partition(" ")
    return "avslut" if point == "exit" else f"{count} {_UNITS.get(unit.rstrip('s'), (unit, unit))[count != '1']}"


_UNITS: Final[Words] = {
    "day": ("dag", "dagar"),
    "working day": ("arbetsdag", "arbetsdagar"),
    "week": ("vecka", "veckor"),
    "month": ("månad", "månader"),
}
