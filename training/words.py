"""Build the tables of lemmas and of contractions.

    python -m training.words --ud DIR --ner DIR --encoder DIR --out DIR

Uses Stanza's trainers with ``--dict_only``, which record what the treebank gives for a word and its tag. Because news
has more words than a treebank, the lemma table is first extended by regular forms (plurals, ``-s``, ``-ed``,
``-ing``, comparison) of every word attested in the entity corpus or the encoder's vocabulary, and by capitalized
words at the start of sentences. The result is deterministic and takes under two minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from stanza.models import lemmatizer, mwt_expander

from training.conllu import find, read_entities, read_text

VOWELS = "aeiou"
Entry = tuple[str, str, str]  # form, tag, lemma


def main() -> None:
    """Parse the options, write ``lemma/news.pt`` and ``mwt/news.pt``."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ud", type=Path, required=True)
    options.add_argument("--ner", type=Path, required=True)
    options.add_argument("--encoder", type=Path, required=True, help="folder with MiniLM's vocab.txt")
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    text = read_text(find(given.ud, "en-train.conllu"))
    seen = entries(text)
    attested = Counter(
        word for sentence in read_entities(find(given.ner, "en-worldwide.train.json")) for word, _ in sentence
    )
    common = {word for word, count in attested.items() if count > 1 and word.isalpha() and word.islower()}
    common |= {
        word
        for word in (given.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        if word.isalpha() and len(word) > 3
    }
    added = sorted(more(seen, common))
    with tempfile.TemporaryDirectory() as folder:
        train, full, dev = (Path(folder) / f"{name}.conllu" for name in ("train", "full", "dev"))
        rows = [f"1\t{form}\t{lemma}\t{tag}\t_\t_\t0\troot\t_\t_\n\n" for form, tag, lemma in added]
        train.write_text(text, encoding="utf-8")
        full.write_text(text.rstrip() + "\n\n" + "".join(rows), encoding="utf-8")
        dev.write_text(read_text(find(given.ud, "en-dev.conllu")), encoding="utf-8")
        for part, trainer, source in (("lemma", lemmatizer, full), ("mwt", mwt_expander, train)):
            (given.out / part).mkdir(parents=True, exist_ok=True)
            command = f"--train_file {source} --eval_file {dev} --dict_only --shorthand en_news --cpu"
            gold = ["--gold_file", str(dev)] if part == "mwt" else []
            trainer.main([*command.split(), *gold, "--save_dir", str(given.out / part), "--save_name", "news.pt"])


def entries(text: str) -> Counter[Entry]:
    """How often a treebank gives each (form, tag, lemma)."""
    found: Counter[Entry] = Counter()
    for line in text.splitlines():
        row = line.split("\t")
        if len(row) == 10 and row[0].isdigit():
            found[row[1], row[3], row[2]] += 1
    return found


def more(seen: Counter[Entry], common: set[str]) -> set[Entry]:
    """Entries for forms missing from ``seen``: regular forms of its lemmas and of ``common`` words, and capitalized forms."""
    have = {(form, tag) for form, tag, _ in seen}
    lemmas = {(lemma, tag) for _, tag, lemma in seen if lemma.isalpha() and lemma.islower()}
    bases = {tag: {lemma for lemma, own in lemmas if own == tag} for tag in ("NOUN", "VERB", "ADJ")}
    bent = {form for form, tag, lemma in seen if form.lower() != lemma and tag in bases}
    found: dict[tuple[str, str], str] = {}
    others = {word for word in common if word not in bent}
    for tag, known in bases.items():
        for base in sorted(known) + sorted(others - known):
            for form in forms(base, tag):
                # Words in the treebank's dictionary are not forms of others, and of words whose tag
                # is unknown only attested forms are added.
                if form not in known and (base in known or form in common):
                    found.setdefault((form, tag), base)
    for form, tag, lemma in seen:
        if tag != "PROPN" and form.islower():
            found.setdefault((form.capitalize(), tag), lemma)
    for word in common:
        for tag in bases:
            found.setdefault((word.capitalize(), tag), found.get((word, tag), word))
    for form in {form for form, _ in found if form[0].isupper()}:
        found[form, "PROPN"] = form
    return {(form, tag, lemma) for (form, tag), lemma in found.items() if (form, tag) not in have}


def forms(base: str, tag: str) -> Iterator[str]:
    """The regular forms of an English word, with a single and a doubled consonant where either may be written."""
    if len(base) < 3:
        return
    if tag in ("NOUN", "VERB"):
        if base[-1] == "y" and base[-2] not in VOWELS:
            yield base[:-1] + "ies"
        else:
            yield base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if tag == "VERB":
        yield from (stem + ending for ending in ("ed", "ing") for stem in _stems(base, ending))
    if tag == "ADJ":
        yield from (stem + ending for ending in ("er", "est") for stem in _stems(base, ending))


def _stems(base: str, ending: str) -> list[str]:
    if base[-1] == "e" and not (ending == "ing" and base.endswith(("ee", "oe", "ye"))):
        return [base[:-1]]
    if base[-1] == "y" and base[-2] not in VOWELS and ending != "ing":
        return [base[:-1] + "i"]
    short = base[-1] not in VOWELS + "wxy" and base[-2] in VOWELS and base[-3] not in VOWELS
    return [base + base[-1], base] if short else [base]


if __name__ == "__main__":
    main()
