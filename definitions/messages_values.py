"""What can be wrong with keys and single values."""

from __future__ import annotations

from typing import Final

VALUES: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS028": (
        "Texten är längre än {most} tecken.", "Korta den; långa underlag hör hemma i ett eget dokument.",
        "The text is longer than {most} characters.", "Shorten it; long material belongs in a document of its own.",
    ),
    "JS029": (
        "Här saknas ett värde.", "Skriv ett värde, eller ta bort raden.",
        "A value is missing here.", "Write a value, or remove the line.",
    ),
    "JS030": (
        "Här väntades ett enda värde, inte en lista eller flera nycklar.", "Skriv värdet direkt efter kolonet.",
        "A single value was expected here, not a list or several keys.", "Write the value right after the colon.",
    ),
    "JS031": (
        "“{key}” har inget värde.", "Skriv ett värde efter kolonet, eller ta bort nyckeln.",
        "“{key}” has no value.", "Write a value after the colon, or remove the key.",
    ),
    "JS032": (
        "Listan är tom.", "Fyll den, eller ta bort nyckeln.",
        "The list is empty.", "Fill it, or remove the key.",
    ),
    "JS033": (
        "“{found}” kan inte vara ett id.", "Ett id skrivs med a–z, å, ä, ö, siffror, bindestreck och understreck, högst 64 tecken.",
        "“{found}” cannot be an id.", "An id is written with a–z, å, ä, ö, digits, hyphen and underscore, at most 64 characters.",
    ),
    "JS034": (
        "“{found}” är inget helt tal.", "Skriv talet med siffror, utan mellanslag och enhet.",
        "“{found}” is not a whole number.", "Write the number in digits, without spaces or unit.",
    ),
    "JS035": (
        "{found} ligger utanför det möjliga: {least} till {most}.", "Ange ett tal däremellan.",
        "{found} is out of bounds: {least} to {most}.", "Give a number in between.",
    ),
    "JS036": (
        "“{found}” är inget datum.", "Skriv år-månad-dag, till exempel 2026-09-01.",
        "“{found}” is not a date.", "Write year-month-day, for example 2026-09-01.",
    ),
    "JS037": (
        "Dagen {found} finns inte.", "Kontrollera månad och dag; åren 1900 till 2199 tas emot.",
        "There is no such date as {found}.", "Check month and day; the years 1900 to 2199 are accepted.",
    ),
    "JS038": (
        "“{found}” är ingen tidslängd.", "Skriv ett helt tal och dagar, arbetsdagar, veckor eller månader, till exempel 2 veckor.",
        "“{found}” is not a length of time.", "Write a whole number and days, working days, weeks or months, for example 2 weeks.",
    ),
    "JS039": (
        "En tidslängd är minst 1 och högst {most}.", "Ange ett tal däremellan, eller byt till en större enhet.",
        "A length of time is at least 1 and at most {most}.", "Give a number in between, or use a larger unit.",
    ),
    "JS040": (
        "“{found}” är ingen tidpunkt.",
        "Skriv antagning, avslut, anställning, start på STEG eller slut på STEG, gärna med “2 veckor efter” framför.",
        "“{found}” is not a point in time.",
        "Write admission, exit, employment, start of STEP or end of STEP, if wanted with “2 weeks after” before it.",
    ),
    "JS041": (
        "“{found}” är inget belopp.", "Skriv hela kronor för hela steget, 48000, eller för varje vecka, 1200 per vecka.",
        "“{found}” is not an amount of money.", "Write whole kronor for the whole step, 48000, or for each week, 1200 per week.",
    ),
    "JS042": (
        "“{found}” är inget av de värden som kan stå här.", "Välj bland: {known}.",
        "“{found}” is none of the values that can stand here.", "Choose among: {known}.",
    ),
    "JS043": (
        "Nyckeln “{key}” är okänd här.", "Här kan stå: {known}.",
        "The key “{key}” is unknown here.", "These can stand here: {known}.",
    ),
    "JS044": (
        "Nyckeln “{key}” saknas.", "Lägg till “{key}: …” här.",
        "The key “{key}” is missing.", "Add “{key}: …” here.",
    ),
    "JS045": (
        "Här väntades nycklar med värden.", "Skriv på formen “nyckel: värde”; här kan stå: {known}.",
        "Keys with values were expected here.", "Write “key: value”; these can stand here: {known}.",
    ),
    "JS046": (
        "“{found}” står två gånger i listan.", "Ta bort den ena.",
        "“{found}” stands twice in the list.", "Remove one of them.",
    ),
    "JS047": (
        "“{found}” är varken en andel eller ett tal.", "Skriv en andel som 70 %, högst 100 %, eller ett tal.",
        "“{found}” is neither a share nor a number.", "Write a share such as 70 %, at most 100 %, or a number.",
    ),
    "JS048": (
        "“{found}” är ett ord i språket och kan inte vara ett id.", "Välj ett annat id; namnet får vara vad som helst.",
        "“{found}” is a word of the language and cannot be an id.", "Choose another id; the name may be anything.",
    ),
    "JS049": (
        "“{found}” är inte ett ord.", "Ett val eller resultat är ett enda ord utan mellanslag; bind ihop med understreck.",
        "“{found}” is not one word.", "A choice or a result is a single word without spaces; join with underscores.",
    ),
    "JS050": (
        "En insats har inget eget namn: nyckeln “{key}” saknas.", "Lägg till “{key}: …” i steget.",
        "An insats has no name of its own: the key “{key}” is missing.", "Add “{key}: …” to the step.",
    ),
    "JS051": (
        "Id “{id}” används två gånger.", "Ge den ena ett annat id.",
        "The id “{id}” is used twice.", "Give one of them another id.",
    ),
    "JS052": (
        "“{found}” är ingen bransch.", "Skriv avdelningens bokstav i SNI 2007, A till U.",
        "“{found}” is not a sector.", "Write the letter of the section in SNI 2007, A to U.",
    ),
    "JS053": (
        "“{found}” är ingen yrkeskod.", "Skriv fyra siffror enligt SSYK 2012, inom citattecken.",
        "“{found}” is not an occupation code.", "Write four digits of SSYK 2012, in quotes.",
    ),
    "JS054": (
        "Här väntades uppgifter med sina typer.", "Skriv “uppgift: typ”, till exempel “körkort: ja/nej”.",
        "Facts with their types were expected here.", "Write “fact: type”, for example “driving_licence: yes/no”.",
    ),
    "JS055": (
        "“{found}” är ingen typ av uppgift.", "Välj bland: {known}, eller en lista med val, lägst först.",
        "“{found}” is not a type of fact.", "Choose among: {known}, or a list of choices, lowest first.",
    ),
    "JS056": (
        "Ett val behöver minst två alternativ.", "Lägg till fler, eller gör uppgiften till ja/nej.",
        "A list of choices needs at least two.", "Add more, or make the fact yes/no.",
    ),
    "JS057": (
        "Här väntades rubriker med text.", "Skriv “Rubrik: text”.",
        "Headings with text were expected here.", "Write “Heading: text”.",
    ),
    "JS058": (
        "Två starter har samma datum, {date}.", "Slå ihop dem, eller flytta den ena en dag.",
        "Two starts have the same date, {date}.", "Join them, or move one by a day.",
    ),
    "JS059": (
        "“{found}” säger inte vem som går före.", "Lägg till “högst först” eller “lägst först”.",
        "“{found}” does not say who goes first.", "Add “highest first” or “lowest first”.",
    ),
    "JS061": (
        "Kön kan inte ordnas efter “{found}”.", "Använd företräde, lottning, anmälan eller en uppgift med ordning i.",
        "The queue cannot be ordered by “{found}”.", "Use precedence, lottery, referral or a fact that has an order.",
    ),
    "JS062": (
        "“{found}” är ingen uppgift i spåret och inget sätt att ordna kön.", "Lägg till uppgiften, eller rätta stavningen.",
        "“{found}” is neither a fact of the track nor a way to order the queue.", "Add the fact, or mend the spelling.",
    ),
    "JS063": (
        "Här väntades överföringar med id.", "Skriv “id: {{mottagare: …}}”.",
        "Transfers by id were expected here.", "Write “id: {{to: …}}”.",
    ),
    "JS064": (
        "Här väntades resultat och vad de leder till.", "Skriv “resultat: åtgärd”, till exempel “ej_klar: fråga”.",
        "Results and what they lead to were expected here.", "Write “result: action”, for example “not_passed: ask”.",
    ),
    "JS065": (
        "Detta är ingen åtgärd.", "Skriv nästa, fråga, avsluta, ett steg, eller en av nycklarna gå_till, gör_om och överför.",
        "This is not an action.", "Write next, ask, end, a step, or one of the keys goto, retry and transfer.",
    ),
    "JS066": (
        "“{key}” kan inte stå ihop med “{indicator}”: måttet säger redan vad som räknas.", "Ta bort den ena.",
        "“{key}” cannot stand with “{indicator}”: the measure already says what is counted.", "Remove one of them.",
    ),
    "JS068": (
        "“{key}” ska vara en lista.", "Börja varje steg på en egen rad med “- ”.",
        "“{key}” must be a list.", "Begin each step on a line of its own with “- ”.",
    ),
    "JS069": (
        "“{key}” läses som en nyckel utan värde.", "Text med kommatecken inom {{ }} eller [ ] sätts inom citattecken.",
        "“{key}” is read as a key without a value.", "Text with a comma inside {{ }} or [ ] is put in quotes.",
    ),
}  # fmt: skip
