"""Take out of a web page what belongs to the site and not to the article, and read texts that stand only in JSON-LD."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# Beginnings of prompts that pages print between the paragraphs of an article.
_PROMPT = re.compile(
    r"(?:read (?:more|next|also|now)|also read|see also|related(?: (?:articles?|stories|story|topics?|links?|content|news))?"
    r"|more (?:on|from|about) this|recommended|watch(?: (?:now|live|more))?|listen(?: (?:now|to))?|click here|tap here"
    r"|(?:sign|log) (?:up|in)|subscribe|follow us|join (?:us|the (?:conversation|discussion))|get (?:the latest|our|daily|breaking)"
    r"|download (?:the|our)|advertisement|(?:story|article) continues below|end of article|trending(?: now| topics)?"
    r"|most (?:read|viewed|popular)|share (?:this|on)|(?:show|view|post|add|leave)(?: a| all| your)? comments?|\d* ?comments?"
    r"|don['’]t miss|for (?:more|the latest) .{0,60}(?:click|follow|subscribe|visit|see our))\b",
    re.IGNORECASE,
)
_PROMPT_AND_COLON = re.compile(
    r"(?:read (?:more|next|also)|also read|see also|related|watch|listen|more)(?: (?:stories|articles|news))?\s*:",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"(?:click|tap) here|(?:sign up|subscribe) (?:to|for) (?:our|the|my)\b|(?:for (?:the latest|more)|check out) .{0,100}\bsign(?:ing)? up\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"[\"“”„«»]")
_SENTENCE = re.compile(r"[.!?][”\"’')]?\s*$")
_LONGEST_PROMPT = 25  # words
_INNER_BLOCKS = (
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "section",
    "article",
    "blockquote",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "figure",
)
_PROMPT_BLOCKS = ("p", "li", "div", "h2", "h3", "h4", "h5", "h6", "aside", "section", "strong", "span", "a", "button")
_ARIA = ("navigation", "menu", "menubar", "banner", "search", "dialog")
# A closing mark, or an end of a sentence, that is followed by the next paragraph without a space.
_GLUED = re.compile(
    r"(?<=[.!?,]”)(?=[“A-Z])|(?<=[.!?,]\")(?=[A-Z“])|(?<=[a-z][”\"][.!?])(?=[“A-Z])|(?<=[a-z]{2}[.!?])(?=[“\"][A-Z])"
)
_GLUED_SENTENCES = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]+ )")


def drop_prompts(tree: Any) -> None:
    """Remove menus, lists of links, and blocks that only ask readers to do something: ``Read more``, ``Sign up``, ``Join the conversation``.

    A block is removed if it begins like a prompt and is a link or a short line without quotation marks; sentences of the
    article that begin with the same words have no link around them or end in a period.
    """
    for element in list(tree.iter("nav", "menu", "button", "dialog")):
        _remove(element)
    for element in tree.xpath("//*[contains(@class, 'breadcrumb') or contains(@itemtype, 'BreadcrumbList')]"):
        _remove(element)
    for element in [found for found in tree.iter() if found.get("role") in _ARIA]:
        if not any(True for _ in element.iter("p")):
            _remove(element)
    for element in tree.iter("p"):
        # Paragraphs with mostly links are taken for menus later, unless they look like plain sentences.
        if _SENTENCE.search(element.text_content()) and not _only_links(element):
            etree.strip_tags(element, "a")
    for element in list(tree.iter("ul", "ol")):
        items = [item for item in element.iter("li") if item.text_content().strip()]
        if items and all(_only_links(item) for item in items):
            _remove(element)
    for element in list(tree.iter(*_PROMPT_BLOCKS)):
        if element.getparent() is None or any(child.tag in _INNER_BLOCKS for child in element):
            continue
        if is_prompt(" ".join(element.text_content().split()), _only_links(element), _alone(element)):
            _remove(element)


def is_prompt(text: str, linked: bool, alone: bool = True) -> bool:
    """Whether a line asks readers to do something, rather than being a sentence of the article.

    Args:
        text: The line.
        linked: Whether all of it is a link.
        alone: Whether it is a block of its own.

    >>> is_prompt("READ MORE: Storm nears coast", False), is_prompt("Read more", True)
    (True, True)
    >>> is_prompt("Read more books, the minister told pupils.", False)
    False
    """
    if not text or not alone or len(text.split()) > _LONGEST_PROMPT:
        return False
    if _PROMPT_AND_COLON.match(text) or (_REQUEST.match(text) and not _MARK.search(text)):
        return True
    begins = _PROMPT.match(text)
    if not begins or _MARK.search(text):
        return False
    return linked or begins.end() == len(text.rstrip(" .:!>›»→")) or not text.endswith((".", "?", "!"))


def separated(text: str) -> str:
    """Put paragraphs that are glued together where marks show it on lines of their own.

    >>> separated("“We wait.”“We go on,” she said.")
    '“We wait.”\\n“We go on,” she said.'
    """
    return _GLUED.sub("\n", text)


def declared_text(body: str) -> str:
    """Return the text of an article that stands in JSON-LD, one paragraph a line.

    Some sites write the paragraphs without anything between them; then a sentence that begins right after a period starts one.
    """
    text = body.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if "\n" not in text:
        text = _GLUED_SENTENCES.sub("\n", text)
    lines = (line.strip() for line in separated(text).split("\n"))
    return "\n".join(line for line in lines if line and not is_prompt(line, linked=False))


def _only_links(element: Any) -> bool:
    whole = "".join(element.text_content().split())
    if element.tag == "a":
        return True
    linked = "".join("".join(link.text_content().split()) for link in element.iter("a"))
    return bool(whole) and len(linked) >= len(whole) - 1


def _alone(element: Any) -> bool:
    """Whether an element is a block, or all of its parent."""
    if element.tag not in ("strong", "span", "a"):
        return True
    parent = element.getparent()
    return parent is not None and parent.text_content().strip() == element.text_content().strip()


def _remove(element: Any) -> None:
    """Remove an element but keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
