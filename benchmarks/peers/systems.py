"""Run a system on articles: as a command that reads and writes JSON lines, or as a Python function."""

from __future__ import annotations

import importlib
import json
import resource
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.adapters import answered
from benchmarks.peers.gold import Names, attribution, names_in
from quotetrack.errors import InputError, UsageError
from quotetrack.evaluate import Attribution, GoldArticle

# Run first, so that the time of loading can be told from the time of the articles.
WARM_UP = {"id": "warm-up", "text": "“The ferry will sail again on Monday,” said Ruth Vale, the harbour master."}
BUILT_IN = {"quotetrack": [sys.executable, "-m", "benchmarks.peers.adapters.quotetrack"]}

Lines = Iterable[dict[str, Any]]
Run = Callable[[Sequence[dict[str, str]]], Lines]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system found in one article: quotations with the names of their speakers, or an error."""

    quotations: tuple[tuple[Attribution, Names], ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a system found in all articles by their names, and its processor time in seconds with that of its processes."""

    by_article: dict[str, Answer]
    loading_seconds: float
    seconds: float


def by_command(name: str, command: Sequence[str]) -> Run:
    """A system that is a command. The run raises ``UsageError`` if it cannot be started, fails, or writes no JSON lines."""

    def run(articles: Sequence[dict[str, str]]) -> Lines:
        asked = "".join(json.dumps(article) + "\n" for article in articles)
        try:
            done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, encoding="utf-8", check=False)
        except OSError as error:
            raise UsageError(f"{name} cannot be started: {error.strerror or error}: {command[0]}.") from error
        if done.returncode:
            raise UsageError(
                f"{name} ended with the exit code {done.returncode}; run it by itself to see why: {shlex.join(command)}"
            )
        try:
            return [json.loads(line) for line in done.stdout.split("\n") if line.strip()]
        except ValueError as error:
            raise UsageError(f"{name} wrote a line that is not JSON: {error}.") from error

    return run


def by_function(place: str) -> Run:
    """A system that is a Python function from the text of an article to its quotations, given as ``MODULE:FUNCTION``."""
    module, _, function = place.partition(":")

    def run(articles: Sequence[dict[str, str]]) -> Lines:
        try:
            extract = getattr(importlib.import_module(module), function)
        except (ImportError, AttributeError) as error:
            raise UsageError(f"{place} cannot be imported: {error}.") from error
        return [answered(article, extract) for article in articles]

    return run


def system(given: str) -> tuple[str, Run]:
    """The name and the run of a system given as ``quotetrack``, ``MODULE:FUNCTION`` or ``NAME=COMMAND``.

    Raises ``UsageError`` for anything else.
    """
    name, equals, command = given.partition("=")
    if equals and shlex.split(command):
        return name, by_command(name, shlex.split(command))
    if given in BUILT_IN:
        return given, by_command(given, BUILT_IN[given])
    if ":" in given:
        return given, by_function(given)
    raise UsageError(f"'{given}' is no system; give 'quotetrack', MODULE:FUNCTION, or NAME=COMMAND with --command.")


def answers(run: Run, articles: Sequence[GoldArticle]) -> Answers:
    """Run a system on ``articles``, after a run on one sentence that only loads it."""
    began = _processor_seconds()
    for _ in run([WARM_UP]):
        pass
    loaded = _processor_seconds()
    lines = run([{"id": article.name, "text": article.text} for article in articles])
    ended = _processor_seconds()
    loading = loaded - began
    found = {line.get("id"): line for line in lines if isinstance(line, dict)}
    by_article = {article.name: _answer(article, found.get(article.name)) for article in articles}
    return Answers(by_article, round(loading, 1), round(max(0.0, ended - loaded - loading), 1))


def _processor_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _answer(article: GoldArticle, line: dict[str, Any] | None) -> Answer:
    """The checked answer for an article; an answer with a wrong range is an error as a whole."""
    if line is None:
        return Answer(error="The system gave no answer.")
    if "quotations" not in line:
        return Answer(error=str(line.get("error", "The answer has no 'quotations'.")))
    try:
        return Answer(
            tuple((attribution(one, article.text, article.name), names_in(one)) for one in line["quotations"])
        )
    except (InputError, AttributeError, TypeError) as error:
        return Answer(error=str(error))
