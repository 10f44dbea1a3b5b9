"""Annotated articles to compare systems on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.news import text_of
from quotetrack.errors import InputError, UsageError
from quotetrack.evaluate import Attribution, GoldArticle, read_corpus
from quotetrack.evaluate.items import checked

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Articles with their quotations.

    ``speakers`` has the names of the speaker for each quotation of each article, and no names where the article names
    nobody; it is empty if the gold does not say who speaks.
    """

    name: str
    articles: tuple[GoldArticle, ...]
    speakers: dict[tuple[str, Attribution], Names] = field(default_factory=dict)


def read_gold(name: str, path: Path, texts: Path | None = None) -> Gold:
    """The gold in a folder (brat, PolNeAR or JSON, see ``quotetrack evaluate --help``) or in a JSON Lines file.

    A line of the file is an article as in ``tests/gold/news``; its text is in the field ``text`` or in ``texts``.
    Raises ``UsageError`` for anything that cannot be read, because the figures would be of other articles.
    """
    if path.is_dir():
        articles, unread = read_corpus(path)
        if unread:
            raise UsageError(f"{unread[0].location}: {unread[0].reason}")
        return Gold(name, tuple(articles))
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file or folder with annotated articles.")
    read = list(_lines(path, texts))
    speakers = {key: names for _, own in read for key, names in own.items()}
    return Gold(name, tuple(article for article, _ in read), speakers)


def _lines(path: Path, texts: Path | None) -> Iterator[tuple[GoldArticle, dict[tuple[str, Attribution], Names]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            article = json.loads(line)
            text = article["text"] if "text" in article else _text(article, texts, where)
            quotations = [(attribution(one, text, where), names_in(one)) for one in article["quotations"]]
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{where}: this is not an article with 'id' and 'quotations': {error}.") from error
        except InputError as error:
            raise UsageError(str(error)) from error
        gold = GoldArticle(article["id"], text, tuple(one for one, _ in quotations), outlet=article.get("outlet"))
        yield gold, {(article["id"], one): names for one, names in quotations}


def _text(article: dict[str, Any], texts: Path | None, where: str) -> str:
    if texts is None:
        raise UsageError(f"{where}: the text of '{article['id']}' is missing; give its folder with --texts.")
    return text_of(texts, article)


def attribution(quotation: dict[str, Any], text: str, where: str) -> Attribution:
    """The spans of a quotation: ``content`` is a list of ranges, ``cue`` and ``source`` are a range or null.

    Raises ``InputError`` for ranges outside ``text`` and for a quotation without content.
    """
    parts = [
        quotation.get("content") or [],
        *([one] if (one := quotation.get(part)) else [] for part in ("cue", "source")),
    ]
    try:
        content, cue, source = (tuple((int(start), int(end)) for start, end in part) for part in parts)
    except (ValueError, TypeError) as error:
        raise InputError(f"{where}: a content, cue or source is not a range such as [12, 40].") from error
    if not content:
        raise InputError(f"{where}: a quotation has no content.")
    return Attribution(*(checked(text, part, where) for part in (content, cue, source)))


def names_in(quotation: dict[str, Any]) -> Names:
    """The names in ``speaker``, which is a name, a list of names or null."""
    speaker = quotation.get("speaker")
    return tuple(speaker) if isinstance(speaker, list) else (speaker,) if speaker else ()
