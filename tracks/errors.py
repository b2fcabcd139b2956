"""What can go wrong with the store, identity and verification: one flat tree; the English message is the docstring."""

from __future__ import annotations

from typing import Any, ClassVar


class TracksError(Exception):
    """Something went wrong in the engine."""

    exit_code: ClassVar[int] = 1
    swedish: ClassVar[str] = "Något gick fel i motorn."

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.say("en"))

    def say(self, lang: str) -> str:
        """The message in Swedish (`sv`) or English."""
        text = self.swedish if lang == "sv" else " ".join((type(self).__doc__ or "").split())
        return text.format_map(self.values)


class StorageError(TracksError):
    """The database {path} cannot be used: {reason}."""

    exit_code = 5
    swedish = "Databasen {path} går inte att använda: {reason}."


class DatabaseMissing(StorageError):
    """There is no database at {path}; create one with `jobbspar init` or point at another with --db."""

    swedish = "Det finns ingen databas på {path}; skapa en med `jobbspar init` eller peka på en annan med --db."


class NotADatabase(StorageError):
    """{path} is not a jobbspår database; nothing was changed. Point at another file with --db, or restore a backup."""

    swedish = "{path} är ingen jobbspårsdatabas; inget är ändrat. Peka på en annan fil med --db, eller läs tillbaka en säkerhetskopia."


class DatabaseEmpty(StorageError):
    """{path} is an empty file (0 bytes); restore a backup, or delete the file and run `jobbspar init`."""

    swedish = "{path} är en tom fil (0 byte); läs tillbaka en säkerhetskopia, eller ta bort filen och kör `jobbspar init`."


class DatabaseBusy(StorageError):
    """{path} was locked by another process for more than {seconds} seconds; nothing was written. Try again."""

    swedish = "{path} var låst av en annan process i mer än {seconds} sekunder; inget skrevs. Försök igen."


class DatabaseFull(StorageError):
    """The disk of {path} is full; nothing was written. Free some space and try again."""

    swedish = "Disken där {path} ligger är full; inget skrevs. Frigör utrymme och försök igen."


class DatabaseReadOnly(StorageError):
    """{path} may not be written; it is owned by {owner}. Reading works."""

    swedish = "{path} går inte att skriva i; den ägs av {owner}. Läsning fungerar."


class UnsupportedDatabase(StorageError):
    """{path} names a kind of database that this version does not know; use a file or sqlite:///FILE."""

    swedish = "{path} är en sorts databas som den här versionen inte kan; använd en fil eller sqlite:///FIL."


class DatabaseDamaged(TracksError):
    """{path} is damaged ({reason}); do not write in it. Restore a backup, and compare with `jobbspar verify --against`."""

    exit_code = 6
    swedish = "{path} är skadad ({reason}); skriv inte i den. Läs tillbaka en säkerhetskopia och jämför med `jobbspar verify --against`."


class DatabaseNewer(TracksError):
    """{path} was made by another version of jobbspår (schema {found}, this program knows {known}); upgrade the program."""

    exit_code = 7
    swedish = "{path} är gjord av en annan version av jobbspår (schema {found}, programmet kan {known}); uppgradera programmet."


class DatabaseOlder(TracksError):
    """{path} has an older schema ({found}, this program writes {known}); run `jobbspar db upgrade`."""

    exit_code = 7
    swedish = "{path} har ett äldre schema ({found}, programmet skriver {known}); kör `jobbspar db upgrade`."


class StreamConflict(TracksError):
    """Somebody else wrote in the same log meanwhile, or the same key stands there already; decide again."""

    swedish = "Någon annan skrev i samma logg under tiden, eller så står samma nyckel där redan; besluta om igen."


class UnknownVersion(TracksError):
    """Track {track} has no version {version} in the database."""

    exit_code = 4
    swedish = "Spåret {track} har ingen version {version} i databasen."


class KeyMissing(TracksError):
    """The identity key {path} is missing although there are identities; put it back from where it is kept safe."""

    exit_code = 8
    swedish = "Identitetsnyckeln {path} saknas fast det finns identiteter; lägg tillbaka den från där den förvaras."


class KeyUnusable(TracksError):
    """The identity key {path} cannot be read or is not a key."""

    exit_code = 8
    swedish = "Identitetsnyckeln {path} går inte att läsa eller är ingen nyckel."


class KeyWrong(TracksError):
    """The identity key does not fit: what is stored was locked with another key, or was moved or changed."""

    exit_code = 8
    swedish = "Identitetsnyckeln passar inte: det lagrade är låst med en annan nyckel, eller flyttat eller ändrat."


class NotAPersonalNumber(TracksError):
    """That is no personal number or coordination number: expected YYYYMMDD-NNNN with a right check digit."""

    exit_code = 2
    swedish = "Det är inget personnummer eller samordningsnummer: väntade ÅÅÅÅMMDD-NNNN med rätt kontrollsiffra."


class ReserveNumber(TracksError):
    """That is a reserve number (with a letter), which identifies nobody outside its own system; enrol without a number instead."""

    exit_code = 2
    swedish = "Det är ett reservnummer (med bokstav), som inte pekar ut någon utanför sitt eget system; skriv in utan nummer i stället."


class RefLooksPersonal(TracksError):
    """A reference may not look like a personal number; leave it out and one is drawn."""

    exit_code = 2
    swedish = "En referens får inte se ut som ett personnummer; utelämna den så dras en."


class RefMalformed(TracksError):
    """A reference is 1-32 letters, digits, `-`, `_` or `.`, beginning with a letter or digit, and not `track`."""

    exit_code = 2
    swedish = "En referens är 1–32 bokstäver, siffror, `-`, `_` eller `.`, börjar med bokstav eller siffra, och är inte `track`."


class ExportUnreadable(TracksError):
    """{path} is not a list of heads written by `jobbspar verify --export`."""

    exit_code = 2
    swedish = "{path} är ingen förteckning från `jobbspar verify --export`."
