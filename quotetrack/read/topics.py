"""Find the terms that are typical of what a speaker says, compared with everybody else."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.store import Store
from quotetrack.text.words import plain

_FEWEST_CLAIMS = 8  # of a speaker; with fewer, every term is typical
_FEWEST_USES = 3  # claims of the speaker with the term
_MOST_TOPICS = 12
_MOST_CANDIDATES = 60
_LEAST_BITS = 12.0  # of a term of one word: "country" has 11.5, "bridge" 14
_LEAST_BITS_IN_PAIR = 9.5  # of each word of a term of two words
_LEAST_BITS_OF_PAIR = 22.0
_LEAST_Z = 1.645  # one in twenty terms would exceed it by chance
_PRIOR = 500.0  # terms
_MOST_PRIOR = 0.1  # of all terms, so that the prior does not outweigh a small collection
_MOST_SHARED = 0.6  # of the claims of a term; one that shares more with a better one says the same

# Words and pairs of adjacent words, once per claim. Marks and function words between two words separate them.
_TERMS = r"""
CREATE OR REPLACE TEMP TABLE claim_terms AS
WITH tokens AS (
    SELECT claim_id, unnest(words) AS word, generate_subscripts(words, 1) AS place FROM (
        SELECT claim_id, regexp_extract_all(lower(text), '[\p{L}\p{N}]+(?:[''’-][\p{L}\p{N}]+)*|[.,;:!?()…—–"“”]') AS words
        FROM shown_claims
    )
), counted AS (SELECT word, count(*) AS uses FROM tokens GROUP BY word)
SELECT DISTINCT claim_id, word AS term, NULL AS second FROM tokens
WHERE length(word) > 2 AND regexp_full_match(word, '[\p{L}-]+')
UNION ALL
SELECT DISTINCT a.claim_id, a.word, b.word FROM tokens a JOIN tokens b ON a.claim_id = b.claim_id AND b.place = a.place + 1
WHERE length(a.word) > 2 AND length(b.word) > 2 AND regexp_full_match(a.word || b.word, '[\p{L}-]+')
  AND a.word IN (SELECT word FROM counted WHERE uses >= $fewest) AND b.word IN (SELECT word FROM counted WHERE uses >= $fewest)
"""

_SPEAKERS = """
CREATE OR REPLACE TEMP TABLE speaker_claims AS
WITH every AS (
    SELECT DISTINCT speaker_id, claim_id FROM shown_quotations JOIN source_speakers USING (source_id)
    JOIN claim_quotations USING (quotation_id) JOIN speakers USING (speaker_id) WHERE type NOT IN ('unnamed', 'document')
)
SELECT * FROM every WHERE speaker_id IN (SELECT speaker_id FROM every GROUP BY speaker_id HAVING count(*) >= $claims)
  AND ($speaker IS NULL OR speaker_id = $speaker)
"""

# The z-score of the log-odds ratio with an informative Dirichlet prior. Prior: how often all speakers use the term.
_SCORES = """
WITH totals AS (SELECT term, second, count(*) AS uses FROM claim_terms GROUP BY ALL HAVING count(*) >= $fewest),
everything AS (SELECT sum(uses) AS uses, least($prior, $share * sum(uses)) AS prior FROM totals),
own AS (
    SELECT speaker_id, term, second, count(*) AS uses, list(claim_id ORDER BY claim_id) AS claims
    FROM speaker_claims JOIN claim_terms USING (claim_id) GROUP BY ALL
), sizes AS (SELECT speaker_id, sum(uses) AS size FROM own GROUP BY speaker_id),
counts AS (
    SELECT speaker_id, o.term, o.second, claims, o.uses AS y, size AS n, t.uses - o.uses AS rest, e.uses - size AS others,
        e.prior, e.prior * t.uses / e.uses AS a
    FROM own o JOIN totals t ON t.term = o.term AND t.second IS NOT DISTINCT FROM o.second JOIN sizes USING (speaker_id), everything e
    WHERE o.uses >= $fewest
)
SELECT speaker_id, term, second, claims,
    (ln((y + a) / greatest(n + prior - y - a, 1)) - ln((rest + a) / greatest(others + prior - rest - a, 1)))
    / sqrt(1 / (y + a) + 1 / (rest + a)) AS z
FROM counts WHERE z >= $least
QUALIFY row_number() OVER (PARTITION BY speaker_id ORDER BY z DESC, term, second NULLS FIRST) <= $most
ORDER BY speaker_id, z DESC, term, second NULLS FIRST
"""


def typical_terms(store: Store, speaker_id: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return the terms that are typical of the claims of each speaker, or of one, most typical first.

    A term is one word or two adjacent words, counted once per claim, so copies of a report count once. Terms are ranked by
    the z-score of their log-odds ratio between the claims of the speaker and those of all others, with an informative
    Dirichlet prior (Monroe, Colaresi and Quinn 2008, *Fightin' Words*, Political Analysis 16, equations 16 to 22). Words
    that are frequent in English, the speaker's own names and terms that occur in the same claims as a better one are left
    out, and so are speakers with fewer than eight claims. Counting is done in the database; the two temporary tables it
    needs are removed again.

        >>> typical_terms(store)["08364c4d6cafcc76"]
        ('western harbour', 'ferry', 'fares')
    """
    query = store.connection.execute
    query(_TERMS, {"fewest": _FEWEST_USES})
    query(_SPEAKERS, {"claims": _FEWEST_CLAIMS, "speaker": speaker_id})
    given = {"fewest": _FEWEST_USES, "prior": _PRIOR, "share": _MOST_PRIOR, "least": _LEAST_Z, "most": _MOST_CANDIDATES}
    found = query(_SCORES, given).fetchall()
    query("DROP TABLE claim_terms; DROP TABLE speaker_claims")
    names = _words_of_names(store)
    candidates: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for speaker, first, second, claims, _ in found:
        words = [first, second] if second else [first]
        if _telling(words) and not names[speaker].issuperset(map(plain, words)):
            candidates[speaker].append((" ".join(words), set(claims)))
    return {speaker: _distinct(terms) for speaker, terms in candidates.items()}


def _words_of_names(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows: list[tuple[Any, ...]] = store.connection.execute("SELECT speaker_id, name FROM aliases").fetchall()
    for speaker, name in rows:
        found[speaker].update(plain(word) for word in name.split())
    return found


def _telling(words: list[str]) -> bool:
    bits = [float(information([encode(word)])[0]) for word in words]
    if len(words) == 1:
        return bits[0] >= _LEAST_BITS
    return min(bits) >= _LEAST_BITS_IN_PAIR and sum(bits) >= _LEAST_BITS_OF_PAIR


def _distinct(terms: list[tuple[str, set[str]]]) -> tuple[str, ...]:
    """Keep terms that share few claims with a better one."""
    kept: list[tuple[str, set[str]]] = []
    for term, claims in terms:
        if all(len(claims & other) <= _MOST_SHARED * len(claims) for _, other in kept):
            kept.append((term, claims))
    return tuple(term for term, _ in kept[:_MOST_TOPICS])
