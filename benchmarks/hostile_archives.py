"""Hostile archives, documents, emails, web archives, Parquet files and folders, for ``benchmarks.hostile``.

Each function takes a random generator and the folder of one input, writes files to it and returns nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
import tempfile
import warnings
import zipfile
import zlib
from functools import cache
from pathlib import Path

import duckdb

from benchmarks.hostile_texts import PATHS, hostile_story, payload, story
from tests.inputs.formats import PAGE, WRITERS, warc, write_docx, write_pdf

Draw = random.Random
_LONG = 1_000_000
_BOMB = 130_000_000  # bytes unpacked
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'


def hostile_mail(draw: Draw, folder: Path) -> None:
    """Emails with hostile, endless, repeated or wrongly encoded headers, odd characters sets and boundaries."""
    header = draw.choice([
        b"X: " + b"a" * _LONG, b"Subject: " + b"=?utf-8?q?a?= " * 50_000, b"Subject: =?" + payload(draw).encode("utf-8", "replace").replace(b"\n", b" ") + b"?=", b"To: " + b"a@b, " * 20_000,
        b"From: " + b"(" * 20_000, b"Content-Type: text/plain; charset=zip", b"Content-Type: multipart/mixed; boundary=\"\"", b"Date: " + b"9" * 5_000, b"Content-Transfer-Encoding: x",
        b"X: y\n" * 50_000 + b"Y: z", b"Received: x\n " * 50_000 + b"z", b"Content-Type: text/html; charset=\xff\xfe", b"Archived-At: <javascript:alert(1)>",
    ])  # fmt: skip
    end = draw.choice([b"\n", b"\r\n"])
    message = (
        b"Message-ID: <1@post.example>"
        + end
        + b"From: Post <a@post.example>"
        + end
        + header
        + end
        + end
        + hostile_story(draw).encode("utf-8", "replace")
    )
    box = draw.random() < 0.5
    (folder / ("a.mbox" if box else "a.eml")).write_bytes(
        b"From a@b Mon\n" + message + b"\n\nFrom a@b Mon\n" + message if box else message
    )


def nested_mail(draw: Draw, folder: Path) -> None:
    """Emails of thousands of parts, or of parts in parts."""
    parts = draw.choice([500, 5_000])
    if draw.random() < 0.5:
        body = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(parts // 5))
    else:
        body = (
            b'Content-Type: multipart/mixed; boundary="b"\n\n'
            + b"--b\nContent-Type: text/plain\n\nx\n" * parts
            + b"--b--\n"
        )
    (folder / "a.eml").write_bytes(b"Subject: x\n" + body + story(draw).encode())


def lines_without_mail(draw: Draw, folder: Path) -> None:
    """A mailbox of millions of short lines."""
    (folder / "a.mbox").write_bytes(
        b"From a@b Mon\nSubject: x\n\n"
        + draw.choice([b"a\n", b"\n", b"From \n", b"\nFrom a@b Mon\n", b">From x\n"]) * (2 * _LONG)
    )


@cache
def _packed_zeros(filler: bytes, size: int) -> bytes:
    return gzip.compress(filler * (size // len(filler)), 6)


def gzip_bombs(draw: Draw, folder: Path) -> None:
    """A small gzip file that unpacks to hundreds of megabytes: one line, empty lines, or tiny records."""
    filler = draw.choice([b" ", b"\n", b"[", b"1\n", b"{}\n"])
    first = gzip.compress(json.dumps({"text": story(draw)}).encode() + b"\n")
    (folder / "a.jsonl.gz").write_bytes(first + _packed_zeros(filler, _BOMB))


def archive_bombs(draw: Draw, folder: Path) -> None:
    """Word documents, zip archives, PDF files and web archives that unpack to hundreds of megabytes."""
    kind = draw.choice(["docx", "wacz", "pdf", "warc", "records", "entities"])
    if kind == "docx":
        with zipfile.ZipFile(folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", _WORD + "<w:p/>" * (_BOMB // 20))
    elif kind == "entities":
        inner = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
        with zipfile.ZipFile(folder / "a.docx", "w") as archive:
            archive.writestr(
                "word/document.xml",
                f'<!DOCTYPE x [<!ENTITY x0 "ha">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>{_WORD}&x9;&f;',
            )
    elif kind == "wacz":
        with zipfile.ZipFile(folder / "a.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/a.warc", b"WARC/1.0\r\n" + b"\r\n" * (_BOMB // 4))
    elif kind == "pdf":
        stream = zlib.compress(b"q " * (_BOMB // 4))
        head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n"
        (folder / "a.pdf").write_bytes(
            head
            + b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(stream)
            + stream
            + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
        )
    elif kind == "warc":
        (folder / "a.warc.gz").write_bytes(warc() + _packed_zeros(b" ", _BOMB))
    else:
        record = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
        (folder / "a.warc.gz").write_bytes(_packed_zeros(record, 20_000_000))


def archive_members(draw: Draw, folder: Path) -> None:
    """Archives whose members have names that lead out of the folder, or that are repeated, encrypted or links."""
    name = draw.choice(["a.wacz", "a.docx", "a.zip"])
    with zipfile.ZipFile(folder / name, "w") as archive:
        for path in (*draw.sample(PATHS, 3), payload(draw).replace("\0", "")[:200] or "x"):
            archive.writestr(
                path + draw.choice(["", ".warc", ".warc.gz"]), draw.choice([b"x", warc(), b"WARC/1.0\r\n"])
            )
        archive.writestr(
            draw.choice(["word/document.xml", "archive/../../outside/x.warc", "archive/a.warc.gz"]),
            draw.choice([b"<x/>", warc()]),
        )
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../../../outside/x")


def web_archives(draw: Draw, folder: Path) -> None:
    """Web archives with wrong lengths, odd types, hostile addresses, and headers that never end."""
    address = payload(draw).replace("\r", " ").replace("\n", " ")
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{draw.choice(['', 'Transfer-Encoding: chunked', 'Content-Encoding: gzip', 'Content-Encoding: br'])}\r\n\r\n{PAGE}".encode()
    length = draw.choice([str(len(body)), "0", "-1", "9" * 30, "x", str(len(body) // 2), str(10 * len(body))])
    kind = draw.choice(["response", "resource", "revisit", "warcinfo", "x" * 5_000])
    record = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {draw.choice(['2026-03-02T08:00:00Z', '9', payload(draw)[:20]])}\r\nContent-Length: {length}\r\n\r\n"
    data = (record.encode("utf-8", "replace") + body + b"\r\n\r\n") * 3
    data = draw.choice([data, data[: len(data) // 2], b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000, data + b"\0" * 5_000])
    (folder / "a.warc").write_bytes(data)


def documents(draw: Draw, folder: Path) -> None:
    """Word documents and PDF files with hostile texts, and Word documents nested 10,000 deep."""
    if draw.random() < 0.4:
        lines = [line[:500] for line in hostile_story(draw).splitlines() if line][:40]
        write_pdf(folder / "a.pdf", [["".join(c for c in line if c.isascii() and c != "\\") for line in lines]])
        return
    write_docx(folder / "a.docx")
    deep = draw.choice(["<w:tbl><w:tr><w:tc>" * 10_000, "<w:p>" * 10_000, "<w:p><w:r><w:t>" + payload(draw), ""])
    with warnings.catch_warnings(), zipfile.ZipFile(folder / "a.docx", "a") as archive:
        warnings.simplefilter("ignore")  # of a name that the archive has already
        archive.writestr(
            draw.choice(["word/footnotes.xml", "word/document.xml", "docProps/core.xml"]),
            (_WORD + deep).encode("utf-8", "replace"),
        )


_COLUMNS = (
    "[1, 2]::INTEGER[]", "{'a': {'b': 'x'}}", "MAP {'k': 'v'}", "'a'::BLOB", "uuid()", "INTERVAL 3 DAYS", "'infinity'::TIMESTAMP", "'-infinity'::DATE", "NULL", "1e308::DOUBLE", "'nan'::DOUBLE",
    "170141183460469231731687303715884105727::HUGEINT", "12.345::DECIMAL(38, 10)", "TIMESTAMPTZ '2026-03-02 08:00:00+05'", "TIME '10:00'", "['a', NULL, 'b']", "true", "'290309-12-22'::DATE", "'x'::ENUM('x')",
)  # fmt: skip


def parquet(draw: Draw, folder: Path) -> None:
    """Parquet files with odd types in every field, hostile names of columns, and damage."""
    fields = ["title", "outlet", "author", "url", "date", "language"]
    columns = ", ".join(f"{draw.choice(_COLUMNS)} AS {name}" for name in fields)
    text = draw.choice([f"'{story(draw, 1)}'", f"encode('{story(draw, 1)}')", "['a', 'b']", "5", "NULL"])
    odd = payload(draw).replace('"', '""').replace("\0", "") or "x"
    with duckdb.connect() as connection:
        table = connection.sql(f'SELECT {text} AS text, {columns}, 1 AS "{odd}" FROM range({draw.choice([1, 3, 200])})')
        table.write_parquet(str(folder / "a.parquet"))
    if draw.random() < 0.3:
        _damage(draw, folder / "a.parquet")


def damaged(draw: Draw, folder: Path) -> None:
    """A file of each format with bytes changed or its end cut off."""
    name = draw.choice(sorted(WRITERS))
    (folder / name).write_bytes(_written()[name])
    _damage(draw, folder / name)


@cache
def _written() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            write(Path(folder, name))
        return {name: Path(folder, name).read_bytes() for name in WRITERS}


def _damage(draw: Draw, path: Path) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(draw.choice([1, 5, 50])):
        place = draw.randrange(len(data))
        data[place : place + 4] = draw.randbytes(draw.choice([0, 1, 4, 4, 4]))
    path.write_bytes(data[: draw.randrange(len(data))] if draw.random() < 0.4 else data)


def file_names(draw: Draw, folder: Path) -> None:
    """Names of files and folders with markup, escapes, line ends, invalid UTF-8 and the greatest length."""
    odd = payload(draw).replace("/", "\u2215").replace("\0", "")
    names = [
        odd.encode("utf-8", "replace")[:200],
        b"a\xff\xfe\x1b[2J",
        b"-rf",
        b"a\nquotetrack: all is well",
        b"x" * 240,
        b"..a",
        b"\xe2\x80\xae txt",
        b"%s%n",
        b"a*?[b]",
    ]
    name = draw.choice(names)
    if draw.random() < 0.3:
        name += b"/a"
    path = folder / os.fsdecode(name + b".txt")
    path.parent.mkdir(exist_ok=True)
    path.write_text(story(draw), encoding="utf-8")


def links(draw: Draw, folder: Path) -> None:
    """Links that loop, lead out of the folder, to nothing or to a device, and folders within folders 200 deep."""
    target = draw.choice(
        [
            "a.txt",
            ".",
            "..",
            "../../outside/secret.txt",
            "/etc/passwd",
            "/dev/zero",
            "/proc/self/mem",
            "nothing",
            "/proc/self/fd/0",
            "x" * 200,
        ]
    )
    (folder / draw.choice(["a.txt", "a.jsonl", "folder"])).symlink_to(target)
    here = folder
    for _ in range(draw.choice([0, 200])):
        here = here / "d"
    here.mkdir(parents=True, exist_ok=True)
    (here / "b.txt").write_text(story(draw), encoding="utf-8")


def special_files(draw: Draw, folder: Path) -> None:
    """Named pipes, sockets, folders named like files, and files and folders without permission."""
    kind = draw.choice(["pipe", "socket", "folder", "file", "locked"])
    path = folder / draw.choice(["a.txt", "a.jsonl", "a.csv", "a.html", "a.parquet", "a.pdf", "a.mbox"])
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            here = os.open(folder, os.O_RDONLY)  # the path of a socket may have 107 characters
            made.bind(f"/proc/self/fd/{here}/{path.name}")
            os.close(here)
    else:
        inside = path if kind == "folder" else folder / "locked"
        inside.mkdir()
        (inside / "b.txt").write_text(story(draw), encoding="utf-8")
        if kind != "folder":
            (inside if kind == "locked" else inside / "b.txt").chmod(0)
    (folder / "c.txt").write_text(story(draw), encoding="utf-8")
