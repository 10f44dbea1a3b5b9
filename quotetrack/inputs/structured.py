"""Read what a page declares about its article as JSON-LD in the terms of schema.org."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quotetrack.inputs.bylines import names_in

# Types of schema.org whose objects are articles; others, such as Recipe or VideoObject, have dates and authors too.
_ARTICLES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
        "AskPublicNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "LiveBlogPosting", "BlogPosting", "SocialMediaPosting",
        "Report", "ScholarlyArticle", "TechArticle",
    }
)  # fmt: skip
_DEEPEST = 20  # levels of nested objects that are read


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a live blog."""

    url: str | None
    title: str | None
    published: str | None
    authors: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What JSON-LD says about the article of a page; unknown fields are ``None`` or empty."""

    title: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    body: str | None = None
    posts: tuple[Post, ...] = ()


def declared(tree: Any) -> Declared:
    """Return what the JSON-LD of a page says about its article.

    Of several articles the first on the outermost level with a headline is taken: teasers of other articles are nested or
    come later. Invalid JSON is skipped.

    Source: https://schema.org/NewsArticle and https://schema.org/LiveBlogPosting.
    """
    objects = [found for script in tree.iter("script") for found in _objects(script)]
    named = {str(found["@id"]): found for found in objects if "@id" in found and "name" in found}
    articles = [
        found for found in objects if _types(found) & _ARTICLES and (text(found, "headline") or text(found, "name"))
    ]
    if not articles:
        return Declared(publisher=_site(objects))
    main = min(articles, key=lambda found: "datePublished" not in found)
    return Declared(
        title=text(main, "headline") or text(main, "name"),
        published=text(main, "datePublished") or text(main, "dateCreated"),
        modified=text(main, "dateModified"),
        authors=_authors(main, named),
        publisher=next(iter(_names(main.get("publisher"), named)), None) or _site(objects),
        body=text(main, "articleBody"),
        posts=tuple(_posts(main, named)),
    )


def text(record: dict[str, Any], key: str) -> str | None:
    """Return a non-empty string of a JSON-LD object with entities such as ``&#8217;`` replaced; otherwise ``None``."""
    value = record.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _objects(script: Any) -> list[dict[str, Any]]:
    kind = str(script.get("type") or "").split(";")[0].strip().lower()
    if kind != "application/ld+json" or not script.text:
        return []
    try:
        # Line breaks within strings are not JSON but common.
        return list(_walk(json.loads(script.text.strip().rstrip(";"), strict=False), 0))
    except (ValueError, RecursionError):
        return []


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects of a value, outer ones first, without the posts of live blogs."""
    if depth > _DEEPEST:
        return
    inner: list[Any] = []
    if isinstance(value, dict):
        yield value
        inner = [part for key, part in value.items() if key != "liveBlogUpdate"]
    elif isinstance(value, list):
        inner = value
    for part in inner:
        if isinstance(part, (dict, list)):
            yield from _walk(part, depth + 1)


def _types(record: dict[str, Any]) -> set[str]:
    kinds = record.get("@type")
    return {str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _names(value: Any, named: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names of persons or organisations given as strings, objects or references to objects."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield html.unescape(one).strip()
        elif isinstance(one, dict):
            known = one if "name" in one else named.get(str(one.get("@id")), one)
            name = text(known, "name") or text(known, "byline")
            if name:
                yield name


def _authors(record: dict[str, Any], named: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    value = record.get("author") or record.get("creator")
    return tuple(dict.fromkeys(name for given in _names(value, named) for name in names_in(given)))


def _site(objects: list[dict[str, Any]]) -> str | None:
    """Return the name of the site or, without one, of the news organisation that the page declares."""
    kinds = ("WebSite", "NewsMediaOrganization")
    names = (text(found, "name") for kind in kinds for found in objects if kind in _types(found))
    return next((name for name in names if name), None)


def _posts(main: dict[str, Any], named: dict[str, dict[str, Any]]) -> Iterator[Post]:
    updates = main.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict) and (body := text(update, "articleBody")):
            yield Post(
                text(update, "url") or text(update, "@id"),
                text(update, "headline"),
                text(update, "datePublished"),
                _authors(update, named),
                body,
            )
