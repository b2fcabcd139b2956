"""What can be wrong with a file before its meaning is asked: reading it, its letters, its YAML."""

from __future__ import annotations

from typing import Final

FILE: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS001": (
        "Filen går inte att läsa: {reason}.", "Kontrollera sökvägen och att du har rätt att läsa filen.",
        "The file cannot be read: {reason}.", "Check the path, and that you may read the file.",
    ),
    "JS002": (
        "Detta är ingen vanlig fil.", "Peka på en fil eller mapp på disken.",
        "This is not a regular file.", "Point at a file or folder on disk.",
    ),
    "JS003": (
        "Filen är större än 2 MB.", "Ett spår är några sidor text. Kontrollera att det är rätt fil.",
        "The file is larger than 2 MB.", "A track is a few pages of text. Check that it is the right file.",
    ),
    "JS004": (
        "Filen är inte UTF-8; troligen är den Latin-1 eller Windows-1252.", "Spara om filen med teckenkodningen UTF-8.",
        "The file is not UTF-8; probably Latin-1 or Windows-1252.", "Save the file again with the encoding UTF-8.",
    ),
    "JS005": (
        "Filen är UTF-16 och inte UTF-8.", "Spara om filen med teckenkodningen UTF-8.",
        "The file is UTF-16 and not UTF-8.", "Save the file again with the encoding UTF-8.",
    ),
    "JS006": (
        "Här står ett osynligt styrtecken ({character}).", "Ta bort tecknet; skriv om raden för hand om det inte syns.",
        "There is an invisible control character here ({character}).", "Remove it; retype the line if it cannot be seen.",
    ),
    "JS007": (
        "Filen innehåller inget spår: överst ska det stå nycklar med värden.", "Börja med “spår: mitt-spår” på en egen rad.",
        "The file holds no track: keys with values are expected at the top.", "Begin with “track: my-track” on a line of its own.",
    ),
    "JS008": (
        "Här ligger mer än 50 nivåer i varandra.", "Inget i språket behöver fler än ett tiotal nivåer; kontrollera klamrarna.",
        "More than 50 levels are nested here.", "Nothing in the language needs more than ten or so; check the brackets.",
    ),
    "JS009": (
        "Filen blir för stor: mer än 20 000 värden när alla “*”-hänvisningar skrivits ut.", "Dela upp filen eller skriv ut värdena.",
        "The file is too large: more than 20 000 values once every “*” alias is written out.", "Split the file or write the values out.",
    ),
    "JS010": (
        "“*{name}” hänvisar till sig självt.", "Skriv ut värdet i stället för hänvisningen.",
        "“*{name}” refers to itself.", "Write the value instead of the alias.",
    ),
    "JS011": (
        "Kolon följt av mellanslag står mitt i ett värde.", "Sätt citattecken om texten, eller börja nyckeln på en egen rad.",
        "A colon followed by a space stands inside a value.", "Put the text in quotes, or begin the key on a line of its own.",
    ),
    "JS012": (
        "En klammer är inte stängd, eller ett kommatecken saknas.",
        "Kontrollera “[ ]” och “{{ }}” på raderna närmast före; text med kommatecken i sätts inom citattecken.",
        "A bracket is not closed, or a comma is missing.",
        "Check “[ ]” and “{{ }}” on the lines just before; text that holds a comma is put in quotes.",
    ),
    "JS013": (
        "Filen tar slut mitt i en text eller en klammer.", "Stäng citattecknet eller klammern.",
        "The file ends inside a text or a bracket.", "Close the quote or the bracket.",
    ),
    "JS014": (
        "Här väntades en nyckel följd av kolon.", "Skriv “nyckel: värde”, med mellanslag efter kolonet.",
        "A key followed by a colon was expected here.", "Write “key: value”, with a space after the colon.",
    ),
    "JS015": (
        "Indraget stämmer inte med raderna före.", "Nycklar som hör ihop börjar i samma kolumn; dra in med mellanslag.",
        "The indentation does not fit the lines before.", "Keys that belong together begin in the same column; indent with spaces.",
    ),
    "JS016": (
        "“*{name}” hänvisar till något som inte står tidigare i filen.",
        "Skriv ut värdet, eller sätt citattecken om text som börjar med *.",
        "“*{name}” refers to nothing earlier in the file.", "Write the value, or put text that begins with * in quotes.",
    ),
    "JS017": (
        "Typmärket “{tag}” tas inte emot.", "Ta bort det; sätt citattecken om text som börjar med utropstecken.",
        "The tag “{tag}” is not accepted.", "Remove it; put text that begins with an exclamation mark in quotes.",
    ),
    "JS018": (
        "Filen innehåller mer än ett dokument (“---”).", "Ett spår per fil: dela filen i två.",
        "The file holds more than one document (“---”).", "One track a file: split it in two.",
    ),
    "JS019": (
        "En nyckel ska vara ett ord, inte en lista eller flera värden.", "Skriv ett ord före kolonet.",
        "A key must be a word, not a list or several values.", "Write one word before the colon.",
    ),
    "JS020": (
        "Sammanslagning med “<<” tas inte emot.", "Skriv ut nycklarna, eller använd bygger_på för en lokal variant.",
        "Merging with “<<” is not accepted.", "Write the keys out, or use based_on for a local variant.",
    ),
    "JS021": (
        "Tecknen å, ä och ö är skrivna i två delar (NFD) i filen.",
        "De läses som vanligt; spara filen som NFC så att sökning fungerar.",
        "The letters å, ä and ö are written in two parts (NFD) in the file.",
        "They are read as usual; save as NFC so that searching works.",
    ),
    "JS022": (
        "“{key}” står redan på rad {line}.", "Ta bort den ena, eller slå ihop dem.",
        "“{key}” is already given on line {line}.", "Remove one of them, or join them.",
    ),
    "JS023": (
        "YAML-texten går inte att läsa här ({problem}).", "Kontrollera citattecken, klamrar och indrag på raden och den före.",
        "The YAML cannot be read here ({problem}).", "Check quotes, brackets and indentation on this line and the one before.",
    ),
    "JS024": (
        "Raden är indragen med tabb.", "Dra in med mellanslag.",
        "A tab is used for indentation.", "Indent with spaces.",
    ),
}  # fmt: skip
