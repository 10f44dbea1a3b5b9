-- What was worked out again by every reader: where an article's quotation marks stand, and when it was published as a moment.
-- Both are filled for the rows there are by store/fill.py, in the transaction of this migration.

CREATE TABLE marked_stretches (
    article_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL
);
COMMENT ON TABLE marked_stretches IS 'The stretches of each article between quotation marks, marks included, in characters of articles.text. None overlaps another.';
CREATE INDEX marked_stretches_by_article ON marked_stretches (article_id);

-- DuckDB alters no table that has an index.
DROP INDEX IF EXISTS articles_by_id;
ALTER TABLE articles ADD COLUMN published_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE articles ADD COLUMN published_precision VARCHAR;
CREATE INDEX articles_by_id ON articles (article_id);
COMMENT ON COLUMN articles.published IS 'ISO 8601 date or date-time as the outlet gives it; published_at is the same to compare with.';
COMMENT ON COLUMN articles.published_at IS 'The moment of published, or the first moment of its day, month or year; what has no time zone is taken as UTC.';
COMMENT ON COLUMN articles.published_precision IS 'How exactly published_at is known: minute, day, month or year.';

CREATE VIEW claims_of_quotations AS
SELECT quotation_id, arg_min(claim_id, row(-similarity, claim_id)) AS claim_id FROM claim_quotations GROUP BY quotation_id;
COMMENT ON VIEW claims_of_quotations IS 'The claim of each quotation; of one that holds several utterances, the one it is closest to.';

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
COMMENT ON VIEW who_said_what IS 'Every quotation that was stated, denied or requested (see its stance), with speaker, role, cue, claim, outlet and date; one row a speaker where several spoke jointly.';

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
COMMENT ON VIEW all_quotations IS 'who_said_what with what was only asked, declined, imagined or believed, and with bare noun phrases: mind the stance.';
