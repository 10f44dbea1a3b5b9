"""Write one article in every format, from invented text."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import duckdb
from docx import Document

LINES = [
    "The harbour of Port Ansel will stay closed until Friday, because the storm has damaged both of its piers.",
    "“We cannot let ships in while the piers are loose,” said Ruth Vale, the harbour master, on Monday in Port Ansel.",
    "The council said that the repair would take a week, and that the owners of the boats would be paid for the time.",
]
TEXT = "\n\n".join(LINES)
RECORD = {"body": TEXT, "pub_date": "2026-03-02", "canonical": "https://courier.example/piers", "headline": "Piers"}
PAGE = (
    '<html lang="en"><head><title>Piers</title><meta property="og:site_name" content="Coast Courier">'
    f"</head><body><article><h1>Piers</h1>{''.join(f'<p>{line}</p>' for line in LINES)}</article></body></html>"
)


def write_docx(path: Path, lines: list[str] = LINES, title: str = "Piers") -> None:
    document = Document()
    document.core_properties.title, document.core_properties.author = title, "Nora Quill"
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


def write_pdf(path: Path, pages: list[list[str]] | None = None) -> None:
    """Write a PDF file with one line of text per line of ``pages``, in Latin-1."""
    pages = pages or [["Coast Courier", *LINES[0].split(", "), LINES[1].replace("“", '"').replace("”", '"'), LINES[2]]]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for number, lines in enumerate(pages):
        drawn = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T*\n" for line in lines)
        content = f"BT /F1 9 Tf 12 TL 20 800 Td\n{drawn}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    path.write_bytes(f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1"))


def message(text: str = TEXT, page: str | None = None, title: str = "Piers") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "Coast Courier <news@courier.example>", title
    made["Date"] = "Mon, 02 Mar 2026 08:15:00 +0100"
    made["Message-ID"] = "<1@courier.example>"
    made.set_content(text)
    if page:
        made.add_alternative(page, subtype="html")
    return bytes(made)


def warc(pages: dict[str, str] | None = None) -> bytes:
    """Return a gzipped WARC file with the given pages by address."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for address, page in (pages or {"https://courier.example/piers": PAGE}).items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(page.encode()), http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


def write_wacz(path: Path, pages: dict[str, str] | None = None) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", warc(pages))


def write_parquet(path: Path, record: dict[str, str] = RECORD) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (body VARCHAR, pub_date DATE, canonical VARCHAR, headline VARCHAR)")
        connection.execute("INSERT INTO t VALUES (?, ?, ?, ?)", list(record.values()))
        connection.table("t").write_parquet(str(path))


WRITERS: dict[str, Callable[[Path], object]] = {
    "a.txt": lambda path: path.write_text(f"Outlet: Coast Courier\nTitle: Piers\nDate: 2026-03-02\n\n{TEXT}"),
    "a.md": lambda path: path.write_text(f"---\ntitle: 'Piers'\ndate: 2026-03-02\n---\n{TEXT}"),
    "a.html": lambda path: path.write_text(PAGE),
    "a.jsonl": lambda path: path.write_text(json.dumps(RECORD)),
    "a.ndjson.gz": lambda path: path.write_bytes(gzip.compress(json.dumps(RECORD).encode())),
    "a.csv": lambda path: path.write_text(
        'headline;pub_date;body\nPiers;2026-03-02;"' + TEXT.replace('"', '""') + '"\n'
    ),
    "a.tsv": lambda path: path.write_text("headline\tbody\nPiers\t" + LINES[1] + "\n"),
    "a.parquet": write_parquet,
    "a.docx": write_docx,
    "a.pdf": write_pdf,
    "a.eml": lambda path: path.write_bytes(message()),
    "a.mbox": lambda path: path.write_bytes(b"From a@b Mon\n" + message() + b"\n\nFrom a@b Mon\n" + message()),
    "a.warc.gz": lambda path: path.write_bytes(warc()),
    "a.wacz": write_wacz,
}
