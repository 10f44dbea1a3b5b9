"""Names of people taken apart: titles and honorifics off, the parts as they are compared, what a first name tells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

MALE = {
    "mr",
    "mister",
    "sir",
    "lord",
    "king",
    "prince",
    "father",
    "brother",
    "pope",
    "sheikh",
    "imam",
    "rabbi",
    "baron",
    "duke",
    "herr",
    "monsieur",
    "señor",
    "signor",
    "shri",
    "alhaji",
}
FEMALE = {
    "mrs", "ms", "miss", "mme", "lady", "dame", "queen", "princess", "sister", "baroness", "duchess", "frau", "madame", "señora",
    "signora", "sheikha", "smt", "shrimati", "datin", "puan",
}  # fmt: skip
HONORIFICS = MALE | FEMALE | {
    "dr", "prof", "professor", "rev", "reverend", "hon", "mx", "st", "datuk", "dato", "tengku", "tunku", "samdech", "techo", "engr",
    "cde", "khun",
}  # fmt: skip
# Forms of address that are no honorifics in every case: "he" is none.
_STYLES = {"H", "E", "HE", "HH", "HRH", "Eng", "Engr", "Adv", "Atty", "Ing", "Lic"}
TITLES = {
    "president", "senator", "sen", "rep", "representative", "gov", "governor", "minister", "secretary", "chancellor",
    "general", "gen", "colonel", "col", "captain", "capt", "major", "maj", "lieutenant", "lt", "sergeant", "sgt", "judge",
    "justice", "mayor", "chairman", "chairwoman", "speaker", "ambassador", "congressman", "congresswoman", "premier", "del",
    "commissioner", "chief", "inspector", "detective", "officer", "councilman", "councillor", "attorney", "admiral",
    "cardinal", "archbishop", "bishop", "ayatollah", "coach", "deputy", "vice", "prime", "former", "then", "acting",
    "spokesman", "spokeswoman", "director", "emir", "pres", "adm", "cmdr", "supt", "mp", "state", "candidate", "nominee",
    "brigadier", "brig", "rear", "marshal", "maulana", "mullah", "mufti", "barrister", "pastor", "igp", "dig", "additional", "ssp", "dsp", "dcp",
}  # fmt: skip
_PARTICLES = {
    "al",
    "el",
    "de",
    "del",
    "van",
    "von",
    "der",
    "den",
    "da",
    "di",
    "du",
    "la",
    "le",
    "bin",
    "ben",
    "ibn",
    "abu",
    "st",
}
# What stands behind a name and is none: degrees, honours, seats. And what tells fathers and sons apart.
_HONOURS = (
    "MD", "PhD", "Ph\\.?D", "DPhil", "Esq", "KC", "QC", "SC", "MP", "MEP", "MSP", "MLA", "MPP", "TD", "OBE", "MBE", "CBE", "KBE",
    "DBE", "FRS", "JP", "MBA", "CPA", "RN", "MLC", "DL", "QPM", "Kt",
)  # fmt: skip
_DEGREES = {"md", "phd", "esq"}
_GENERATIONS = {
    "jr": "junior", "junior": "junior", "sr": "senior", "senior": "senior", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
POST_NOMINALS = re.compile(rf"^(?:,?\s(?:{'|'.join(_HONOURS)})\b\.?)+")
_POST_NOMINAL = re.compile(rf"(?:,?\s(?:{'|'.join(_HONOURS)})\b\.?)+$")
# Titles of several words, and those that only capitals or a stop tell from a name ("He Wei", "Eng Soo").
TITLE_PHRASE = re.compile(
    r"\b(?:(?:Tan|Toh|Puan|Datuk|Datin|Dato['’]?)\s+(?:Sri|Seri|Paduka|Wira|Patinggi)|Eng\."
    r"|(?:His|Her|Their)\s+(?:Excellency|Majesty|Holiness|(?:Royal\s+)?Highness))(?=\s+[A-Z])"
    r"|\b(?:H\.?E\.?|H\sE|H\.?R\.?H\.?)(?=\s+[A-Z][\w.’'-]*\s+[A-Z])"  # but "H.E. Bates"
)
_RETIRED = r"(?:\.?\s*\([Rr](?:et(?:d|ired)?|td)\.?\))?"
# A title and what parts it from the name: white space, or nothing but a stop ("Dr.Ruth Vale").
_TITLE = re.compile(
    rf"(?:[Tt]he\s+)?(?:{TITLE_PHRASE.pattern}|(?P<word>[\w’'-]+)){_RETIRED}(?:\.?\s+|\.(?=[A-Z][a-z]))(?=\S)"
)
# "Yamanobe-san", "Kim-ssi": an honorific hung on the name.
_HUNG_ON = re.compile(r"-(?:san|sama|sensei|ssi|nim|ji|saheb|sahib|bey|hanım|agha)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """First name in lower case to ``m`` or ``f``."""
    source = files("quotetrack").joinpath("extract/data/first_names.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in source.splitlines() if line and not line.startswith("#"))


def is_address(word: str) -> bool:
    """Whether the word is a form of address: ``Dr.``, ``Eng.``, ``H.E.``, the ``H`` and the ``E`` of ``H E``."""
    return word.lower().rstrip(".") in HONORIFICS or word.replace(".", "") in _STYLES


@lru_cache(maxsize=20_000)
def fold(name: str) -> tuple[str, ...]:
    """The parts of a name as they are compared: no accents, no case, no punctuation, no particles."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("’", "'").replace(".", "")
    parts = [p.strip("'\"“”,()") for p in re.split(r"[\s-]+", plain)]
    kept = [p for p in parts if p and p not in _PARTICLES and p not in _DEGREES]
    while len(kept) > 1 and kept[-1] in _GENERATIONS:
        kept.pop()
    if re.match(r"(?:Ben|Al) [A-Z]", name):
        kept.insert(0, parts[0])  # a first name here, a particle in "ben Ali" and "al-Assad"
    return tuple(kept or [p for p in parts if p])


