"""Hostile files of single articles and of records, for ``benchmarks.hostile``: texts, pages, JSON, tables.

Each function takes a random generator and the folder of one input, writes files to it and returns nothing.
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

from benchmarks.hostile_texts import ADDRESSES, ESCAPES, hostile_story, payload, said, story

Draw = random.Random
_FIELDS = ("title", "outlet", "author", "url", "published", "language", "section", "source")
_SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".jsonl",
    ".csv",
    ".parquet",
    ".docx",
    ".pdf",
    ".eml",
    ".mbox",
    ".warc",
    ".wacz",
    ".jsonl.gz",
)
_LONG = 1_000_000


def encodings(draw: Draw, folder: Path) -> None:
    """Text in an encoding that nothing declares, or that is declared wrongly."""
    text = story(draw) + "日本語 é ü"
    codec = draw.choice(["utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-7", "cp500", "cp1252", "shift_jis", "koi8-r", "utf-8-sig", "gb18030", "euc_jp"])  # fmt: skip
    declared = draw.choice(
        ["utf-8", "utf-16", "zip", "base64", "rot13", "idna", "punycode", "unicode_escape", "x" * 300, "ascii"]
    )
    data = text.encode(codec, "replace")
    if draw.random() < 0.5:
        (folder / "a.txt").write_bytes(data)
    else:
        page = f'<html><head><meta charset="{declared}"><title>Ferry</title></head><body><article><p>'
        (folder / "a.html").write_bytes(page.encode() + data + b"</p></article></body></html>")


def mixed_encodings(draw: Draw, folder: Path) -> None:
    """Two encodings in one file, and bytes that are invalid in UTF-8."""
    parts = [
        story(draw, 1).encode(draw.choice(["utf-8", "cp1252", "utf-16-le", "shift_jis"]), "replace") for _ in range(4)
    ]
    invalid = draw.choice([b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80" * 50])
    (folder / f"a{draw.choice(['.txt', '.md', '.csv', '.jsonl', '.eml'])}").write_bytes(invalid.join(parts))


def controls(draw: Draw, folder: Path) -> None:
    """NUL and other control characters, bidirectional overrides, escape sequences and stacked accents in a text."""
    odd = draw.choice(
        [
            "\0",
            "\x1b[2J",
            "\u202e",
            "\u2066",
            "\x08",
            "\u200b" * 50,
            "e" + "\u0301" * 5000,
            "\ufffe",
            "\U000e0001",
            *ESCAPES,
        ]
    )
    text = odd.join(story(draw).split(" ")[:: draw.choice([1, 3])])
    (folder / f"a{draw.choice(['.txt', '.md', '.html', '.jsonl'])}").write_text(text, encoding="utf-8")


def surrogates(draw: Draw, folder: Path) -> None:
    """Halves of characters as JSON escapes, in every field."""
    half = draw.choice(["\\ud800", "\\udfff", "\\udc00\\ud800", "\\ud83d"])
    record = dict.fromkeys(("title", "outlet", "author", "url"), f"x{half}y") | {"text": f"{story(draw)} {half}"}
    (folder / "a.jsonl").write_text(json.dumps(record).replace("\\\\u", "\\u"), encoding="utf-8")


def long_lines(draw: Draw, folder: Path) -> None:
    """A line of a megabyte: one word, words without an end of a sentence, or one mark."""
    line = draw.choice(
        [
            "a" * _LONG,
            "harbour " * (_LONG // 8),
            "“" * (_LONG // 3),
            "-" * _LONG,
            "\u0301" * (_LONG // 2),
            ". " * (_LONG // 2),
        ]
    )
    suffix = draw.choice([".txt", ".md", ".html", ".jsonl", ".csv", ".eml"])
    text = (
        json.dumps({"text": line})
        if suffix == ".jsonl"
        else f"text\n{line}"
        if suffix == ".csv"
        else f"{story(draw, 1)}\n\n{line}"
    )
    (folder / f"a{suffix}").write_text(text, encoding="utf-8")


def large(draw: Draw, folder: Path) -> None:
    """An article of 10 to 50 MB."""
    size = draw.choice([10, 20, 50]) * _LONG
    suffix = draw.choice([".txt", ".md", ".html", ".jsonl", ".eml", ".csv"])
    text = (story(draw, 40) + "\n\n") * (size // 8_000)
    text = json.dumps({"text": text}) if suffix == ".jsonl" else f"Subject: x\n\n{text}" if suffix == ".eml" else text
    (folder / f"a{suffix}").write_text(f"<html><body>{text}" if suffix == ".html" else text, encoding="utf-8")


def unclosed_marks(draw: Draw, folder: Path) -> None:
    """10,000 quotation marks that are never closed, in one paragraph or in many."""
    mark, end = draw.choice("“\"‘'«„"), draw.choice([" ", "\n\n"])
    text = end.join(f"{mark}ferry" for _ in range(10_000))
    (folder / f"a{draw.choice(['.txt', '.md', '.html'])}").write_text(f"{said(draw)} {text}", encoding="utf-8")


def deep_pages(draw: Draw, folder: Path) -> None:
    """HTML nested 10,000 deep, tags that never end, and entities."""
    tag = draw.choice(
        ["div", "b", "q", "blockquote", "table><tr><td", "ul><li", "span", "font", "svg", "template", "select", "p"]
    )
    page = draw.choice(
        [
            f"<{tag}>" * 10_000,
            "<" * 100_000,
            "<!--" * 20_000,
            "&amp;" * 50_000,
            "<a href='" * 10_000,
            f"</{tag}>" * 10_000,
            f"<{tag} " + "x=1 " * 20_000,
        ]
    )
    (folder / "a.html").write_text(f"<html><body><article><p>{story(draw)}</p>{page}", encoding="utf-8")


def deep_json(draw: Draw, folder: Path) -> None:
    """JSON nested 10,000 deep, numbers of 10,000 digits, repeated keys and values of the wrong type."""
    deep = draw.choice(
        [
            "[" * 10_000,
            '{"a":' * 10_000,
            "[" * 10_000 + "]" * 10_000,
            "9" * 10_000,
            "1e999999",
            "NaN",
            '"' + "\\" * 9_999,
        ]
    )
    lines = [
        f'{{"text": {deep}}}',
        f'{{"title": {deep}, "text": {json.dumps(story(draw))}}}',
        deep,
        '{"text": 1, "text": [], "text": {}}',
        json.dumps({"text": story(draw), "author": [{"name": {"name": []}}, 1, None], "date": {"x": 1}}),
    ]
    (folder / f"a{draw.choice(['.jsonl', '.ndjson'])}").write_text("\n".join(lines), encoding="utf-8")


def declared_data(draw: Draw, folder: Path) -> None:
    """A page whose JSON-LD has deep, huge, hostile or wrongly typed values."""
    values = [
        payload(draw),
        [payload(draw)] * 3,
        {"name": payload(draw)},
        1,
        None,
        True,
        [[[]]],
        {"@id": "x"},
        "9" * 500,
    ]
    linked = {
        name: draw.choice(values)
        for name in (
            "headline",
            "author",
            "datePublished",
            "dateModified",
            "publisher",
            "url",
            "articleBody",
            "liveBlogUpdate",
            "inLanguage",
        )
    }
    text = json.dumps({"@type": draw.choice(["NewsArticle", "LiveBlogPosting", ["Article"], 5, {}]), **linked})
    text = draw.choice([text, text[:-5], '{"@graph":' * 5_000, f"[{text}," * 50])
    (folder / "a.html").write_text(
        f'<html><head><script type="application/ld+json">{text}</script></head><body><article><p>{story(draw)}</p></article>',
        encoding="utf-8",
    )


def nested_markdown(draw: Draw, folder: Path) -> None:
    """Markdown with deep quotations, lists, emphasis, links and front matter that never ends."""
    text = draw.choice(
        [
            ">" * 5_000,
            "*" * 20_000,
            "[" * 20_000,
            "- " * 5_000,
            "`" * 20_001,
            "![](" * 5_000,
            "---\n" + "a: b\n" * 20_000,
            "| a " * 20_000,
            "_a" * 20_000,
            "<b>" * 5_000,
        ]
    )
    (folder / "a.md").write_text(f"{text}\n\n{story(draw)}", encoding="utf-8")


def hostile_header(draw: Draw, folder: Path) -> None:
    """Hostile strings in the header lines of a text, in its quotations, names and roles."""
    lines = [
        f"{name.capitalize()}: {payload(draw).splitlines()[0]}" for name in ("outlet", "url", "title", "author", "date")
    ]
    (folder / "a.txt").write_text("\n".join([*lines, "", hostile_story(draw)]), encoding="utf-8", newline="")


def hostile_front_matter(draw: Draw, folder: Path) -> None:
    """Hostile strings in the front matter of Markdown, with the tags and anchors of YAML."""
    odd = [payload(draw), "!!python/object/apply:os.system ['touch outside']", "&a [*a]", "{a: {b: ", "|\n  x", "'"]
    lines = [f"{name}: {draw.choice(odd)}" for name in ("title", "outlet", "url", "date", "author")]
    (folder / "a.md").write_text("\n".join(["---", *lines, "---", hostile_story(draw)]), encoding="utf-8", newline="")


def hostile_records(draw: Draw, folder: Path) -> None:
    """Hostile strings in every field of JSON Lines."""
    records = [{name: payload(draw) for name in _FIELDS} | {"text": hostile_story(draw)} for _ in range(3)]
    records.append({"text": hostile_story(draw), "url": draw.choice(ADDRESSES), "date": "2026-03-02"})
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


def hostile_table(draw: Draw, folder: Path) -> None:
    """Hostile strings in every column of a CSV file, as values or as names of columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=draw.choice(",;\t|"))
    writer.writerow(["text", *_FIELDS, payload(draw)])
    writer.writerows([[hostile_story(draw), *(payload(draw) for _ in _FIELDS), "x"] for _ in range(3)])
    (folder / "a.csv").write_text(out.getvalue(), encoding="utf-8", newline="")


