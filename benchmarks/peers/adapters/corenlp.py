"""Stanford CoreNLP (https://stanfordnlp.github.io/CoreNLP/quote.html): the annotator ``quote``, as JSON.

    python -m benchmarks.peers.adapters.corenlp [--server http://localhost:9000]
    python -m benchmarks.peers.adapters.corenlp --files FOLDER      (FOLDER/ID.json or FOLDER/ID.txt.json)

It finds text between quotation marks, and names its speaker. It has no cues. The time of a server is not measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.peers.adapters import Quotation, answer, answered

ANNOTATORS = "tokenize,ssplit,pos,lemma,ner,depparse,coref,quote"
UNKNOWN = "Unknown"


def main() -> None:
    """Ask the server, or read the files, and answer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", default="http://localhost:9000")
    options.add_argument("--files", type=Path, help="folder with the JSON output of CoreNLP for each article")
    given = options.parse_args()
    if given.files:
        for line in sys.stdin:
            print(json.dumps(from_file(json.loads(line), given.files)), flush=True)
    else:
        answer(lambda text: quotations(text, asked(given.server, text)))


def from_file(article: dict[str, str], folder: Path) -> dict[str, Any]:
    """The answer for an article from the saved output of CoreNLP, or an error if there is none."""
    paths = [folder / f"{article['id']}{ending}" for ending in (".json", ".txt.json")]
    saved = next((path for path in paths if path.is_file()), paths[0])
    return answered(article, lambda text: quotations(text, json.loads(saved.read_text(encoding="utf-8"))))


def asked(server: str, text: str) -> dict[str, Any]:
    """The annotation of ``text`` from a running server."""
    properties = json.dumps({"annotators": ANNOTATORS, "outputFormat": "json"})
    address = f"{server}/?{urllib.parse.urlencode({'properties': properties})}"
    # Without this type the server takes the text as URL-encoded.
    request = urllib.request.Request(address, text.encode("utf-8"), {"Content-Type": "text/plain; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=600) as response:
        found: dict[str, Any] = json.load(response)
    return found


def quotations(text: str, annotation: dict[str, Any]) -> list[Quotation]:
    """The quotations in the JSON of CoreNLP.

    ``mentionBegin`` and ``mentionEnd`` are the first and the last token of the source, counted over all sentences.
    Java counts characters beyond the Basic Multilingual Plane as two.
    """
    offsets = code_points(text)
    tokens = [token for sentence in annotation["sentences"] for token in sentence["tokens"]]
    found = []
    for quote in annotation["quotes"]:
        source = None
        if "mentionBegin" in quote:
            first, last = tokens[quote["mentionBegin"]], tokens[quote["mentionEnd"]]
            source = (offsets[first["characterOffsetBegin"]], offsets[last["characterOffsetEnd"]])
        found.append(
            {
                "content": [(offsets[quote["beginIndex"]], offsets[quote["endIndex"]])],
                "cue": None,
                "source": source,
                "speaker": _speaker(quote),
            }
        )
    return found


def _speaker(quote: dict[str, Any]) -> str | None:
    """The full name if there is one, else the name. A pronoun that was not resolved is no name."""
    names = [quote.get(key, UNKNOWN) for key in ("canonicalSpeaker", "speaker")]
    pronoun = quote.get("mention") if quote.get("mentionType") == "pronoun" else None
    return next((name for name in names if name not in (UNKNOWN, pronoun)), None)


def code_points(text: str) -> list[int]:
    """For each offset in UTF-16 the offset in characters.

    >>> code_points("a😀b")
    [0, 1, 1, 2, 3]
    """
    offsets = [number for number, one in enumerate(text) for _ in range(2 if ord(one) > 0xFFFF else 1)]
    return [*offsets, len(text)]


if __name__ == "__main__":
    main()
