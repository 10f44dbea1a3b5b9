"""Index a parsed article for the extraction rules: words, heads, children, subtrees, quoted stretches, paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotetrack.model import Entity, Parsed, Sentence, Span, Word
from quotetrack.text.inflection import singular
from quotetrack.text.quoted import Quoted, quoted_stretches

CLAUSE_EDGE = " \t\n\r\u00a0,;:—–-"


@dataclass(slots=True)
class Reading:
    """A parse with the indexes that the extraction rules need, computed once per article.

    Words are numbered through the whole article, not per sentence. ``head[i]`` and ``children[i]`` are the head (-1
    for a root) and the dependents of word ``i``, ``lower[i]`` is its lower-case text, ``sentence_of[i]`` the index of
    its sentence, and ``first_word[n]`` the first word of sentence ``n``. ``quoted`` holds the stretches between
    quotation marks.
    """

    parsed: Parsed
    text: str
    words: list[Word] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    first_word: list[int] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    quoted: list[Quoted] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    _is_quoted: list[bool] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _quoted_starts: list[int] = field(default_factory=list)
    _subtrees: dict[int, list[int]] = field(default_factory=dict)
    _lower_text: str | None = None
    _title_case: dict[int, bool] = field(default_factory=dict)
    _subjects: dict[str, list[int]] | None = None
    _entities: dict[str, list[Entity]] | None = None

    @classmethod
    def of(cls, parsed: Parsed) -> Reading:
        """Build the reading of ``parsed``."""
        reading = cls(parsed, parsed.text)
        for number, sentence in enumerate(parsed.sentences):
            base = len(reading.words)
            reading.first_word.append(base)
            reading.words += sentence.words
            reading.sentence_of += [number] * len(sentence.words)
            reading.head += [base + word.head if word.head >= 0 else -1 for word in sentence.words]
        reading.children = [[] for _ in reading.words]
        for index, head in enumerate(reading.head):
            if head >= 0:
                reading.children[head].append(index)
        reading.quoted = quoted_stretches(parsed.text, parsed.paragraphs)
        reading._starts = [word.start for word in reading.words]
        reading.lower = [word.text.lower() for word in reading.words]
        reading.set_quoted(reading.quoted)
        return reading

    def set_quoted(self, stretches: list[Quoted]) -> None:
        """Replace the quoted stretches, for example to leave out titles of works, which are not quotations."""
        self.quoted = stretches
        self._quoted_starts = [q.start for q in stretches]
        self._is_quoted = [False] * len(self.words)
        for stretch in stretches:
            for index in self.words_between(stretch.start, stretch.end):
                self._is_quoted[index] = True

    def sentence(self, index: int) -> Sentence:
        """Return the sentence that contains the word ``index``."""
        return self.parsed.sentences[self.sentence_of[index]]

    def sentence_range(self, index: int) -> range:
        """Return the numbers of all words in the sentence of the word ``index``."""
        number = self.sentence_of[index]
        return range(self.first_word[number], self.first_word[number] + len(self.parsed.sentences[number].words))

    def words_between(self, start: int, end: int) -> range:
        """Return the numbers of the words that begin in ``start:end``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def singular(self, index: int) -> str:
        """The word at ``index`` in lower case, and in the singular if it is a noun in the plural."""
        word = self.words[index]
        if word.upos == "NOUN" and "Number=Plur" in word.feats:
            return word.lemma.lower()
        return singular(self.lower[index])

    def quoted_at(self, position: int) -> Quoted | None:
        """Return the quoted stretch that contains the character at ``position``, or ``None``."""
        index = bisect_right(self._quoted_starts, position) - 1
        if index >= 0 and position < self.quoted[index].end:
            return self.quoted[index]
        return None

    def quoted_in(self, start: int, end: int) -> list[Quoted]:
        """Return the quoted stretches that overlap ``start:end``."""
        first = bisect_right(self._quoted_starts, start) - 1
        if first < 0 or self.quoted[first].end <= start:
            first += 1
        return self.quoted[first : bisect_left(self._quoted_starts, end)]

    def has_quoted_start(self, start: int, end: int) -> bool:
        """Whether a quoted stretch begins in ``start:end``."""
        first = bisect_left(self._quoted_starts, start)
        return first < len(self._quoted_starts) and self._quoted_starts[first] < end

    def quoted_within(self, spans: Sequence[Span]) -> list[Quoted]:
        """Return the quoted stretches whose inner text lies within one of ``spans``, which must be in text order."""
        return [
            q
            for q in self.quoted_in(spans[0].start, spans[-1].end)
            if any(s.start <= q.inner_start and q.inner_end <= s.end for s in spans)
        ]

    def is_quoted(self, index: int) -> bool:
        """Whether the word ``index`` is between quotation marks."""
        return self._is_quoted[index]

    def paragraph_at(self, position: int) -> int:
        """Return the index of the paragraph that contains the character at ``position``, or -1 before the first one."""
        return bisect_right(self.parsed.paragraphs, position, key=lambda paragraph: paragraph[0]) - 1

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that contains the character at ``position``, or -1 before the first one."""
        return bisect_right(self.parsed.sentences, position, key=lambda sentence: sentence.start) - 1

    def in_title_case(self, position: int) -> bool:
        """Whether the character at ``position`` is in a sentence in title case, where a capital letter carries no
        information.

        Also true where no word begins at ``position``.
        """
        words = self.words_between(position, position + 1)
        if not words:
            return True
        number = self.sentence_of[words.start]
        found = self._title_case.get(number)
        if found is None:
            long_words = [
                w.text for w in self.parsed.sentences[number].words if w.text[:1].isalpha() and len(w.text) > 3
            ]
            found = len(long_words) > 3 and sum(w[:1].isupper() for w in long_words) > 0.7 * len(long_words)
            self._title_case[number] = found
        return found

    @property
    def lower_text(self) -> str:
        """The text in lower case."""
        if self._lower_text is None:
            self._lower_text = self.text.lower()
        return self._lower_text

    def entity_ending_at(self, position: int) -> Entity | None:
        """Return the entity that ends at ``position``, or ``None``."""
        return next((e for e in overlapping(self.parsed.entities, position - 1, position) if e.end == position), None)

    def number_of(self, quoted: Quoted) -> int:
        """Return the index in ``quoted`` of a stretch that it contains."""
        return bisect_left(self._quoted_starts, quoted.start)

    def entities_in(self, start: int, end: int, *types: str) -> list[Entity]:
        """Return the entities that overlap ``start:end``; if ``types`` (in upper case) are given, only entities of these
        types.
        """
        found = overlapping(self.parsed.entities, start, end)
        return [entity for entity in found if not types or entity.type.upper() in types]

    def entities_called(self, text: str) -> Sequence[Entity]:
        """Return the entities with exactly this text, in text order."""
        if self._entities is None:
            self._entities = {}
            for entity in self.parsed.entities:
                self._entities.setdefault(entity.text, []).append(entity)
        return self._entities.get(text, ())

    def subjects_called(self, text: str) -> Sequence[int]:
        """Return the numbers of the words with exactly this text that are subjects, in text order."""
        if self._subjects is None:
            self._subjects = {}
            for index, word in enumerate(self.words):
                if word.deprel == "nsubj":
                    self._subjects.setdefault(word.text, []).append(index)
        return self._subjects.get(text, ())

    def above(self, index: int) -> Iterator[int]:
        """Yield the ancestors of the word ``index``, from its head up to the root. Stops if the heads form a cycle."""
        seen = {index}
        while (index := self.head[index]) >= 0 and index not in seen:
            seen.add(index)
            yield index

    def subtree(self, index: int) -> list[int]:
        """Return the numbers of the words in the subtree of ``index``, including ``index``, in text order."""
        found = self._subtrees.get(index)
        if found is None:
            found = []
            stack, seen = [index], set()
            while stack:
                node = stack.pop()
                if node not in seen:
                    seen.add(node)
                    found.append(node)
                    stack += self.children[node]
            found.sort()
            self._subtrees[index] = found
        return found

    def child(self, index: int, *relations: str) -> int | None:
        """Return the first dependent of ``index`` that has one of ``relations``, or ``None``.

        A relation without a subtype matches all subtypes: ``nsubj`` also matches ``nsubj:pass``.
        """
        for child in self.children[index]:
            relation = self.words[child].deprel
            if relation in relations or relation.split(":")[0] in relations:
                return child
        return None

    def span(self, start: int, end: int) -> Span | None:
        """Return the span of ``start:end`` without white space and clause punctuation at its edges.

        Returns ``None`` if nothing is left. If the span opens a bracket that closes right after it, the closing
        bracket is included.
        """
        while start < end and self.text[start] in CLAUSE_EDGE:
            start += 1
        while end > start and self.text[end - 1] in CLAUSE_EDGE:
            end -= 1
        inside = self.text[start:end]
        if inside.count("(") == inside.count(")") + 1 and self.text[end : end + 1] == ")":
            end += 1  # a bracket opened inside is closed inside
        return Span(start, end, self.text[start:end]) if start < end else None


def overlapping(entities: Sequence[Entity], start: int, end: int) -> Sequence[Entity]:
    """Return those of ``entities`` that overlap ``start:end``. The entities must be in text order and must not overlap
    each other.
    """
    first = bisect_left(entities, start, key=lambda entity: entity.start)
    if first and entities[first - 1].end > start:
        first -= 1
    return entities[first : bisect_left(entities, end, key=lambda entity: entity.start)]
