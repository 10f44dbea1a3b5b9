"""Lemmas of English words without a parse, from the dictionary of simplemma (Barbaresi 2023).

Where a parsed token is at hand, ``Word.lemma`` is more reliable: the dictionary does not know whether ``meeting`` is a verb.
The dictionary is loaded on first use (0.3 s, 25 MB).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Forms of verbs that report speech or thought, with their lemmas.
IRREGULAR_VERBS = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel",
    "knew": "know", "known": "know", "held": "hold", "found": "find", "swore": "swear", "sworn": "swear",
    "saw": "see", "seen": "see", "began": "begin", "begun": "begin", "went": "go", "read": "read", "spoke": "speak",
    "spoken": "speak", "sang": "sing", "shot": "shoot", "put": "put", "understood": "understand", "meant": "mean",
    "taught": "teach", "shown": "show", "forbade": "forbid", "cried": "cry", "replied": "reply", "denied": "deny",
    "pled": "plead", "foresaw": "foresee", "says": "say", "sez": "say", "heard": "hear", "withdrew": "withdraw",
}  # fmt: skip
_ES = re.compile(r"(?:ch|sh|ss|x|zz|o)es$")
_DOUBLING = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")


@lru_cache(maxsize=50_000)
def dictionary_lemma(word: str) -> str | None:
    """Return the lemma of a word in lower case, or ``None`` if the dictionary does not contain the word.

    Of a compound with a hyphen, the last part is looked up if the whole is missing.

    >>> dictionary_lemma("underwent"), dictionary_lemma("crisis"), dictionary_lemma("podcasters")
    ('undergo', 'crisis', None)
    >>> dictionary_lemma("co-hosts")
    'co-host'
    """
    import simplemma  # 0.1 s

    if simplemma.is_known(word, lang="en"):
        return simplemma.lemmatize(word, lang="en").lower()
    first, hyphen, last = word.rpartition("-")
    found = dictionary_lemma(last) if first and last else None
    return first + hyphen + found if found else None


@lru_cache(maxsize=50_000)
def singular(noun: str) -> str:
    """Return the singular of a noun in lower case; a noun that is not a plural is returned unchanged.

    Nouns missing from the dictionary lose a regular ending. Plurals without ``s`` are recognised only in ``-men`` and
    ``-ren``, because other words are more often forms of verbs to the dictionary.

    >>> singular("deputies"), singular("children"), singular("crisis"), singular("podcasters"), singular("meeting")
    ('deputy', 'child', 'crisis', 'podcaster', 'meeting')
    """
    if not noun.endswith(("s", "men", "ren")):
        return noun
    return dictionary_lemma(noun) or without_s(noun)


def without_s(word: str) -> str:
    """Remove the regular ending of a plural or of the third person singular (Quirk et al. 1985, 3.5 and 5.80).

    >>> without_s("podcasters"), without_s("lobbies"), without_s("relaunches"), without_s("press")
    ('podcaster', 'lobby', 'relaunch', 'press')
    """
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith("ss") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if _ES.search(word) else word[:-1]


def finite_forms(lemma: str) -> frozenset[str]:
    """Return the lemma, the third person singular and the past tense of a verb (Quirk et al. 1985, 3.5-3.9).

    Where a final consonant may be doubled, both spellings are returned, because the stress of the word is not known.

    >>> sorted(finite_forms("reply")), sorted(finite_forms("quip"))
    (['replied', 'replies', 'reply'], ['quip', 'quiped', 'quipped', 'quips'])
    >>> sorted(finite_forms("tell"))
    ['tell', 'tells', 'told']
    """
    irregular = {form for form, base in IRREGULAR_VERBS.items() if base == lemma}
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return frozenset({lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", *irregular})
    third = f"{lemma}es" if _ES.search(f"{lemma}es") else f"{lemma}s"
    past = {f"{lemma.removesuffix('e')}ed"}
    if _DOUBLING.search(lemma):
        past.add(f"{lemma}{lemma[-1]}ed")
    return frozenset({lemma, third, *(irregular or past)})
