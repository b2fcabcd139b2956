"""What can be wrong with a track as a whole."""

from __future__ import annotations

from typing import Final

TRACK: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS067": (
        "Id “{id}” används redan i {path}.", "Ge den ena ett annat id, eller kontrollera en fil åt gången.",
        "The id “{id}” is already used in {path}.", "Give one of them another id, or check one file at a time.",
    ),
    "JS070": (
        "Filen är varken ett spår eller en indikator.", "Börja med “{track}: …” eller “{indicator}: …”, eller flytta filen ur mappen.",
        "The file is neither a track nor an indicator.", "Begin with “{track}: …” or “{indicator}: …”, or move the file out of the folder.",
    ),
    "JS071": (
        "Mappen innehåller inga spår.", "Lägg dit filer som slutar på .yaml.",
        "The folder holds no tracks.", "Put files there that end in .yaml.",
    ),
    "JS072": (
        "Indikatorn “{id}” finns redan i programmet.", "Ge din egen ett annat id.",
        "The indicator “{id}” is already part of the program.", "Give your own another id.",
    ),
    "JS101": (
        "Ett jobbspår behöver minst en arbetsgivare.", "Lägg till “{key}”, eller gör spåret till ett förberedande spår.",
        "A jobbspår needs at least one employer.", "Add “{key}”, or make it a förberedande spår.",
    ),
    "JS103": (
        "Perioden slutar inte efter att den börjat ({first}).", "Rätta det ena datumet.",
        "The period does not end after it begins ({first}).", "Mend one of the dates.",
    ),
    "JS104": (
        "Starten {date} ligger utanför perioden.", "Flytta starten, eller ändra perioden.",
        "The start on {date} lies outside the period.", "Move the start, or change the period.",
    ),
    "JS106": (
        "Minsta antalet {minimum} är större än platserna, {places}.", "Sänk det ena eller höj det andra.",
        "The minimum of {minimum} is more than the {places} places.", "Lower one or raise the other.",
    ),
    "JS107": (
        "“{key}” hör till gemensamma starter och spåret har löpande intag.", "Ta bort nyckeln, eller ange starter med datum.",
        "“{key}” belongs to common starts and the intake is rolling.", "Remove the key, or give starts with dates.",
    ),
    "JS108": (
        "Kön får inte ordnas efter “{found}”: det rör diskrimineringsgrunden {ground}.", "Ordna kön på ett annat sätt.",
        "The queue may not be ordered by “{found}”: it touches the discrimination ground {ground}.", "Order the queue in another way.",
    ),
    "JS109": (
        "Villkoret rör diskrimineringsgrunden {ground} (“{found}”) och saknar skäl.",
        "Skriv “{{{rule}: …, {reason}: …}}” med ett sakligt skäl, eller ta bort villkoret.",
        "The condition touches the discrimination ground {ground} (“{found}”) and has no reason.",
        "Write “{{{rule}: …, {reason}: …}}” with an objective reason, or remove the condition.",
    ),
    "JS110": (
        "Uppgiften “{found}” rör en diskrimineringsgrund och säger inte vilken.", "Lägg till “{key}: {ground}”.",
        "The fact “{found}” touches a discrimination ground and does not say which.", "Add “{key}: {ground}”.",
    ),
    "JS111": (
        "Spåret har ingen uppgift som heter “{found}”.", "Lägg till den under uppgifter, eller rätta stavningen.",
        "The track has no fact called “{found}”.", "Add it under facts, or mend the spelling.",
    ),
    "JS112": (
        "“{found}” är ingen av spårets parter.", "Välj bland: {known}; eller lägg till parten under “{key}”.",
        "“{found}” is not one of the track's partners.", "Choose among: {known}; or add the partner under “{key}”.",
    ),
    "JS113": (
        "Spåret har ingen uppgift “{found}” att ta med.", "Lägg till den under uppgifter, eller ta bort den här.",
        "The track has no fact “{found}” to carry along.", "Add it under facts, or remove it here.",
    ),
    "JS114": (
        "Det finns inget spår som heter “{found}”.",
        "Kontrollera id:t och ta med den filen; en myndighet skrivs med stor bokstav, till exempel Försäkringskassan.",
        "There is no track called “{found}”.",
        "Check the id and give that file too; an authority is written with a capital letter, for example Försäkringskassan.",
    ),
    "JS115": (
        "Det finns inget spår “{found}” att bygga på.", "Kontrollera id:t, och lägg spåret i samma mapp eller ta med filen.",
        "There is no track “{found}” to be based on.", "Check the id, and put that track in the same folder or give its file too.",
    ),
    "JS116": (
        "“{found}” bygger själv på ett annat spår.", "Bygg på det ursprungliga spåret; varianter går i ett led.",
        "“{found}” is itself based on another track.", "Base this on the original track; variants go one level.",
    ),
    "JS117": (
        "“{base}” har inget steg som heter “{found}”.", "Välj bland: {known}.",
        "“{base}” has no step called “{found}”.", "Choose among: {known}.",
    ),
    "JS118": (
        "“{key}” betyder något bara ihop med “{other}”.", "Ta bort nyckeln, eller säg vilket spår som ändras.",
        "“{key}” means something only with “{other}”.", "Remove the key, or say which track is changed.",
    ),
    "JS119": (
        "“{found}”, som spåret bygger på, har fel i {path}.", "Rätta den filen först.",
        "“{found}”, which the track is based on, has errors in {path}.", "Mend that file first.",
    ),
    "JS120": (
        "Det finns inget annat steg som heter “{found}”.", "Välj bland: {known}.",
        "There is no other step called “{found}”.", "Choose among: {known}.",
    ),
    "JS121": (
        "“{key}” och “{other}” kan inte stå i samma steg.", "Ett steg står i kedjan eller bredvid den; ta bort det ena.",
        "“{key}” and “{other}” cannot stand in the same step.", "A step is in the chain or beside it; remove one of them.",
    ),
    "JS123": (
        "“{found}” står ensamt: det betyder att inget steg väntas in.", "Ta bort det, eller de andra stegen.",
        "“{found}” stands alone: it means that no step is waited for.", "Remove it, or the other steps.",
    ),
    "JS124": (
        "Steg väntar på varandra: {ring}.", "Ändra ett av dem; bara gör_om och gå_till får leda tillbaka.",
        "Steps wait for each other: {ring}.", "Change one of them; only retry and goto may lead back.",
    ),
    "JS125": (
        "Spåret överför till sig självt (“{found}”).", "Ange ett annat spår, eller använd gå_till.",
        "The track transfers to itself (“{found}”).", "Give another track, or use goto.",
    ),
    "JS126": (
        "Steget “{found}” kan aldrig nås: inget resultat leder dit.", "Låt ett tidigare steg leda vidare med nästa eller fråga.",
        "The step “{found}” can never be reached: no result leads there.", "Let an earlier step lead on with next or ask.",
    ),
    "JS127": (
        "Ett steg bredvid kedjan har inget “{key}”.", "Ta bort nyckeln; fråga efter resultatet i ett villkor i stället.",
        "A step beside the chain has no “{key}”.", "Remove the key; ask for its result in a condition instead.",
    ),
    "JS128": (
        "Steget kan inte få resultatet “{found}”.", "Välj bland: {known}; eller lägg till det under “{key}”.",
        "The step cannot have the result “{found}”.", "Choose among: {known}; or add it under “{key}”.",
    ),
    "JS129": (
        "“{found}” är varken en åtgärd eller ett steg.", "Skriv ett stegs id, eller nästa, fråga, avsluta.",
        "“{found}” is neither an action nor a step.", "Write the id of a step, or next, ask, end.",
    ),
    "JS130": (
        "Spåret har ingen överföring som heter “{found}”.", "Lägg till den under överföringar.",
        "The track has no transfer called “{found}”.", "Add it under transfers.",
    ),
    "JS131": (
        "“{found}” står bredvid kedjan; dit kan inget resultat leda.", "Gå till ett steg i kedjan.",
        "“{found}” stands beside the chain; no result can lead there.", "Go to a step of the chain.",
    ),
    "JS132": (
        "Spåret har löpande intag, så inget steg kan gälla en “{found}”.", "Ange starter med datum, eller låt steget gälla arbetsgivaren.",
        "The intake is rolling, so no step can be about a “{found}”.", "Give starts with dates, or let the step be about the employer.",
    ),
    "JS133": (
        "Dagen går inte att räkna ut i förväg.",
        "“före” kan stå vid slut på STEG, och vid antagning för steg som gäller arbetsgivare eller omgång.",
        "The day cannot be known ahead.", "“before” can stand with end of STEP, and with admission for steps about an employer or a start.",
    ),
    "JS134": (
        "“{found}” är ingen arbetsgivare här.", "Välj bland: {known}.",
        "“{found}” is not an employer here.", "Choose among: {known}.",
    ),
    "JS135": (
        "Steget börjar aldrig: vid avslut slutar allt som inte räknas från anställning.", "Låt det gälla till en tid efter anställning.",
        "The step never begins: at exit everything ends that is not counted from employment.", "Let it last until a time after employment.",
    ),
    "JS139": (
        "Spåret har inga steg i sin kedja.", "Lägg till minst ett steg under “{key}”.",
        "The track has no steps in its chain.", "Add at least one step under “{key}”.",
    ),
    "JS140": (
        "“{found}” har ingen avsiktsförklaring som är undertecknad före första starten.",
        "Lägg till “{agreement}” med “{signed}” när den är undertecknad.",
        "“{found}” has no letter of intent that is signed before the first start.", "Add “{agreement}” with “{signed}” once it is signed.",
    ),
    "JS141": (
        "“{found}” ligger före yrkesutbildningen i stället för parallellt med den.", "Lägg det bredvid med “{key}”, eller bygg in det.",
        "“{found}” stands before the vocational training instead of beside it.", "Put it beside with “{key}”, or build it in.",
    ),
    "JS142": (
        "“{found}” ser ut att fråga efter en diagnos.", "Fråga efter vad som behövs, till exempel ja/nej med begränsad åtkomst.",
        "“{found}” seems to ask for a diagnosis.", "Ask for what is needed, for example yes/no with restricted access.",
    ),
    "JS150": (
        "Målet säger inte vad som räknas.", "Lägg till “{indicator}” med ett färdigt mått, eller “{counts}” med ett villkor.",
        "The goal does not say what is counted.", "Add “{indicator}” with a ready measure, or “{counts}” with a condition.",
    ),
    "JS151": (
        "Det finns inget mått som heter “{found}”.",
        "Färdiga mått: kolada, esf, dua_completed, dua_hired, jobbnatet_end, jobbnatet_ever; egna står i filer i samma mapp.",
        "There is no measure called “{found}”.",
        "Ready measures: kolada, esf, dua_completed, dua_hired, jobbnatet_end, jobbnatet_ever; your own stand in files in the same folder.",
    ),
    "JS152": (
        "Målet “{found}” heter som en uppgift.", "Ge målet ett annat id.",
        "The goal “{found}” is called as a fact is.", "Give the goal another id.",
    ),
    "JS153": (
        "Ett struket mål behöver ett beslut.", "Lägg till “{key}” med datum, vem som beslöt och skälet.",
        "A struck goal needs a decision.", "Add “{key}” with the date, who decided and the reason.",
    ),
    "JS154": (
        "“{found}” är inget annat mål som räknar någon.", "Välj bland: {known}.",
        "“{found}” is not another goal that counts somebody.", "Choose among: {known}.",
    ),
    "JS155": (
        "Spårets period har inget slut.", "Lägg till “{until}” under “{key}”, eller mät på en annan dag.",
        "The track's period has no end.", "Add “{until}” under “{key}”, or measure on another day.",
    ),
    "JS156": (
        "Måttet “{indicator}” frågar efter något som spåret inte har: “{found}” i “{rule}”.",
        "Lägg till uppgiften, eller välj ett annat mått.",
        "The measure “{indicator}” asks for something that the track has not: “{found}” in “{rule}”.",
        "Add the fact, or choose another measure.",
    ),
    "JS157": (
        "“{key}” och “{other}” går inte ihop.", "Båda är andelar eller båda tal, och det första är lägst.",
        "“{key}” and “{other}” do not fit together.", "Both are shares or both numbers, and the first is lower.",
    ),
    "JS158": (
        "Målen hämtar sina personer från varandra i ring, genom “{found}”.", "Låt ett av dem räkna bland avslutade eller antagna.",
        "The goals take their people from each other in a ring, through “{found}”.", "Let one of them count among exits or admitted.",
    ),
}  # fmt: skip
