"""What can be wrong with a condition."""

from __future__ import annotations

from typing import Final

CONDITIONS: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS201": (
        "“{found}” väntades inte här.", "Ett villkor är uppgifter med och, eller, inte, jämförelser och parenteser.",
        "“{found}” was not expected here.", "A condition is facts with and, or, not, comparisons and brackets.",
    ),
    "JS202": (
        "Tecknet “{found}” hör inte till ett villkor.", "Använd och, eller, inte, =, !=, <, <=, >, >= och parenteser.",
        "The character “{found}” does not belong in a condition.", "Use and, or, not, =, !=, <, <=, >, >= and brackets.",
    ),
    "JS203": (
        "Villkoret tar slut för tidigt.", "Skriv klart det; text med kommatecken eller kolon i sätts inom citattecken.",
        "The condition ends too early.", "Finish it; text with a comma or a colon in it is put in quotes.",
    ),
    "JS204": (
        "Parentesen stängs aldrig.", "Lägg till “)”.",
        "The bracket is never closed.", "Add “)”.",
    ),
    "JS205": (
        "Villkoret är för långt eller har för många nivåer.", "Dela det i flera; en lista av villkor betyder alla.",
        "The condition is too long or too deep.", "Split it in several; a list of conditions means all of them.",
    ),
    "JS206": (
        "Spåret har ingen uppgift som heter “{found}”.", "Lägg till den under uppgifter, eller rätta stavningen.",
        "The track has no fact called “{found}”.", "Add it under facts, or mend the spelling.",
    ),
    "JS207": (
        "“{found}” är ja eller nej och jämförs inte.", "Skriv bara “{found}”, eller “inte {found}”.",
        "“{found}” is yes or no and is not compared.", "Write just “{found}”, or “not {found}”.",
    ),
    "JS208": (
        "“{found}” är inte ja eller nej och kan inte stå ensamt.", "Jämför med ett värde, eller skriv känd(…).",
        "“{found}” is not yes or no and cannot stand alone.", "Compare it with a value, or write known(…).",
    ),
    "JS209": (
        "“{found}” är inget av valen för “{of}”.", "Välj bland: {known}.",
        "“{found}” is none of the choices of “{of}”.", "Choose among: {known}.",
    ),
    "JS210": (
        "“{found}” är inget tal.", "Jämför med ett helt tal.",
        "“{found}” is not a number.", "Compare with a whole number.",
    ),
    "JS211": (
        "“{found}” är inget datum.", "Jämför med ett datum som finns, skrivet 2026-09-01.",
        "“{found}” is not a date.", "Compare with a date that exists, written 2026-09-01.",
    ),
    "JS212": (
        "“{found}” har ingen ordning.", "Använd = eller !=.",
        "“{found}” has no order.", "Use = or !=.",
    ),
    "JS213": (
        "Spåret har inget steg som heter “{found}”.", "Skriv stegets id, inte dess namn.",
        "The track has no step called “{found}”.", "Write the id of the step, not its name.",
    ),
    "JS214": (
        "“{found}” är inget resultat av steget “{of}”.", "Välj bland: {known}.",
        "“{found}” is not a result of the step “{of}”.", "Choose among: {known}.",
    ),
    "JS215": (
        "“{found}” är inget utfall.", "Välj bland: {known}.",
        "“{found}” is not an outcome.", "Choose among: {known}.",
    ),
    "JS216": (
        "“{found}” är inget datum, så dagarna sedan dess kan inte räknas.", "Använd en uppgift av typen datum.",
        "“{found}” is not a date, so the days since it cannot be counted.", "Use a fact of the type date.",
    ),
    "JS217": (
        "“{found}” är ingen tidslängd.", "Skriv till exempel varade(1 månad).",
        "“{found}” is not a length of time.", "Write for example lasted(1 month).",
    ),
    "JS218": (
        "Två jämförelser i rad går inte att läsa.", "Skriv dem var för sig: ålder >= 16 och ålder <= 24.",
        "Two comparisons in a row cannot be read.", "Write each by itself: age >= 16 and age <= 24.",
    ),
    "JS219": (
        "“{found}” står på fel sida.", "Uppgiften står till vänster och ett fast värde till höger.",
        "“{found}” is on the wrong side.", "The fact stands on the left and a fixed value on the right.",
    ),
    "JS220": (
        "Spåret har ingen arbetsgivare med id “{found}”.", "Välj bland: {known}.",
        "The track has no employer with the id “{found}”.", "Choose among: {known}.",
    ),
    "JS221": (
        "Efter “{found}” väntades en parentes.", "Skriv till exempel “{found}(…)”.",
        "A bracket was expected after “{found}”.", "Write for example “{found}(…)”.",
    ),
    "JS222": (
        "“==” används inte.", "Skriv ett likhetstecken: =.",
        "“==” is not used.", "Write one equals sign: =.",
    ),
    "JS223": (
        "Talet är större än {most}.", "Ange ett rimligt tal.",
        "The number is larger than {most}.", "Give a reasonable number.",
    ),
    "JS224": (
        "“{found}” är känt först efter avslut och kan bara räknas i mål.", "Ta bort det ur villkoret.",
        "“{found}” is known only after exit and can only be counted in goals.", "Remove it from the condition.",
    ),
}  # fmt: skip
