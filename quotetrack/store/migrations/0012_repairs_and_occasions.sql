-- Occasions: the same words said again on another day are another claim, linked to the first.

ALTER TABLE cores ADD COLUMN utterance_id VARCHAR;
COMMENT ON COLUMN cores.utterance_id IS 'The same for all occasions on which the same words were said; NULL if there is only one.';

CREATE VIEW claim_repeats AS
SELECT a.core_id AS claim_id, b.core_id AS other_id, c.first_printed
FROM cores a JOIN cores b USING (utterance_id) JOIN claims c ON c.claim_id = b.core_id
WHERE a.core_id <> b.core_id AND a.core_id IN (SELECT claim_id FROM claims);
COMMENT ON VIEW claim_repeats IS 'Claims of the same words by the same speaker on another occasion, in both directions, with the date of the first printing of the other.';

COMMENT ON COLUMN articles.published_at IS 'UTC time of published, or the start of its day, month or year; times without a time zone are assumed to be UTC. Without published, the date in the path of url, if there is one.';

-- Articles that share a fifth of their own sentences are not independent reports, although fewer than half are the same.

ALTER TABLE article_pairs ADD COLUMN share DOUBLE;
COMMENT ON TABLE article_pairs IS 'Articles that share at least a fifth of the own sentences of the shorter one.';
COMMENT ON COLUMN article_pairs.share IS 'The number of common sentences divided by that of the shorter article.';
DELETE FROM article_pairs;
DELETE FROM fingerprinted;

CREATE TABLE article_origins (
    article_id VARCHAR NOT NULL,
    origin_id  VARCHAR NOT NULL
);
COMMENT ON TABLE article_origins IS 'Articles that are not independent of others: those with one origin_id share sentences (wire copy, rewritten or not) and count as one independent report.';

CREATE OR REPLACE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.stance, q.text AS wording, cq.similarity, cq.variant, cq.turned, a.outlet, a.published, a.url, q.kind,
       coalesce(r.report_id, a.article_id) AS report_id, coalesce(o.origin_id, a.article_id) AS origin_id, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN corrected_quotations q USING (quotation_id)
JOIN articles a USING (article_id)
LEFT JOIN article_copies r USING (article_id)
LEFT JOIN article_origins o USING (article_id);
COMMENT ON VIEW claim_printings IS 'All printings of all claims with stance, wording, variant and report. Copies of one article have the same report_id; articles that share a fifth of their sentences have the same origin_id, by which independent reports are counted.';

-- Attributions that other reports of the same utterance contradict or confirm. Like corrections they are an overlay over the
-- extracted rows, but computed from claims; a correction of the same quotation takes precedence.

CREATE TABLE repairs (
    quotation_id       VARCHAR NOT NULL,
    outcome            VARCHAR NOT NULL,
    source_id          VARCHAR NOT NULL,
    article_id         VARCHAR NOT NULL,
    start_char         INTEGER NOT NULL,
    end_char           INTEGER NOT NULL,
    text               VARCHAR NOT NULL,
    machine_speaker    VARCHAR NOT NULL,
    speaker_id         VARCHAR NOT NULL,
    speaker_confidence DOUBLE NOT NULL,
    evidence_id        VARCHAR NOT NULL,
    claim_id           VARCHAR NOT NULL
);
COMMENT ON TABLE repairs IS 'Quotations whose inferred speaker was compared with reports that name the speaker of the same words. Derived from claims.';
COMMENT ON COLUMN repairs.outcome IS 'confirmed (the same speaker), replaced (by the named speaker) or withdrawn (left without a speaker).';
COMMENT ON COLUMN repairs.source_id IS 'The source that source_speakers uses: the extracted one if confirmed, else a new one.';
COMMENT ON COLUMN repairs.text IS 'The extracted source phrase, at start_char in the article.';
COMMENT ON COLUMN repairs.machine_speaker IS 'The speaker found in the article of the quotation.';
COMMENT ON COLUMN repairs.speaker_id IS 'The speaker that the evidence names; not shown if withdrawn.';
COMMENT ON COLUMN repairs.speaker_confidence IS 'Probability in 0..1 that the speaker is right, given all reports; 0 if withdrawn.';
COMMENT ON COLUMN repairs.evidence_id IS 'The quotation, in another article, that names the speaker.';
COMMENT ON COLUMN repairs.claim_id IS 'The claim that both quotations belong to.';
CREATE INDEX repairs_by_quotation ON repairs (quotation_id);
CREATE INDEX repairs_by_source ON repairs (source_id);

COMMENT ON COLUMN claims.two_speakers IS 'Whether independent reports name different persons, or different bodies, for the same words.';

CREATE TABLE repaired (
    fingerprint UBIGINT NOT NULL
);
COMMENT ON TABLE repaired IS 'Hash of the speakers and claims from which repairs were computed; empty if they must be recomputed.';

CREATE VIEW settled_quotations AS
SELECT q.quotation_id, q.article_id, q.position, q.kind, q.text, coalesce(d.source_id, q.source_id) AS source_id,
       CASE WHEN d.source_id IS NULL THEN q.role ELSE d.role END AS role, q.confidence, q.stance,
       CASE WHEN d.source_id IS NULL THEN q.on_behalf_of ELSE d.on_behalf_of END AS on_behalf_of,
       CASE WHEN d.source_id IS NULL THEN q.speaker_confidence ELSE 1.0 END AS speaker_confidence, q.bare
FROM quotations q ANTI JOIN rejections USING (quotation_id) LEFT JOIN decided_sources d USING (quotation_id);
COMMENT ON VIEW settled_quotations IS 'Quotations with corrections applied, but not repairs: without rejected ones, and with corrected sources. Clustering reads this view, so that repairs do not change the claims they are computed from.';

CREATE OR REPLACE VIEW corrected_quotations AS
SELECT q.quotation_id, q.article_id, q.position, q.kind, q.text, coalesce(r.source_id, q.source_id) AS source_id,
       CASE WHEN coalesce(r.outcome, 'confirmed') = 'confirmed' THEN q.role END AS role, q.confidence, q.stance,
       CASE WHEN coalesce(r.outcome, 'confirmed') = 'confirmed' THEN q.on_behalf_of END AS on_behalf_of,
       coalesce(r.speaker_confidence, q.speaker_confidence) AS speaker_confidence, q.bare
FROM settled_quotations q LEFT JOIN repairs r USING (quotation_id);
COMMENT ON VIEW corrected_quotations IS 'Quotations with corrections and repairs applied: without rejected ones, and with corrected or repaired sources. Where a correction set or confirmed the speaker, speaker_confidence is 1 and the source has the method person. Everything shown is read from here.';

CREATE OR REPLACE VIEW corrected_sources AS
SELECT source_id, article_id, start_char, end_char, text, name, type, members, method FROM sources
UNION ALL
SELECT source_id, article_id, start_char, end_char, text, NULL, NULL, NULL, 'person' FROM decided_sources
UNION ALL
SELECT source_id, article_id, start_char, end_char, text, NULL, NULL, NULL, CASE outcome WHEN 'replaced' THEN 'report' ELSE 'none' END
FROM repairs WHERE outcome <> 'confirmed';
COMMENT ON VIEW corrected_sources IS 'All sources; one with the method person for each quotation whose speaker was set by a correction; and one with the method report (or none, if withdrawn) for each quotation whose speaker was repaired.';
