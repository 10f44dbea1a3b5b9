"""The names in a source phrase, from spaCy's entities, for systems that return only the phrase."""

from __future__ import annotations

from typing import Any

# Labels of OntoNotes for those who can speak.
SPEAKERS = {"PERSON", "ORG", "GPE", "NORP"}


def names_of(span: Any) -> list[str]:
    """The entity at the syntactic head of ``span``, and those joined to it by ``and``.

    The head decides, so that ``a spokesman for Ida Moss`` has no name.
    """
    names: list[str] = []
    for head in [span.root, *span.root.conjuncts]:
        # Conjuncts outside the phrase belong to something else.
        if span.start <= head.i < span.end:
            names += [one.text for one in span.doc.ents if one.start <= head.i < one.end and one.label_ in SPEAKERS]
    return names
