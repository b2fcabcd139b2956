"""What a command line can be refused for, in both languages; the exit codes are those of `tracks.errors`."""

from __future__ import annotations

import errno

from tracks.errors import TracksError


class UsageRefused(TracksError):
    """The command line was not understood."""

    exit_code = 2
    swedish = "Kommandoraden gick inte att förstå."


class NoActor(UsageRefused):
    """Who says this? Name yourself with --by NAME, or set JOBBSPAR_ACTOR once for all; nothing was written."""

    swedish = "Vem säger det här? Ange dig själv med --by NAMN, eller sätt JOBBSPAR_ACTOR en gång för alla; inget skrevs."


class BadActor(UsageRefused):
    """--by takes the name of a person at work: 1-64 characters, not `engine`, and nothing like a personal number."""

    swedish = "--by tar namnet på en person i tjänst: 1–64 tecken, inte `engine`, och inget som liknar ett personnummer."


class BadTime(UsageRefused):
    """{value} is no day or time; write 2026-09-01 or 2026-09-01T08:30."""

    swedish = "{value} är ingen dag eller tid; skriv 2026-09-01 eller 2026-09-01T08:30."


class BadDay(UsageRefused):
    """{value} is no day; write it as 2026-09-01."""

    swedish = "{value} är ingen dag; skriv den som 2026-09-01."


class DayAhead(UsageRefused):
    """{value} is in the future (today is {today}); only what has been can be asked for."""

    swedish = "{value} ligger i framtiden (i dag är {today}); bara det som har varit går att fråga efter."


class ClockAhead(UsageRefused):
    """The clock {clock} is more than {days} days ahead of the system and of what is recorded ({last}); if right: --confirm-clock."""

    swedish = "Klockan {clock} är mer än {days} dagar före systemet och det senast registrerade ({last}); om den stämmer: --confirm-clock."


class NoVirtualTime(UsageRefused):
    """The clock of the workspace is virtual and nothing is recorded yet, so the time must be given: --at 2026-09-01."""

    swedish = "Den här arbetsytan har en virtuell klocka och inget är registrerat än, så tiden måste anges: --at 2026-09-01."


class BadSettings(UsageRefused):
    """The settings {path} cannot be read: {why}. It is a TOML file with `database`, `lang` and `clock`."""

    swedish = "Inställningarna {path} går inte att läsa: {why}. Det är en TOML-fil med `database`, `lang` och `clock`."


class BadToml(BadSettings):
    """The settings {path} are not written as TOML ({why}); compare with those that `jobbspar init` writes."""

    swedish = "Inställningarna {path} är inte skrivna som TOML ({why}); jämför med dem som `jobbspar init` skriver."


class BadLanguage(UsageRefused):
    """--lang takes sv or en, not {value}."""

    swedish = "--lang tar sv eller en, inte {value}."


class BadPair(UsageRefused):
    """{value} is not written as NAME=VALUE."""

    swedish = "{value} är inte skrivet som NAMN=VÄRDE."


class BadChoice(UsageRefused):
    """{name} takes {choices}, not {value}."""

    swedish = "{name} tar {choices}, inte {value}."


class BadChannel(UsageRefused):
    """{value} is no way in; the ways are: {channels}."""

    swedish = "{value} är ingen väg in; vägarna är: {channels}."


class NotFound(TracksError):
    """There is no {what} here; `jobbspar tracks` lists the tracks, `jobbspar status TRACK --people` its people."""

    exit_code = 4
    swedish = "Det finns inget {what} här; `jobbspar tracks` visar spåren, `jobbspar status SPÅR --people` personerna på det."


class NoSuchTrack(TracksError):
    """There is no track {name}{near}; those in force are: {known}."""

    exit_code = 4
    swedish = "Det finns inget spår {name}{near}; de som är i kraft är: {known}."


class NoSuchRole(TracksError):
    """There is no role {name}{near}; the roles are: {known}."""

    exit_code = 4
    swedish = "Det finns ingen roll {name}{near}; rollerna är: {known}."


class PostponeTo(UsageRefused):
    """To which day? `start … postpone` needs --to DATE."""

    swedish = "Till vilken dag? `start … postpone` behöver --to DATUM."


class NobodyProposed(UsageRefused):
    """Nobody is proposed for a place on {track} now, so there is nothing to offer; `jobbspar why REF` tells what somebody waits for."""

    swedish = "Ingen är föreslagen till en plats på {track} nu, så inget finns att erbjuda; `jobbspar why REF` säger vad någon väntar på."


class OnlyOfATrack(UsageRefused):
    """--people lists the people of one track: `jobbspar status TRACK --people`."""

    swedish = "--people visar personerna på ett spår: `jobbspar status SPÅR --people`."


class NotKnown(TracksError):
    """There is no key, word or code {name}; `jobbspar schema` holds them all."""

    exit_code = 4
    swedish = "Det finns ingen nyckel, inget ord och ingen kod {name}; `jobbspar schema` har alla."


