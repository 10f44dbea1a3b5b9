"""What the trainers do to their data keeps it well formed."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from training.conllu import MARKS, Tree, with_other_marks
from training.words import entries, forms, more

QUOTED = Tree(
    ["“", "We", "sail", ",", "”", "she", "said", "."],
    ["PUNCT", "PRON", "VERB", "PUNCT", "PUNCT", "PRON", "VERB", "PUNCT"],
    ["``", "PRP", "VBP", ",", "''", "PRP", "VBD", "."],
    ["_"] * 8,
    [3, 3, 7, 3, 3, 7, 0, 7],
    ["punct", "nsubj", "ccomp", "punct", "punct", "nsubj", "root", "punct"],
)
PLAIN = Tree(["We", "sail"], ["PRON", "VERB"], ["PRP", "VBP"], ["_", "_"], [2, 0], ["nsubj", "root"])


@given(st.sampled_from([QUOTED, PLAIN]), st.integers(0, 100_000))
def test_other_marks_leave_the_tree_as_it_was(tree: Tree, seed: int) -> None:
    """Whatever marks come and go, each word keeps its head and relation, and there is one root."""

    def edges(of: Tree) -> list[tuple[str, str, str]]:
        return [
            (word, of.words[head - 1] if head else "", relation)
            for word, head, relation in zip(of.words, of.heads, of.deprels, strict=True)
            if word not in MARKS and word != "."
        ]

    changed = with_other_marks(tree, random.Random(seed))
    assert edges(changed) == edges(tree)
    assert changed.heads.count(0) == 1
    assert all(0 <= head <= len(changed.words) for head in changed.heads)
    assert (
        len({len(column) for column in (changed.words, changed.upos, changed.xpos, changed.feats, changed.heads)}) == 1
    )


def test_some_marks_do_change() -> None:
    """The same sentence comes with all its marks, with one, with none."""
    counts = {sum(w in MARKS for w in with_other_marks(QUOTED, random.Random(n)).words) for n in range(200)}
    assert {0, 1, 2} <= counts


def test_regular_forms() -> None:
    """Plurals and verb forms as English spells them."""
    assert {"cities"} == set(forms("city", "NOUN"))
    assert {"watches", "watched", "watching"} == set(forms("watch", "VERB"))
    assert {"stops", "stopped", "stoped", "stopping", "stoping"} == set(forms("stop", "VERB"))
    assert {"hopes", "hoped", "hoping"} == set(forms("hope", "VERB"))


def test_the_table_adds_and_never_contradicts() -> None:
    """Forms the treebank knows stay as they are; attested plurals and capitals of sentences are added."""
    line = "1\t{}\t{}\t{}\t_\t_\t0\troot\t_\t_"
    seen = entries("\n".join(line.format(*row) for row in [("people", "people", "NOUN"), ("sing", "sing", "VERB")]))
    added = more(seen, {"cyclone", "cyclones"})
    assert ("cyclones", "NOUN", "cyclone") in added
    assert ("Cyclones", "NOUN", "cyclone") in added
    assert ("sings", "VERB", "sing") in added
    assert ("Cyclone", "PROPN", "Cyclone") in added
    assert not any(form == "people" and tag == "NOUN" for form, tag, _ in added)
