"""The words with which notes declare symbols, in English, French, German, Italian, Spanish and the Nordic languages."""

from __future__ import annotations

import re

from vaultcheck.formula.tokens import word_set
from vaultcheck.proof.passages import FORMULA, LINK_OPEN

WHERE = (
    r"where(?:in|by|as)?|in which|here|hvor|der|wobei|worin|hierbei|hier|dabei|dans laquelle|où|ici|dove|in cui"
    r"|qui|donde|en (?:el|la) que|aquí|där|her|här|missä|jossa"
)
"""What introduces a clause that only declares."""

WITH = r"with|mit|avec|con|med|ved|let|sei|seien|soit|soient|sea|sean|sia|siano|lad|låt|la"
"""What may introduce one, and much else."""

VERB = (
    r"is|are|denotes?|represents?|stands? for|means|designates?|being|refers to|be"
    r"|er|är|on|ovat|være|vara|betegner|betecknar|angiver|angir|beskriver|repræsenterer|representerar|representerer"
    r"|ist|sind|bezeichnet|bezeichnen|steht für|stehen für|beschreibt|bedeutet"
    r"|est|sont|désigne|désignent|représente|représentent|étant"
    r"|è|sono|rappresenta|rappresentano|indica|indicano|denota|denotano|essendo"
    r"|es|son|representa|representan|indican|denotan|siendo"
)
PLURAL = re.compile(
    r"(?:are|denote|represent|stand for|sind|bezeichnen|stehen für|sont|désignent|représentent|sono|rappresentano"
    r"|indicano|denotano|son|representan|indican|denotan|ovat)(?!\w)",
    re.IGNORECASE,
)
INFINITE = re.compile(r"(?:be|being|være|vara|étant|essendo|siendo)(?!\w)", re.IGNORECASE)
"""Verbs behind `with` and `let`: any other one belongs to the sentence around."""
_ADVERB = r"(?:\s+(?:here|hier|her|här|just|simply|again|also|always|called|known as|ici|qui|aquí|altså|då|also))?"
DEFINITE = (
    r"the|its|their|our|la|le|les|l['’]|son|sa|ses|leurs?|die|der|das|den|dem|dessen|deren|seine|ihre|il|lo|gli|el"
    r"|los|las|su|sus|det|dens|dets|sin|sine"
)
INDEFINITE = r"an?|une?|des|ein|eine|einen|einer|un['’]|uno|una|unos|unas|en|et|ett|any|some"
ARTICLE = re.compile(rf"(?:(?:{DEFINITE}|{INDEFINITE})(?<!['’])\s+|(?:l|un|dell|d)['’])", re.IGNORECASE)
DEFINITE_START = re.compile(rf"(?:(?:{DEFINITE})(?<!['’])\s+|l['’])", re.IGNORECASE)
INDEFINITE_START = re.compile(rf"(?:(?:{INDEFINITE})(?<!['’])\s+|un['’])", re.IGNORECASE)
AND = r"and|&|et|und|sowie|e|ed|y|og|och|samt|ja|or|ou|oder"
NAMES = (
    rf"[*_]*+{FORMULA}[*_]*+"
    rf"(?>(?:\s*+(?:[,;]\s*+(?:(?:{AND})\s++)?|(?<=\s)(?:{AND})\s++)[*_]*+{FORMULA}[*_]*+)*)"
)
"""A list of formulas. Nothing in it is tried twice: a line may hold hundreds of them."""

BOUNDARY = rf"(?:[,;:(]\s*(?:(?:{AND}|while|(?:{WHERE})|(?:{WITH}))\s+)?|\s(?:{AND}|while)\s+)"

HEAD = re.compile(
    rf"(?P<names>{NAMES})\s*(?:(?P<verb>(?<=\s)(?:{VERB}){_ADVERB}(?=[\s:*_{LINK_OPEN}]|$))|(?P<sep>:(?!:)|(?<=\s)(?:[-–—=→]|--)(?=\s))"
    rf"|(?P<as>(?<=\s)(?:as|comme|als|como|come|som)\s)|(?P<bare>(?<=\s)(?=(?:{ARTICLE.pattern}|(?:in|en|i)\s)))"
    rf"|(?P<link>(?<=\s)(?=[*_]*{LINK_OPEN})))",
    re.IGNORECASE,
)
"""Names and what joins them to a meaning: a verb, a mark, `as`, or only an article or a link behind a space."""

INTRODUCED = re.compile(
    rf"(?<![\w-])(?:(?P<where>{WHERE})|(?P<with>{WITH}))[:,]?\s+"
    rf"(?:(?:again|also|now|then|as before),?\s+)?(?=[*_]*+{FORMULA})",
    re.IGNORECASE,
)
"""A word that introduces a clause, before names. It must begin its sentence or follow a boundary or a formula."""

VERB_LAST = re.compile(
    r"\s+(?:ist|sind|bezeichnet|bezeichnen|darstellt|darstellen|beschreibt|angibt|angeben|steht|bedeutet)[\s.,;]*$"
)
"""The verb at the end of a German subordinate clause."""

