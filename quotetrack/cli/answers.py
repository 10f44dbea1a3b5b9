"""Print the answers of ``quotetrack check``."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from quotetrack.check import Answer, Change, Match
from quotetrack.check.earlier import EarlierPrinting
from quotetrack.check.records import Searched
from quotetrack.cli.common import notes, one_line
from quotetrack.read.printing import UNKNOWN_OUTLET, Printing
from quotetrack.report.labels import STANCES, both_sure, decision, how_found, repair_note
from quotetrack.text.diff import Piece

_WORDS = {
    "verbatim": "Printed word for word between quotation marks",
    "marks": "The same words are printed between quotation marks; punctuation or case differs",
    "shortened": "Printed between quotation marks; words are left out{without}",
    "changed": "Printed with other words",
    "reported": "Printed in these words, but as reported speech, not between quotation marks",
    "printed": "Printed, but not as a quotation: an article has these words as its own",
    "common": "At least {claims:,} claims have exactly these words; check a longer passage",
    "earlier": "Printed in an earlier version of {article} (first seen {seen}), not in the current one",
    "missing": "Not in the record",
}
_IN_MARKS = "Printed between quotation marks, but not recognised as a quotation of anybody"
_SPEAKERS = {
    "same": "said by {named}, as in the record",
    "differs": "the record gives them to {speakers}, not to {asked}",
    "disputed": "the record disagrees on who said it: {all}",
    "not given": "",
    "unknown": "no printing names the speaker, so {asked} is not confirmed",
    "not compared": "the speaker was not compared",
}
_KINDS = {
    "negation": "a negation",
    "number": "a number",
    "date": "a date or time",
    "name": "a name",
    "quantity": "a quantity",
    "modal": "a modal verb",
    "content": "a word",
    "function": "a function word",
    "spelling": "spelling",
}
_AROUND = 14  # words shown before and after an excerpt
_SHOWN_CHANGES = 6


def show(console: Console, answer: Answer) -> None:
    """Print the verdicts, then the matches."""
    console.print(headline(answer))
    for earlier in answer.earlier:
        _show_earlier(console, earlier)
    if answer.earlier and answer.matches:
        console.print(Text("\nThe current record has other words:", style="bold"))
    for change in answer.changes[:_SHOWN_CHANGES] if answer.matches else ():
        console.print(_change(change))
    for match in answer.matches:
        _show_match(console, match, said=bool(answer.matches))
    if answer.words in ("missing", "earlier"):
        console.print(Text(searched(answer)))
    if answer.nearest:
        console.print(Text("\nNot these words, but the most similar statements:", style="bold"))
        for match in answer.nearest:
            _show_match(console, match, said=False)
    for passage in answer.passages:
        console.print(Text(f"\n“{passage.asked}”", style="bold"))
        show(console, passage)


def headline(answer: Answer) -> Text:
    """Return the verdicts in one or two sentences; what turns the sense comes first."""
    text = Text()
    for warning in answer.warnings:
        text.append(f"Careful: {warning}.\n", style="bold red")
    if answer.passages and not answer.matches:
        text.append("By part:", style="bold")
        return text
    words = _WORDS[answer.words]
    if answer.words == "printed" and answer.matches[0].in_marks:
        words = _IN_MARKS
    if answer.words == "changed" and not answer.matches[0].in_marks:
        words = f"{words}, as reported speech"
    marked = answer.changes and all(change.elided for change in answer.changes)
    seen = answer.earlier[0].first_seen.date() if answer.earlier else ""
    article = "this article" if len(answer.earlier) == 1 else "these articles"
    words = words.format(
        claims=answer.claims,
        article=article,
        seen=seen,
        without=", as an ellipsis marks" if marked else " without an ellipsis",
    )
    who = _who(answer)
    text.append(f"{words}{'; ' if who else ''}{one_line(who)}.", style="bold green" if answer.as_asked else "bold")
    return text


def searched(answer: Answer) -> str:
    """Say what was searched: ``Searched: 120 articles of 3 outlets, 2026-01-02 to 2026-03-31.``"""
    s = answer.searched
    days = ""
    if s.first_day:
        days = f", {s.first_day}" if s.first_day == s.last_day else f", {s.first_day} to {s.last_day}"
    articles = f"{s.articles:,} article{'' if s.articles == 1 else 's'}"
    return f"Searched: {articles} of {s.outlets:,} outlet{'' if s.outlets == 1 else 's'}{days}."


def _who(answer: Answer) -> str:
    best = answer.matches[0] if answer.matches else None
    names = ", ".join(best.printing.speakers) if best and best.printing else ""
    given = {name for p in (best.printings if best else ()) for name in p.speakers}
    if answer.speaker == "not given":
        if answer.words not in ("verbatim", "marks", "shortened"):
            return ""
        return f"said by {names}" if names else "no printing names the speaker"
    return _SPEAKERS[answer.speaker].format(
        named=names or answer.said_by, speakers=names or "nobody", asked=answer.said_by, all=", ".join(sorted(given))
    )


def _change(change: Change) -> Text:
    text = Text(f"  {_KINDS[change.kind]}: ")
    if change.asked and change.printed:
        text.append(change.asked.text, style="red").append(" is printed as ").append(change.printed.text, style="green")
    elif change.asked:
        text.append(change.asked.text, style="red").append(" is not printed")
    elif change.printed:
        text.append(change.printed.text, style="green").append(" is left out")
        if change.elided and change.kind == "negation":
            text.append(": an ellipsis hides a negation", style="bold red")
    return text


def _show_earlier(console: Console, earlier: EarlierPrinting) -> None:
    who = ", ".join(earlier.speakers) or ("speaker unknown" if earlier.stance else "words of the article")
    stance = f", {STANCES[earlier.stance]}" if earlier.stance and STANCES[earlier.stance] else ""
    console.print()
    console.print(Text(one_line(who), style="bold"), Text(f"earlier version{stance}"))
    where = " · ".join(p for p in ((earlier.published or "undated")[:10], earlier.outlet, earlier.title) if p)
    console.print(f"  {one_line(where)}", style="dim", soft_wrap=True)
    console.print(f"  {one_line(earlier.text)}", style="bold", soft_wrap=True)
    console.print(
        f"  {earlier.days}; 'quotetrack articles show {earlier.article_id}' shows what changed", soft_wrap=True
    )


def _show_match(console: Console, match: Match, said: bool) -> None:
    printing, place = match.printing, match.place
    console.print()
    if printing:
        who = ", ".join(printing.speakers) or "speaker unknown"
        role = f" ({printing.role})" if printing.role else ""
        console.print(Text(one_line(f"{who}{role}"), style="bold"), Text(_label(match) if said else "similar"))
        if printing.on_behalf_of:
            console.print(f"  on behalf of {one_line(printing.on_behalf_of)}")
    else:
        console.print(Text("No quotation", style="bold"), Text("words of the article"))
    where = " · ".join(p for p in (place.dated, place.outlet, place.title) if p)
    console.print(f"  {one_line(where)}", style="dim", soft_wrap=True)
    if address := place.link or place.url:
        console.print(f"  {one_line(address)}", style="dim", soft_wrap=True)
    console.print(Text("  ").append(_in_context(match)))
    if match.changes:
        console.print(Text("  difference: ").append(word_diff(match.diff)))
    if printing:
        _show_record(console, match, printing)


def _label(match: Match) -> str:
    """The verdict on the words, the stance if nothing was said, and whether they are an excerpt."""
    stance = STANCES[match.printing.stance] if match.printing else ""
    return ", ".join(part for part in (match.words, "excerpt" if match.excerpt else "", stance) if part)


def _show_record(console: Console, match: Match, printing: Printing) -> None:
    sure = both_sure(printing, bool(printing.speakers))
    how = f"  {one_line(how_found(printing.source, printing.method))} · {sure}"
    console.print(how, style="yellow" if printing.uncertain else "dim")
    if printing.repair:
        console.print(f"  {one_line(repair_note(printing.repair))}", style="dim")
    for one in printing.decided:
        console.print(f"  {one_line(decision(one))}")
    span = f"  characters {match.place.start}–{match.place.end}, SHA-256 {match.place.sha256[:12]}…"
    console.print(Text(span, style="dim"))
    if others := [other for other in match.others if other.article_id != printing.article_id]:
        outlets = sorted({other.outlet_name for other in others})
        reports = f"{match.reports} independent report{'' if match.reports == 1 else 's'}"
        also = one_line(f"also in {', '.join(outlets)} ({reports}{_first(match)})")
        console.print(f"  {also}", style="dim")
    for other in match.contrary:
        given = one_line(f"{_printed(other)} gives the words to {', '.join(other.speakers)}")
        console.print(f"  {given}", style="yellow")


def _first(match: Match) -> str:
    """Which of several printings was first, as far as their dates tell."""
    if match.first is None:
        return "; which was first is not known, because none has a date"
    first = f", first in {_printed(match.first)}" if match.first != match.printing or match.undated else ""
    without = "has" if match.undated == 1 else "have"
    return f"{first}; {match.undated} {without} no date and may be earlier" if match.undated else first


def _printed(printing: Printing) -> str:
    return f"{printing.outlet or UNKNOWN_OUTLET}{f', {printing.dated}' if printing.published_at else ''}"


def _in_context(match: Match) -> Text:
    """The printed words with some of those around them; what was asked for is bold."""
    before, after = match.before.split(), match.after.split()
    text = Text()
    if before:
        cut = "… " if len(before) > _AROUND else ""
        text.append(f"{cut}{' '.join(before[-_AROUND:])}{_space(match.before[-1:])}", style="dim")
    text.append(" ".join(match.place.text.split()), style="bold")
    if after:
        cut = " …" if len(after) > _AROUND else ""
        text.append(f"{_space(match.after[:1])}{' '.join(after[:_AROUND])}{cut}", style="dim")
    return text


def _space(edge: str) -> str:
    return " " if edge.isspace() else ""


def word_diff(diff: tuple[Piece, ...]) -> Text:
    """Return a word diff that is readable without colour: ``[-…-]`` was asked for, or stood there before; ``{+…+}`` is printed."""
    text = Text()
    for piece in diff:
        if piece.kind == "equal":
            text.append(piece.printed.text)
            continue
        if asked := piece.asked.text.strip():
            text.append(f"[-{asked}-] ", style="red")
        if printed := piece.printed.text.strip():
            text.append(f"{{+{printed}+}} ", style="green")
    return text


def warn_incomplete(searched: Searched) -> None:
    """Warn if some quotations could be searched for exact words only."""
    if missing := searched.incomplete:
        one = missing == 1
        notes.print(
            f"{missing:,} quotation{' was' if one else 's were'} searched for exactly these words only, because the last "
            "ingest did not finish. Run 'quotetrack ingest' again, then repeat the check.",
            style="yellow",
        )