def generation(name: str) -> str:
    """``junior`` of ``Anton Vale Jr.``, ``iii`` of ``Anton Vale III``; empty for most."""
    last = name.lower().rstrip(". ").split()[-1:]
    return _GENERATIONS.get(last[0], "") if last and " " in name.strip() else ""


def strip_title(text: str) -> tuple[str, int, str]:
    """The name without leading titles and trailing possessive, how many characters went at the head, and the gender
    an honorific tells."""
    gender = ""
    # "Texas Sen. Ted Cruz": what stands before a title is no part of the name either.
    inside = re.match(
        r"(?:[A-Z][\w.]+\s+){1,3}(?:(?:Sens?|Reps?|Govs?|Senator|Governor|Congress(?:wo)?man)\.?\s+(?=\S+\s+\S)"
        r"|(?:AG|Challenger|Candidate|Nominee|Rival|Billionaire)\s+(?=\S))",
        text,
    )
    offset = inside.end() if inside else 0
    while match := _TITLE.match(text, offset):
        word = (match["word"] or "").lower().strip("'’")
        if match["word"] is not None and word not in HONORIFICS and word not in TITLES:
            break
        gender = gender or ("m" if word in MALE else "f" if word in FEMALE else "")
        offset = match.end()
    name = re.sub(r"\s\([A-Z](?:[-–][\w.]*)?\)?$", "", text[offset:]).strip(" ,")
    name = name if re.search(r"\s[JS]r\.$", name) else name.strip(".")
    name = _POST_NOMINAL.sub("", re.sub(r"(?:['’]s|['’])$", "", name))
    return name if " " in name else _HUNG_ON.sub("", name), offset, gender


def is_title(text: str) -> bool:
    """Whether ``text``, as it stands before a name, is made of titles and honorifics only: ``Maj. Gen. (retd)``."""
    return strip_title(f"{text.strip()} Ruth Vale")[0] == "Ruth Vale"