NORDIC_NOUN = re.compile(
    r"(?:[*_]*)(?!.*?(?:ert|ende|met|givet|kendt|känt|kjent)\b(?<=^))(?P<word>[a-zæøåäö]{4,}(?:en|ene|erne|elsen|eden|na|et|ten))(?![\w-])"
)
"""A noun with its article behind it, as the Nordic languages write it: `kraften`, `hastigheden`."""

NO_NOUNS = word_set(
    """konstant konstanten bestemt bestemmes givet gitt kendt ukendt negativ positiv anvendt defineret definieret ikke
    lige ligeledes lineært lineær proportional uafhængigt afhængigt åbent åben lukket sammen imellem mellem siden
    mindst større mindre altid ingen even often then when open taken given written seen known shown chosen driven proven
    broken hidden zwischen gegeben bekannt offen selten allen klein ten seven eleven garanteret lukkede"""
)

EMPTY_MEANING = re.compile(
    r"(?:the |a |an |la |le |die |der |das |det |den )?(?:same|solution|result|case|answer|reason|only|most|one|ones"
    r"|following|opposite|latter|former|number of times|best|worst|fact|question|idea"
    r"|point is|même|solution|résultat|cas|gleiche|selbe|lösung|ergebnis|fall|samme|løsning|løsningen|resultatet|eneste"
    r"|stesso|stessa|soluzione|risultato|mismo|misma|solución|resultado|identity matrix|empty set)(?!\w)",
    re.IGNORECASE,
)
"""How a statement about a symbol goes on that says nothing of what it is."""

SUPPOSED = re.compile(
    r"\?(?:\s|$)|~~|(?<!\w)(?:suppose|supposing|assume|assuming|wrong|incorrect|mistake|not|never|if|unless|when|whenever"
    r"|given that|prove"
    r"|show that|therefore|hence|thus|so|then"
    r"|alors|ainsi|entonces|så|dann|because|since|iff|supposons|si|donc|car|angenommen|wenn|falls|daher|also"
    r"|supponiamo|se|quindi|supongamos|por lo tanto|hvis|antag|derfor|om|anta)(?!\w)",
    re.IGNORECASE,
)
"""What makes a sentence something else than a declaration, where it stands before the name."""

FINITE_VERB = re.compile(
    r"(?<!\w)(?:is|are|was|were|becomes?|goes|go|must|can|cannot|should|will|would|may|might|has|have|had|equals?|gets?"
    r"|gives?|makes?|means|holds?|does|do|means|works?|runs?|reads?|sends?|executes?|shows?|find|solve|use|let|see|note|calculate|compute|determine|check|apply|draw|plot|increase|decrease|add|get|take"
    r"|ist|sind|wird|werden|muss|kann|hat|haben|gilt|est|sont|doit|peut|a|ont|è|sono|deve|può|ha|es|son|debe|puede"
    r"|er|bliver|skal|kan|har|är|blir|måste|[Ww]e|[Yy]ou|[Ii]t|[Tt]hey|I|[Tt]his|[Tt]hese|[Ll]et's|if|when|then|not)(?!\w)"
)
"""A word that makes what stands behind a mark a sentence, not a meaning."""

UNIT_HEADER = re.compile(
    r"(?:(?:si[- ])?units?|unités?|(?:si-)?einheit(?:en)?|unità|unidad(?:es)?|enhed(?:er)?|enhet(?:er)?|yksikkö)"
    r"(?!\w).*",
    re.IGNORECASE,
)
SYMBOL_HEADER = re.compile(
    r"symbol(?:e|s|es|i|er)?|s[ií]mbol[oi]s?|(?:formel)?zeichen|notation|tegn|tecken|tunnus|merkki|letter|letra|lettre"
    r"|lettera|buchstabe",
    re.IGNORECASE,
)
VALUE_HEADER = re.compile(
    r"(?:(?:standard|typical|default|numerical|approx\.?) )?values?|valeurs?|werte?|valor[ei]?|valores|værdi(?:er)?"
    r"|verdi(?:er)?|värden?|arvo",
    re.IGNORECASE,
)
VARIABLE_HEADER = re.compile(
    r"variables?|parameters?|paramètres?|par[aá]metro|variabile|variabel|konstante?|constants?", re.IGNORECASE
)
MEANING_HEADER = re.compile(
    r"meaning|descriptions?|definitions?|(?:physical )?quantity|quantities|names?|represents|explanation|what"
    r"|propert(?:y|ies)|term|signification|grandeur(?: physique)?|nom|définition|bedeutung|(?:physikalische )?größe"
    r"|beschreibung|bezeichnung|betydning|størrelse|beskrivelse|navn|significato|grandezza|descrizione|nome|significado"
    r"|magnitud|descripción|nombre|definición|betydelse|storhet|beskrivning|namn|merkitys|suure|"
    + VARIABLE_HEADER.pattern,
    re.IGNORECASE,
)
"""The titles of the columns of a table of symbols."""
