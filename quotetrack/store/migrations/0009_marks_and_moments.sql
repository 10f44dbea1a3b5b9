-- Store the ranges between quotation marks and comparable publication times instead of computing them on every read.
-- store/fill.py fills both for existing rows in the transaction of this migration.

CREATE TABLE marked_stretches (
    article_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL
);
COMMENT ON TABLE marked_stretches IS 'Ranges of each article between quotation marks, including the marks, as character offsets in articles.text. Ranges do not overlap.';
CREATE INDEX marked_stretches_by_article ON marked_stretches (article_id);

-- DuckDB cannot alter a table with an index.
DROP INDEX IF EXISTS articles_by_id;
ALTER TABLE articles ADD COLUMN published_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE articles ADD COLUMN published_precision VARCHAR;
CREATE INDEX articles_by_id ON articles (article_id);
COMMENT ON COLUMN articles.published IS 'ISO 8601 date or date-time as given by the outlet; see published_at for comparisons.';
COMMENT ON COLUMN articles.published_at IS 'UTC time of published, or the start of its day, month or year; times without a time zone are assumed to be UTC.';
COMMENT ON COLUMN articles.published_precision IS 'Precision of published_at: minute, day, month or year.';

CREATE VIEW claims_of_quotations AS
SELECT quotation_id, arg_min(claim_id, row(-similarity, claim_id)) AS claim_id FROM claim_quotations GROUP BY quotation_id;
COMMENT ON VIEW claims_of_quotations IS 'The claim of each quotation; the most similar one if it contains several utterances.';

CREATE OR REPLACE VIEW who_said_what AS
SELECT p.name AS speaker, q.stance, q.role, q.kind, q.text AS quotation, s.text AS source, c.text AS cue, q.on_behalf_of, a.outlet,
       a.published, a.published_at, a.published_precision, a.title, a.url, q.confidence, q.speaker_confidence, s.method,
       p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata, q.quotation_id, cq.claim_id, a.article_id, p.speaker_id
FROM shown_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id)
LEFT JOIN spans c ON c.quotation_id = q.quotation_id AND c.part = 'cue' AND c.ordinal = 0
LEFT JOIN claims_of_quotations cq ON cq.quotation_id = q.quotation_id;
COMMENT ON VIEW who_said_what IS 'Quotations shown by default with stance, speaker, role, cue, claim, outlet and date; one row per speaker for joint statements.';

CREATE OR REPLACE VIEW all_quotations AS
SELECT p.name AS speaker, q.stance, q.bare, q.role, q.kind, q.text AS quotation, s.text AS source, c.text AS cue, q.on_behalf_of, a.outlet,
       a.published, a.published_at, a.published_precision, a.title, a.url, q.confidence, q.speaker_confidence, s.method,
       p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata, q.quotation_id, cq.claim_id, a.article_id, p.speaker_id
FROM corrected_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id)
LEFT JOIN spans c ON c.quotation_id = q.quotation_id AND c.part = 'cue' AND c.ordinal = 0
LEFT JOIN claims_of_quotations cq ON cq.quotation_id = q.quotation_id;
COMMENT ON VIEW all_quotations IS 'All quotations, including those that were asked, declined, hypothetical or believed (see stance), bare noun phrases and quotations of low confidence.';