class NotKnownNear(NotKnown):
    """There is no {name} (did you mean {near}?)."""

    swedish = "Det finns inget {name} (menade du {near}?)."


class NoExample(NotKnown):
    """There is no example {name}; the examples are: {known}."""

    swedish = "Det finns inget exempel {name}; exemplen är: {known}."


class NotRewritten(UsageRefused):
    """{path} cannot be rewritten without a change of what it means; nothing was changed."""

    swedish = "{path} går inte att skriva om utan att det betyder något annat; inget ändrades."


class FileUnreadable(TracksError):
    """{path} cannot be read ({why})."""

    exit_code = 2
    swedish = "{path} går inte att läsa ({why})."


class FileMissing(FileUnreadable):
    """There is no file {path}."""

    swedish = "Det finns ingen fil {path}."


class FileForbidden(FileUnreadable):
    """{path} may not be read by you; change its rights, or ask who owns it."""

    swedish = "Du får inte läsa {path}; ändra rättigheterna, eller fråga den som äger den."


class FileHasErrors(FileUnreadable):
    """{path} has errors; `jobbspar check {path}` shows them."""

    swedish = "{path} har fel; `jobbspar check {path}` visar dem."


class FileIsFolder(FileUnreadable):
    """{path} is a folder, not a file."""

    swedish = "{path} är en mapp, inte en fil."


def unreadable(path: object, fault: OSError) -> FileUnreadable:
    """What is said of a file that the system does not give."""
    name = errno.errorcode.get(fault.errno or 0, type(fault).__name__)
    return {"ENOENT": FileMissing, "EACCES": FileForbidden, "EISDIR": FileIsFolder}.get(name, FileUnreadable)(path=path, why=name)


class FileTooLarge(FileUnreadable):
    """{path} is larger than {most} MB; divide it."""

    swedish = "{path} är större än {most} MB; dela den."


class NotText(FileUnreadable):
    """{path}:{row}:1: this is not text in UTF-8 or Windows-1252; save the file as CSV UTF-8."""

    swedish = "{path}:{row}:1: det här är inte text i UTF-8 eller Windows-1252; spara filen som CSV UTF-8."


class NoHeader(FileUnreadable):
    """{path}:1:1: the first row must name the columns, for example {example}."""

    swedish = "{path}:1:1: första raden ska namnge kolumnerna, till exempel {example}."


class ColumnTwice(FileUnreadable):
    """{path}:1:{column}: the column {name} is empty or named twice."""

    swedish = "{path}:1:{column}: kolumnen {name} är tom eller står två gånger."


class ColumnUnknown(FileUnreadable):
    """{path}:1:{column}: {name} is no column and no fact of the track; the facts are: {facts}."""

    swedish = "{path}:1:{column}: {name} är ingen kolumn och ingen uppgift på spåret; uppgifterna är: {facts}."


class TooManyCells(FileUnreadable):
    """{path}:{row}:{column}: there are more cells here than columns; is a text with the delimiter in it without quotes (?)."""

    swedish = "{path}:{row}:{column}: här finns fler celler än kolumner; saknar en text med avgränsaren i sina citattecken (?)."


class CsvBroken(FileUnreadable):
    """{path}:{row}:1: the row cannot be divided into cells; a quotation mark may be missing."""

    swedish = "{path}:{row}:1: raden går inte att dela i celler; kanske saknas ett citattecken."


class CellMissing(UsageRefused):
    """the cell {name} is empty."""

    swedish = "cellen {name} är tom."


class BadKind(UsageRefused):
    """{value} is nothing that a row can say; it can say: {kinds}."""

    swedish = "{value} är inget som en rad kan säga; den kan säga: {kinds}."


class BadBorn(UsageRefused):
    """{value} is no month of birth; write it as 1998-04."""

    swedish = "{value} är ingen födelsemånad; skriv den som 1998-04."


class ReplayNeedsVirtual(UsageRefused):
    """--replay writes each row with its own day's clock, which only a workspace with a virtual clock allows."""

    swedish = "--replay skriver varje rad med sin egen dags klocka, vilket bara en arbetsyta med virtuell klocka tillåter."


class FileUnwritable(TracksError):
    """{path} cannot be written: {why}; no half file was left."""

    exit_code = 5
    swedish = "{path} går inte att skriva: {why}; ingen halv fil lämnades kvar."


class AlreadyThere(UsageRefused):
    """{path} exists already; nothing was changed."""

    swedish = "{path} finns redan; inget ändrades."


class NotUnderstood(UsageRefused):
    """{problem} See `{command} --help`."""

    swedish = "{problem} Se `{command} --help`."


class BadLength(UsageRefused):
    """{value} is no length; write it as “2 weeks” or “10 working days”."""

    swedish = "{value} är ingen längd; skriv den som ”2 veckor” eller ”10 arbetsdagar”."
