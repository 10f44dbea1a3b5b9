"""The folder of an invented newsroom: one article in every format that is read, and everything else that is found in folders."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from tests.inputs.formats import message, warc, write_docx, write_parquet, write_pdf, write_wacz

# Subject, speaker and role of the article in each format; the subjects appear nowhere else.
STORIES = {
    "txt": ("ferry", "Ruth Vale", "the harbour master"),
    "md": ("library", "Anton Lund", "the head librarian"),
    "html": ("bridge", "Mara Osei", "the chief engineer"),
    "jsonl": ("bakery", "Edda Kerr", "the owner"),
    "jsonl.gz": ("museum", "Hugo Tamm", "the director"),
    "ndjson": ("orchard", "Lena Rook", "a farmer"),
    "csv": ("tramway", "Piet Amsel", "the transport minister"),
    "parquet": ("theatre", "Jonas Dahl", "the manager"),
    "docx": ("hospital", "Ines Calder", "the head nurse"),
    "pdf": ("lighthouse", "Olle Brandt", "the keeper"),
    "eml": ("stadium", "Ada Kvist", "the mayor"),
    "mbox": ("quarry", "Tove Falk", "the foreman"),
    "warc.gz": ("aqueduct", "Nils Voss", "the surveyor"),
    "wacz": ("windmill", "Greta Holm", "the miller"),
}
NOT_READ = {
    "budget.xlsx": "unsupported type (.xlsx)",
    "photos.zip": "unsupported type (.zip)",
    "notes": "unsupported type (no suffix)",
    ".draft.txt": "hidden",
    "~$hospital.docx": "lock file of a word processor",
    "README.md": "README or licence",
    "copy-of-ferry.txt": "link within the folder",
    "outside.txt": "link out of the folder",
    "gone.txt": "link to nothing",
    "queue.txt": "not a regular file",
}


def said(kind: str) -> str:
    """The statement in the article in this format."""
    return f"The old {STORIES[kind][0]} will be open again before the first of May"


def story(kind: str) -> list[str]:
    """The paragraphs of the article in this format."""
    subject, speaker, role = STORIES[kind]
    return [
        f"The old {subject} of Port Ansel has been closed since the storm of last winter damaged it.",
        f"“{said(kind)},” said {speaker}, {role}, on Monday.",
    ]


def page(kind: str, outlet: str = "Coast Courier", words: str = "") -> str:
    """A web page with the article, which says ``words`` instead of the statement if they are given."""
    lines = [line.replace(said(kind), words or said(kind)) for line in story(kind)]
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f'<title>{title(kind)} | {outlet}</title><meta property="og:site_name" content="{outlet}">'
    dated = '<meta property="article:published_time" content="2026-03-02T08:00:00Z">'
    return (
        f'<html lang="en"><head>{head}{dated}</head><body><article><h1>{title(kind)}</h1>{body}</article></body></html>'
    )


def title(kind: str) -> str:
    """The headline of the article."""
    return f"The {STORIES[kind][0]} of Port Ansel"


def record(kind: str) -> dict[str, str]:
    """The article as a record, without an outlet but with an address."""
    return {
        "body": "\n\n".join(story(kind)),
        "pub_date": "2026-03-02",
        "canonical": f"https://www.coastcourier.example/{STORIES[kind][0]}",
        "headline": title(kind),
    }


def write_articles(folder: Path) -> None:
    """Write the article of each format into ``folder``."""
    text = {kind: "\n\n".join(story(kind)) for kind in STORIES}
    (folder / "ferry.txt").write_text(
        f"Outlet: Coast Courier\nTitle: {title('txt')}\nDate: 2026-03-02\n\n{text['txt']}"
    )
    (folder / "library.md").write_text(f"---\ntitle: {title('md')}\ndate: 2026-03-02\n---\n{text['md']}")
    (folder / "bridge.html").write_text(page("html"))
    (folder / "bakery.jsonl").write_text(json.dumps(record("jsonl")))
    (folder / "museum.jsonl.gz").write_bytes(gzip.compress(json.dumps(record("jsonl.gz")).encode()))
    (folder / "orchard.ndjson").write_text(json.dumps(record("ndjson")))
    body = text["csv"].replace('"', '""')
    (folder / "tramway.csv").write_text(f'headline,pub_date,outlet,body\n{title("csv")},2026-03-02,The Post,"{body}"\n')
    write_parquet(folder / "theatre.parquet", record("parquet"))
    write_docx(folder / "hospital.docx", story("docx"), title("docx"))
    write_pdf(folder / "lighthouse.pdf", [[line.replace("“", '"').replace("”", '"') for line in story("pdf")]])
    (folder / "stadium.eml").write_bytes(message(text["eml"], title=title("eml")))
    (folder / "quarry.mbox").write_bytes(b"From a@b Mon\n" + message(text["mbox"], title=title("mbox")))
    (folder / "aqueduct.warc.gz").write_bytes(warc({"https://www.coastcourier.example/aqueduct": page("warc.gz")}))
    write_wacz(folder / "windmill.wacz", {"https://www.coastcourier.example/windmill": page("wacz")})


def write_others(folder: Path, outside: Path) -> None:
    """Write what is not read, and what fails, into ``folder``; ``outside`` is a file that is linked to."""
    for name in ("budget.xlsx", "photos.zip", "notes", ".draft.txt", "~$hospital.docx", "README.md"):
        (folder / name).write_bytes(b"PK\x03\x04 not an article")
    outside.write_text("“This must never be read,” said Nobody Atall.")
    (folder / "copy-of-ferry.txt").symlink_to(folder / "ferry.txt")
    (folder / "outside.txt").symlink_to(outside)
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    os.mkfifo(folder / "queue.txt")
    (folder / "empty.txt").touch()
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    (folder / "damaged.docx").write_bytes(b"PK\x03\x04 and then nothing")
    french = "Le vieux port restera fermé jusqu’à vendredi, parce que la tempête a endommagé les deux jetées. "
    (folder / "french.txt").write_text(french * 3 + "« Nous attendons », a déclaré la mairesse.")
    gqg = {
        "date": "2026-03-02",
        "url": "https://post.example/a",
        "title": "A",
        "quotes": [{"pre": "a", "quote": "b", "post": "c"}],
    }
    (folder / "gdelt.gqg.json.jsonl").write_text(json.dumps(gqg))
    quotebank = {"quoteID": "2026-03-02-000001", "quotation": "b", "speaker": "None", "qids": [], "date": "2026-03-02",
                 "numOccurrences": 1, "probas": [["None", "1.0"]], "urls": ["https://post.example/a"], "phase": "E"}  # fmt: skip
    (folder / "quotebank.jsonl").write_text(json.dumps(quotebank))