def hostile_page(draw: Draw, folder: Path) -> None:
    """Hostile strings in the metadata and in the text of a page."""

    def attribute(text: str) -> str:
        return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")

    named = ("og:title", "og:site_name", "author", "article:published_time", "og:url", "description")
    head = "".join(f'<meta property="{name}" name="{name}" content="{attribute(payload(draw))}">' for name in named)
    link = f'<link rel="canonical" href="{attribute(draw.choice(ADDRESSES))}">'
    body = "".join(f"<p>{attribute(part)}</p>" for part in hostile_story(draw).split("\n\n"))
    raw = payload(draw) if draw.random() < 0.5 else ""
    (folder / "a.html").write_text(
        f"<html><head><title>{attribute(payload(draw))}</title>{head}{link}</head><body><article>{body}{raw}</article></body></html>",
        encoding="utf-8",
        newline="",
    )


def tiny_rows(draw: Draw, folder: Path) -> None:
    """A table or JSON Lines of several megabytes of tiny or empty records."""
    row = draw.choice(["a,b", ",", '"",""', "a,March 3 2019 4:15", "“Go,” he said.,x", '"a\nb",c'])
    if draw.random() < 0.3:
        (folder / "a.jsonl").write_text(
            draw.choice(["1\n", "{}\n", '{"text":"a"}\n', "[]\n"]) * _LONG, encoding="utf-8"
        )
    else:
        (folder / "a.csv").write_text("text,date\n" + f"{row}\n" * (4 * _LONG // len(row)), encoding="utf-8")


def odd_tables(draw: Draw, folder: Path) -> None:
    """Open quotation marks, ragged rows, thousands of columns, NUL characters and odd line ends in a CSV file."""
    text = story(draw, 1).replace("\n", " ")
    rows = draw.choice([
        f'text,title\n"{text}\n' + f"{text},x\n" * 50, "text" + ",x" * 20_000 + f"\n{text}" + ",y" * 20_000, f"text\n\0{text}\0\n",
        "text,text,text\n" + "a,b,c,d,e,f,g\nx\n" * 20, f"text\r{text}\r{text}\r", '"' * 100_001, "text\n" + '"a""' * 20_000, f"\ufefftext;title\n{text};x\n", "\n" * 50_000 + f"text\n{text}\n",
    ])  # fmt: skip
    (folder / f"a{draw.choice(['.csv', '.tsv'])}").write_text(rows, encoding="utf-8", newline="")


def odd_dates(draw: Draw, folder: Path) -> None:
    """Dates that no calendar has, or that are not dates."""
    parts = [
        "2020-01-01",
        "T",
        "10:00:00",
        "+24:00",
        "-99:99",
        "Z",
        " ",
        "0000",
        "9999-12-31",
        "24:00",
        "31",
        "Feb",
        ",",
        "/",
        "EST",
        "1e9",
        "99999999999",
        "٣",
        "am",
        "W53",
        "-",
        "60",
        "1772438400000",
    ]
    records = []
    for number in range(20):
        date = "".join(draw.choice(parts) for _ in range(draw.randrange(7)))
        records.append(
            {
                "text": said(draw),
                "url": f"https://post.example/{draw.random()}/{number}",
                "date": draw.choice([date, [date], {"x": date}, draw.random() * 1e12, -1]),
            }
        )
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")


def random_bytes(draw: Draw, folder: Path) -> None:
    """Bytes without any meaning, behind the first bytes of some format or none."""
    head = draw.choice(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"PAR1",
            b"WARC/1.0\r\n",
            b"\x1f\x8b\x08",
            b"<html>",
            b"From a@b Mon\n",
            b"{\\rtf",
            b"\xd0\xcf\x11\xe0",
            b"\xff\xfe",
            b"{",
        ]
    )
    (folder / f"a{draw.choice(_SUFFIXES)}").write_bytes(head + draw.randbytes(draw.choice([0, 10, 5_000, 200_000])))
