"""Everything the commands say, in Swedish and English; the texts of `--help` stand in `commands.texts_help`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

# By key, Swedish and English.
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "fault": ("Fel: {text}", "Error: {text}"),
    "fault.ours": (
        "ett fel i jobbspår ({kind}, {where}); inget halvskrivet finns kvar. Kör igen med JOBBSPAR_DEBUG=1 och skicka det som visas.",
        "a fault in jobbspår ({kind}, {where}); nothing half-written is left. Run again with JOBBSPAR_DEBUG=1 and send what is shown.",
    ),
    "fault.storage": ("det gick inte att skriva ({why}).", "it could not be written ({why})."),
    "usage.option": ("Det finns inget val {name}.", "There is no option {name}."),
    "usage.option.near": ("Det finns inget val {name}; menade du {near}?", "There is no option {name}; did you mean {near}?"),
    "usage.value": ("Valet {name} tar ett värde.", "The option {name} takes a value."),
    "usage.missing": ("{name} saknas.", "{name} is missing."),
    "usage.extra": ("Det står för mycket på raden.", "There is too much on the line."),
    "usage.other": ("Kommandoraden gick inte att förstå.", "The command line was not understood."),
    "usage.command": ("Det finns inget kommando {name}.", "There is no command {name}."),
    "usage.command.near": ("Det finns inget kommando {name}; menade du {near}?", "There is no command {name}; did you mean {near}?"),
    "clock.behind": (
        "Varning: klockan {clock} går efter det senast registrerade ({last}); det nya registreras som då.",
        "Warning: the clock {clock} is behind the last that was recorded ({last}); what is new is recorded as of then.",
    ),
    "near": (" (menade du {name}?)", " (did you mean {name}?)"),
    "none": ("Inget att visa.", "Nothing to show."),
    "written": ("{ref}: {words}", "{ref}: {words}"),
    "repeated": ("{ref}: det står redan så; inget skrevs.", "{ref}: it stands so already; nothing was written."),
    "moves.on": ("Går vidare vid nästa advance.", "Moves on at the next advance."),
    "moved.on": ("Gick vidare; nya händelser: {count}.", "Moved on; new events: {count}."),
    "event.number": ("nr {number}", "no {number}"),
    "engine": ("motorn", "engine"),
    # columns
    "col.track": ("Spår", "Track"),
    "col.name": ("Namn", "Name"),
    "col.version": ("Version", "Version"),
    "col.open": ("Öppna", "Open"),
    "col.people": ("Personer", "People"),
    "col.status": ("Status", "Status"),
    "col.step": ("Steg", "Step"),
    "col.number": ("Nr", "No"),
    "col.ref": ("Referens", "Reference"),
    "col.since": ("Sedan", "Since"),
    "col.due": ("Senast", "Due"),
    "col.todo": ("Att göra", "To do"),
    "col.role": ("Vem", "Who"),
    "col.type": ("Skriv", "Type"),
    "col.day": ("Dag", "Day"),
    "col.event": ("Händelse", "Event"),
    "col.by": ("Av", "By"),
    "col.count": ("Antal", "Count"),
    "col.overdue": ("Försenat", "Overdue"),
    "col.place": ("Plats", "Place"),
    "col.state": ("Läge", "State"),
    "col.resource": ("Gäller", "For"),
    "col.compared": ("Jämfört", "Compared"),
    "col.goal": ("Mål", "Goal"),
    "col.share": ("Andel", "Share"),
    "col.of": ("Antal av", "Count of"),
    "col.among": ("Bland", "Among"),
    "col.definition": ("Definition", "Definition"),
    "col.threshold": ("Mål", "Goal"),
    "col.met": ("Nått", "Met"),
    "col.recorded": ("Skrivet", "Written"),
    "col.what": ("Vad", "What"),
    "col.value": ("Värde", "Value"),
    # init, check, apply, tracks
    "init.made": ("Gjorde {path}", "Made {path}"),
    "next.then": ("Skriv sedan:", "Then type:"),
    "next.line": ("  {line}", "  {line}"),
    "init.next": (
        "  jobbspar check tracks\n  jobbspar apply tracks --by DITT_NAMN{at}\n  jobbspar enrol {track} --by DITT_NAMN{at}",
        "  jobbspar check tracks\n  jobbspar apply tracks --by YOUR_NAME{at}\n  jobbspar enrol {track} --by YOUR_NAME{at}",
    ),
    "fmt.would": ("{path} skulle skrivas om.", "{path} would be rewritten."),
    "fmt.done": ("Skrev om {path}", "Rewrote {path}"),
    "fmt.same": ("Inget att skriva om.", "Nothing to rewrite."),
    "check.clean": ("Inga fynd; filer lästa: {count}.", "No findings; files read: {count}."),
    "check.no_files": ("{path} har inga YAML-filer.", "{path} holds no YAML files."),
    "apply.new": ("{track}: version {version} i kraft.", "{track}: version {version} in force."),
    "apply.same": ("{track}: oförändrat, version {version} gäller som förut.", "{track}: unchanged, version {version} stands as before."),
    "tracks.none": (
        "Inga spår är i kraft; `jobbspar apply FIL` sätter ett i kraft.",
        "No track is in force; `jobbspar apply FILE` puts one in force.",
    ),
    # enrol, import
    "enrol.done": ("{ref} är anmäld till {track} ({stream}).", "{ref} is referred to {track} ({stream})."),
    "enrol.drawn": ("Referensen {ref} drogs; använd den i fortsättningen.", "The reference {ref} was drawn; use it from now on."),
    "import.form": (
        "Läste {count:rad|rader}: {encoding}, avgränsare {delimiter}.",
        "Read {count:row|rows}: {encoding}, delimiter {delimiter}.",
    ),
    "import.form.xlsx": (
        "Läste {count:rad|rader}: {encoding}, bladet {delimiter}.",
        "Read {count:row|rows}: {encoding}, sheet {delimiter}.",
    ),
    "import.left.out": ("{count:rad utelämnades|rader utelämnades} efter kartan.", "{count:row was|rows were} left out by the map."),
    "import.done": (
        "{written:rad skriven|rader skrivna}, {repeated} stod redan så.",
        "{written:row|rows} written, {repeated} stood so already.",
    ),
    "import.would": (
        "{written:rad|rader} skulle skrivas, {repeated} står redan så.",
        "{written:row|rows} would be written, {repeated} stand so already.",
    ),
    "import.dry": ("Provläsning: inget skrevs.", "Dry run: nothing was written."),
    "import.row": ("{path}:{row}:{column}: {text}", "{path}:{row}:{column}: {text}"),
    "import.refused": ("{count:rad|rader} går inte att skriva, så inget skrevs.", "{count:row|rows} cannot be written, so nothing was."),
    # advance, up, down
    "advance.unit": ("{tracks}: händelser {events}, strömmar {people}", "{tracks}: events {events}, streams {people}"),
    "advance.kind": ("  {count:>6}  {words}", "  {count:>6}  {words}"),
    "advance.total": ("Händelser skrivna fram till {day}: {events}.", "Events written up to {day}: {events}."),
    "advance.dry": (
        "Provkörning: {events:händelse|händelser} skulle skrivas fram till {day}; inget skrevs.",
        "Dry run: {events:event|events} would be written up to {day}; nothing was.",
    ),
    "advance.next": ("Se vad som är att göra: jobbspar worklist", "See what is to be done: jobbspar worklist"),
    "advance.local_only": ("--dry-run går bara med --engine local.", "--dry-run goes only with --engine local."),
    "up.ready": ("Servern svarar på {url}; stoppa den med `jobbspar down`.", "The server answers at {url}; stop it with `jobbspar down`."),
    "down.done": ("Servern är stoppad.", "The server is stopped."),
    "down.none": ("Ingen server gick.", "No server was running."),
    # verify, doctor
    "verify.sound": (
        "Allt stämmer: {streams:ström|strömmar}, {events:händelse|händelser}.",
        "All is sound: {streams:stream|streams}, {events:event|events}.",
    ),
    "verify.broken": ("{count} fel i {streams:ström|strömmar}.", "{count:fault|faults} in {streams:stream|streams}."),
    "verify.heads": ("Förteckningen stämmer med loggen.", "The list of heads agrees with the log."),
    "wrote": ("Skrev {path}", "Wrote {path}"),
    "doctor.row.database": ("databas", "database"),
    "doctor.row.schema": ("databasens version", "schema"),
    "doctor.row.database_mode": ("databasens rättigheter", "database mode"),
    "doctor.row.key": ("nyckel", "key"),
    "doctor.row.settings": ("inställningar", "settings"),
    "doctor.row.clock": ("klocka", "clock"),
    "doctor.row.server": ("server", "server"),
    "doctor.row.telemetry": ("telemetri", "telemetry"),
    "doctor.ok": ("ok", "ok"),
    "doctor.missing": ("saknas", "missing"),
    "doctor.off": ("av", "off"),
    "doctor.none": ("ingen", "none"),
    "doctor.up": ("svarar på {url}", "answers at {url}"),
    "doctor.down": ("går inte", "not running"),
    "doctor.open": ("{mode}: andra kan läsa den; kör chmod 600", "{mode}: others can read it; run chmod 600"),
    "doctor.virtual": ("virtuell, {at}", "virtual, {at}"),
    "doctor.system": ("systemets, {at}", "the system's, {at}"),
}


def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every text by key and language, those of asking and explaining among them."""
    from commands.texts_asking import ASKED

    return {key: {"sv": swedish, "en": english} for key, (swedish, english) in {**_SAID, **ASKED}.items()}


_TEXTS: Final[dict[str, Mapping[str, str]]] = {}


def tell(key: str, lang: str, **values: Any) -> str:
    """A text with its values filled in."""
    if not _TEXTS:
        _TEXTS.update(catalogue())
    return say(_TEXTS, key, lang, **values)
