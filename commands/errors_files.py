"""What a file that is read or written by a command can be refused for."""

from __future__ import annotations

from commands.errors import UsageRefused


class XlsxBroken(UsageRefused):
    """{path} cannot be read as a spreadsheet: save it anew as .xlsx, without a password."""

    swedish = "{path} går inte att läsa som kalkylark: spara om den som .xlsx, utan lösenord."


class XlsxTooLarge(UsageRefused):
    """{path} unfolds to more than {most} MB; save only the sheet with the rows."""

    swedish = "{path} packas upp till mer än {most} MB; spara bara bladet med raderna."


class TooManyRows(UsageRefused):
    """{path}:{row}: a file holds at most {most} rows; divide it."""

    swedish = "{path}:{row}: en fil rymmer högst {most} rader; dela den."


class SheetUnknown(UsageRefused):
    """{path} has no sheet {name}; it has: {sheets}."""

    swedish = "{path} har inget blad {name}; den har: {sheets}."


class SheetNotHere(UsageRefused):
    """--sheet is for XLSX files; {path} is none."""

    swedish = "--sheet är för XLSX-filer; {path} är ingen sådan."


class FormulaCell(UsageRefused):
    """The cell holds a formula; put its value there instead (copy, paste as values)."""

    swedish = "cellen innehåller en formel; lägg värdet där i stället (kopiera, klistra in värden)."


class FaultyCell(UsageRefused):
    """The cell shows the fault {value}; put a value there."""

    swedish = "cellen visar felet {value}; lägg ett värde där."


class MergedCells(UsageRefused):
    """The cells {cells} are merged; split them, so that each row has its own values."""

    swedish = "cellerna {cells} är sammanslagna; dela dem, så att varje rad har sina egna värden."


class MapUnreadable(UsageRefused):
    """{path} cannot be read as a map; write `Born: born` for each column, or the parts `columns`, `values` and `always` (YAML or TOML)."""

    swedish = (
        "{path} går inte att läsa som en karta; skriv `Född: born` för varje kolumn, eller delarna `kolumner`, `värden` och `alltid` "
        "(YAML eller TOML)."
    )


class ValueNotMapped(UsageRefused):
    """the map has no word for {value}; it has: {values}. Add it, or `-` to leave the row out."""

    swedish = "kartan har inget ord för {value}; den har: {values}. Lägg till det, eller `-` för att utelämna raden."


class NumberUnknown(UsageRefused):
    """nobody here has this personal number; enrol her first, or give her reference."""

    swedish = "ingen här har det personnumret; skriv in henne först, eller ange hennes referens."


class MapColumnMissing(UsageRefused):
    """The map names the column {name}, which {path} does not have; it has: {columns}."""

    swedish = "Kartan nämner kolumnen {name}, som {path} inte har; den har: {columns}."


class FileNeeded(UsageRefused):
    """XLSX is not printed; name a file with -o FILE."""

    swedish = "XLSX skrivs inte ut; ange en fil med -o FIL."


class StatusIsNoEvent(UsageRefused):
    """CloudEvents are events; take --what events, or another --format."""

    swedish = "CloudEvents är händelser; ta --what events, eller ett annat --format."
