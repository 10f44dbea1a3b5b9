"""Names of people: titles, honorifics, the parts that are compared, and the gender of first names."""

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
# Forms of address that are written in capitals ("HE"), so that "he" is not one.
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
# Degrees, honours and seats after a name, and (below) generations.
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
# Titles of several words, and titles that differ from names only by capitals or a full stop ("He Wei", "Eng Soo").
TITLE_PHRASE = re.compile(
    r"\b(?:(?:Tan|Toh|Puan|Datuk|Datin|Dato['’]?)\s+(?:Sri|Seri|Paduka|Wira|Patinggi)|Eng\."
    r"|(?:His|Her|Their)\s+(?:Excellency|Majesty|Holiness|(?:Royal\s+)?Highness))(?=\s+[A-Z])"
    r"|\b(?:H\.?E\.?|H\sE|H\.?R\.?H\.?)(?=\s+[A-Z][\w.’'-]*\s+[A-Z])"  # but "H.E. Bates"
)
_RETIRED = r"(?:\.?\s*\([Rr](?:et(?:d|ired)?|td)\.?\))?"
# A title, followed by white space or only by a full stop ("Dr.Ruth Vale").
_TITLE = re.compile(
    rf"(?:[Tt]he\s+)?(?:{TITLE_PHRASE.pattern}|(?P<word>[\w’'-]+)){_RETIRED}(?:\.?\s+|\.(?=[A-Z][a-z]))(?=\S)"
)
# Honorific suffixes: "Yamanobe-san", "Kim-ssi".
_SUFFIX = re.compile(r"-(?:san|sama|sensei|ssi|nim|ji|saheb|sahib|bey|hanım|agha)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """The gender (``m`` or ``f``) of common first names in lower case."""
    source = files("quotetrack").joinpath("extract/data/first_names.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in source.splitlines() if line and not line.startswith("#"))


def is_address(word: str) -> bool:
    """Whether the word is a form of address: ``Dr.``, ``Eng.``, ``H.E.``, or either letter of ``H E``."""
    return word.lower().rstrip(".") in HONORIFICS or word.replace(".", "") in _STYLES


@lru_cache(maxsize=20_000)
def fold(name: str) -> tuple[str, ...]:
    """The parts of a name for comparison, without accents, case, punctuation, particles and generation."""
    plain = name
    if not name.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.lower().replace("’", "'").replace(".", "")
    parts = [p.strip("'\"“”,()") for p in re.split(r"[\s-]+", plain)]
    kept = [p for p in parts if p and p not in _PARTICLES and p not in _DEGREES]
    while len(kept) > 1 and kept[-1] in _GENERATIONS:
        kept.pop()
    if re.match(r"(?:Ben|Al) [A-Z]", name):
        kept.insert(0, parts[0])  # a first name, unlike the particle in "ben Ali" and "al-Assad"
    return tuple(kept or [p for p in parts if p])


@lru_cache(maxsize=20_000)
def generation(name: str) -> str:
    """The generation in a name: ``junior`` for ``Anton Vale Jr.``, ``iii`` for ``Anton Vale III``, else empty."""
    last = name.lower().rstrip(". ").split()[-1:]
    return _GENERATIONS.get(last[0], "") if last and " " in name.strip() else ""


def strip_title(text: str) -> tuple[str, int, str]:
    """Remove leading titles, and a trailing possessive, honour or party, from a name.

    Returns the name, the number of characters removed at its start, and the gender (``m``, ``f`` or empty) that an honorific
    implies.
    """
    gender = ""
    # Words before a title are not part of the name either: "Norland Sen. Ruth Vale".
    before_title = re.match(
        r"(?:[A-Z][\w.]+\s+){1,3}(?:(?:Sens?|Reps?|Govs?|Senator|Governor|Congress(?:wo)?man)\.?\s+(?=\S+\s+\S)"
        r"|(?:AG|Challenger|Candidate|Nominee|Rival|Billionaire)\s+(?=\S))",
        text,
    )
    offset = before_title.end() if before_title else 0
    while match := _TITLE.match(text, offset):
        word = (match["word"] or "").lower().strip("'’")
        if match["word"] is not None and word not in HONORIFICS and word not in TITLES:
            break
        gender = gender or ("m" if word in MALE else "f" if word in FEMALE else "")
        offset = match.end()
    name = re.sub(r"\s\([A-Z](?:[-–][\w.]*)?\)?$", "", text[offset:]).strip(" ,")
    name = name if re.search(r"\s[JS]r\.$", name) else name.strip(".")
    name = _POST_NOMINAL.sub("", re.sub(r"(?:['’]s|['’])$", "", name))
    return name if " " in name else _SUFFIX.sub("", name), offset, gender


def is_title(text: str) -> bool:
    """Whether ``text``, which precedes a name, consists of titles and honorifics only: ``Maj. Gen. (retd)``."""
    return strip_title(f"{text.strip()} Ruth Vale")[0] == "Ruth Vale"
