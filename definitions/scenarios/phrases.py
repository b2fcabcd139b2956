"""The sentences of a track's own tests: what people say (`when`) and what follows (`then`), one table for each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.model.vocabulary import Lang

Subject = Literal["person", "step", "start", "employer", "start step", "employer step", "queue"]


class Phrase(NamedTuple):
    """One way to say something.

    `takes` are the forms of the words after it, with `?` those that may be left out. `subject` is what must stand before it (a person
    where nothing stands there), `details` the names of `name=value` that may follow; `facts` says whether facts may. `more` is what its
    event or todo holds besides.
    """

    kind: str
    english: str
    swedish: str
    subject: Subject = "person"
    takes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    facts: bool = False
    more: Mapping[str, str] = MappingProxyType({})

    def words(self, lang: Lang) -> str:
        """Return the phrase in a language."""
        return self.swedish if lang == "sv" else self.english

    @property
    def id(self) -> str:
        """What tells it from the others of its table, by which explanations find it."""
        return self.english if self.subject in ("person", "step") else f"{self.english} ({self.subject})"


def _more(**data: str) -> Mapping[str, str]:
    return MappingProxyType(data)


# The result of a step is said without a verb: `kartläggning klar`.
REPORTED: Final = Phrase("reported", "", "", "step", ("result",), ("employer", "outcome", "reason"), facts=True)
EMPLOYER_REPORTED: Final = Phrase("employer_reported", "", "", "employer step", ("result",), ("start",))
START_REPORTED: Final = Phrase("employer_reported", "", "", "start step", ("result",))
RESULTS: Final = (REPORTED, EMPLOYER_REPORTED, START_REPORTED)

_WHY: Final = ("reason",)
# What people say; each is what one command says.
STATEMENTS: Final[tuple[Phrase, ...]] = (
    Phrase("referred", "enrol", "anmäls", details=("channel", "born"), facts=True),
    Phrase("interested", "interest", "är intresserad"),
    Phrase("selected", "select", "väljs ut av", takes=("employer",)),
    Phrase("offered", "offer", "erbjuds", details=("start",)),
    Phrase("accepted", "accept", "tackar ja"),
    Phrase("declined", "decline", "tackar nej", details=_WHY),
    Phrase("refused", "refuse", "nekas plats", details=_WHY),
    Phrase("exception", "except", "undantas från", takes=("rule",), details=_WHY),
    Phrase("moved", "move", "flyttas till", takes=("start",)),
    Phrase("stated", "state", "uppger", facts=True),
    Phrase("paused", "pause", "pausar", details=("reason", "back")),
    Phrase("resumed", "resume", "är åter"),
    Phrase("interrupted", "interrupt", "avbryter", details=_WHY),
    Phrase("closed", "close", "avslutas", details=_WHY),
    Phrase("transferred", "transfer", "överförs", takes=("transfer",), details=("reason", "outcome")),
    Phrase("misregistered", "misregister", "felregistreras", details=_WHY),
    Phrase("outcome", "outcome", "utfall", takes=("outcome",), details=("employer",)),
    Phrase("followed_up", "follow-up", "följs upp", takes=("point",), details=("outcome", "employer")),
    Phrase("contacted", "contact", "kontaktas"),
    Phrase("assigned", "assign", "tilldelas", takes=("texts",)),
    Phrase("added", "add", "får steget", takes=("new", "length?"), details=("reason", "name", "type", "after"), more=_more(way="add")),
    Phrase("corrected", "correct", "rättas till", takes=("sentence",)),
    Phrase("withdrawn", "take back", "tar tillbaka", takes=("sentence",)),
    Phrase("began", "begin", "börjar", "step", details=_WHY),
    Phrase("phase", "phase", "fas", "step", ("phase",)),
    Phrase("placed", "at", "hos", "step", ("employer",), _WHY),
    Phrase("decided", "decide", "beslut", "step", ("action",)),
    Phrase("added", "repeat", "görs om", "step", details=_WHY, more=_more(way="repeat")),
    Phrase("waived", "skip", "utgår", "step", details=_WHY),
    Phrase("lengthened", "lengthen", "förlängs", "step", ("length",), _WHY),
    Phrase("shortened", "shorten", "förkortas", "step", ("length",), _WHY),
    Phrase("contacted", "contact", "kontaktas", "step"),
    Phrase("start_confirmed", "confirm", "bekräftas", "start"),
    Phrase("start_cancelled", "cancel", "ställs in", "start", details=_WHY),
    Phrase("start_postponed", "postpone", "skjuts upp till", "start", ("date",)),
    Phrase("employer_withdrew", "withdraw", "drar sig ur", "employer"),
)


def _missed(what: str, english: str, swedish: str) -> Phrase:
    return Phrase("deadline_missed", english, swedish, "step", details=("run",), more={"what": what})


def _todo(kind: str, english: str, swedish: str, subject: Subject = "person", *takes: str) -> Phrase:
    return Phrase("todo", english, swedish, subject, takes, ("due", "role"), more={"todo": kind})


# What the engine answers: events, and how things stand at the end of a day.
EXPECTATIONS: Final[tuple[Phrase, ...]] = (
    Phrase("waitlisted", "waitlisted", "på väntelistan"),
    Phrase("proposed", "proposed", "föreslås", details=("start", "rank")),
    Phrase("unproposed", "proposal withdrawn", "förslaget återtas", details=("start",)),
    Phrase("offer_lapsed", "offer lapses", "erbjudandet går ut"),
    Phrase("admitted", "admitted", "antas", details=("start",)),
    Phrase("start_dropped", "dropped", "faller"),
    Phrase("left", "leaves", "går över"),
    Phrase("completed", "completes", "fullföljer"),
    Phrase("follow_up_due", "follow-up due", "uppföljning väntas", takes=("point",)),
    Phrase("deadline_missed", "follow-up late", "uppföljning försenad", takes=("point",), more={"what": "follow_up"}),
    Phrase("step_started", "starts", "startar", "step", details=("run",)),
    Phrase("step_completed", "ends", "slutar", "step", ("result?",), ("run",)),
    Phrase("step_skipped", "skipped", "hoppas över", "step", details=("run",)),
    Phrase("place_given", "gets a place", "får plats", "step", details=("run",)),
    Phrase("report_due", "report due", "rapport väntas", "step", details=("run",)),
    Phrase("contact_due", "contact due", "kontakt väntas", "step", details=("run",)),
    _missed("report", "report late", "rapport försenad"),
    _missed("start", "start late", "start försenad"),
    _missed("contact", "contact late", "kontakt försenad"),
    Phrase("start_held", "held", "hejdas", "start"),
    *(
        Phrase(kind, english, swedish, subject, takes, ("start",) if subject == "employer step" else ())
        for subject in ("employer step", "start step")
        for kind, english, swedish, takes in (
            ("subject_step_started", "starts", "startar", ()),
            ("subject_step_due", "report due", "rapport väntas", ()),
            ("subject_step_ended", "ends", "slutar", ("result?",)),
        )
    ),
    Phrase("status", "status", "status", takes=("status",)),
    Phrase("queue", "queue", "kön", "queue", ("people",)),
    Phrase("queue", "queue", "kön", "step", ("people",)),
    Phrase("over", "overfull", "överfull", "start"),
    Phrase("over", "overfull", "överfull", "step", details=("employer",)),
    Phrase("over", "track overfull", "spåret överfullt", "queue"),
    Phrase("rejected", "refused", "avvisas", "queue", ("sentence",)),
    _todo("entry", "to decide on entry", "ska beslutas om kraven"),
    _todo("ongoing", "to decide on the place", "ska beslutas om platsen"),
    _todo("longest", "to decide on the longest time", "ska beslutas om längsta tiden"),
    _todo("offer", "to offer", "ska erbjudas"),
    _todo("answer", "to answer", "ska svara"),
    _todo("no_start", "to get a start", "ska få en omgång"),
    _todo("interest", "to ask for interest", "ska tillfrågas"),
    _todo("return", "to return", "ska komma åter"),
    _todo("transfer", "to transfer", "ska överföras"),
    _todo("follow_up", "to follow up", "ska följas upp", "person", "point"),
    _todo("fact", "to state", "ska uppge", "person", "fact"),
    _todo("fact", "to state", "ska uppge", "step", "fact"),
    _todo("report", "to report", "ska rapporteras", "step"),
    _todo("start", "to begin", "ska börja", "step"),
    _todo("contact", "to contact", "ska kontaktas", "step"),
    _todo("placement", "to place", "ska placeras", "step"),
    _todo("requirement", "to meet the requirement", "ska uppfylla kravet", "step"),
    _todo("dates", "to get a day", "ska få en startdag", "step"),
    _todo("decision", "to decide", "ska beslutas", "step"),
    _todo("proposal:end", "to decide on the end", "ska beslutas om avslut", "step"),
    _todo("proposal:transfer", "to decide on the transfer", "ska beslutas om överföring", "step"),
    _todo("employer_left", "to leave the employer", "ska lämna arbetsgivaren", "step"),
    _todo("stranded", "to correct", "ska rättas"),
    _todo("stranded", "to correct", "ska rättas", "step"),
    _todo("start_held", "to decide", "ska beslutas", "start"),
    _todo("start_left", "to get an employer", "ska få en arbetsgivare", "start"),
    _todo("unsigned", "to get an agreement", "ska få ett avtal", "start"),
    _todo("elsewhere", "to be placed elsewhere", "ska placeras hos en annan", "step"),
    _todo("subject_report", "to report", "ska rapporteras", "employer step"),
    _todo("subject_report", "to report", "ska rapporteras", "start step"),
)
# What people say, and what the engine answers to the same: who writes one where the other belongs means that.
COUNTERPARTS: Final = (
    ("began", "step_started"), ("accepted", "admitted"), ("offered", "proposed"), ("waived", "step_skipped"), ("placed", "place_given"),
    ("closed", "completed"), ("transferred", "left"), ("referred", "waitlisted"),
)  # fmt: skip


def counterpart(phrase: Phrase, lang: Lang) -> str:
    """The words for the same in the other table; empty where it has none."""
    kind = next((other for pair in COUNTERPARTS for one, other in (pair, pair[::-1]) if one == phrase.kind), None)
    return next((one.words(lang) for one in (*STATEMENTS, *EXPECTATIONS) if one.kind == kind), "")


# Kinds of what is expected that are no events but how things stand at the end of a day.
STATES: Final = frozenset({"status", "queue", "over", "rejected", "todo"})
# Of these, those that are about nobody, though a step may stand before them.
OF_NOBODY: Final = frozenset({"queue", "over"})


def _names(**words: str) -> Mapping[str, str]:
    return MappingProxyType(words)


# `name=value` in a sentence.
DETAILS: Final = _names(
    reason="skäl", employer="arbetsgivare", outcome="utfall", start="omgång", rank="nummer", back="åter", channel="väg_in", born="född",
    run="gång", due="senast", role="ansvarig", name="namn", type="typ", after="efter",
)  # fmt: skip
NOT: Final = _names(**{"not": "inte"})
NEVER: Final = _names(never="aldrig")
# What stands before a day or an id in front of a phrase.
SUBJECTS: Final = _names(start="omgång", employer="arbetsgivare")
DAYS: Final = _names(day="dag", **{"after referral": "efter anmälan"})
# How a day may be written, where it is to be shown.
DAYS_SHOWN: Final[Mapping[Lang, tuple[str, ...]]] = {
    "sv": ("2026-09-01", "dag 14", "2 veckor efter anmälan"), "en": ("2026-09-01", "day 14", "2 weeks after referral"),
}  # fmt: skip
