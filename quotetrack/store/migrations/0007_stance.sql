-- What a speaker does with the content: only what was stated was said to be so.

-- DuckDB alters no table that has an index.
DROP INDEX IF EXISTS quotations_by_id;
DROP INDEX IF EXISTS claims_by_id;

ALTER TABLE quotations ADD COLUMN stance VARCHAR DEFAULT 'stated';
ALTER TABLE quotations ADD COLUMN on_behalf_of VARCHAR;
ALTER TABLE quotations ADD COLUMN speaker_confidence DOUBLE DEFAULT 0;
ALTER TABLE quotations ADD COLUMN bare BOOLEAN DEFAULT false;
ALTER TABLE rejected_quotations ADD COLUMN stance VARCHAR DEFAULT 'stated';
ALTER TABLE rejected_quotations ADD COLUMN on_behalf_of VARCHAR;
ALTER TABLE rejected_quotations ADD COLUMN speaker_confidence DOUBLE DEFAULT 0;
ALTER TABLE rejected_quotations ADD COLUMN bare BOOLEAN DEFAULT false;
ALTER TABLE claims ADD COLUMN stance VARCHAR DEFAULT 'stated';

-- Rows of an older version, until their articles are ingested again: by the words of the cue, and nothing denied or asked passes for stated.
UPDATE quotations SET speaker_confidence = confidence;
UPDATE rejected_quotations SET speaker_confidence = confidence;
CREATE TEMP TABLE old_stances AS
SELECT quotation_id, CASE
    WHEN regexp_matches(cue, '\b(may|might|could|would|will|should|expected to|if|unless)\b|''ll\b|’ll\b') THEN 'hypothetical'
    WHEN regexp_matches(cue, '\b(ask|asks|asked|asking|wonder\w*|inquir\w+)\b') AND NOT regexp_matches(cue, '\bfor\b') THEN 'asked'
    WHEN regexp_matches(cue, '\b(declin|refus)(e|es|ed|ing)\b') THEN 'declined'
    WHEN regexp_matches(cue, '\b(den(y|ies|ied|ying)|reject\w*|dismiss\w*|refut\w+|rebut\w*|not|never)\b|n''t\b|n’t\b') THEN 'denied'
    WHEN regexp_matches(cue, '\b(urg|order|demand|threaten|beg|plead|advis)\w*\b|\bcall\w* (for|on)\b') THEN 'requested'
    WHEN regexp_matches(cue, '\b(think\w*|thought|believ\w+|hop(e|es|ed|ing)|fear\w*|want\w*|expect\w*|doubt\w*|feel\w*|felt)\b') THEN 'believed'
    ELSE 'stated' END AS stance
FROM (SELECT quotation_id, lower(any_value(text)) AS cue FROM spans WHERE part = 'cue' GROUP BY quotation_id);
UPDATE quotations SET stance = o.stance FROM old_stances o WHERE o.quotation_id = quotations.quotation_id AND o.stance <> 'stated';
DROP TABLE old_stances;

COMMENT ON COLUMN quotations.stance IS 'stated, denied, asked, declined, hypothetical, requested or believed: what the speaker does with the content.';
COMMENT ON COLUMN quotations.on_behalf_of IS 'Whom a spokesperson, lawyer or agent speaks for; never the speaker.';
COMMENT ON COLUMN quotations.confidence IS 'How likely it is a quotation of this extent with this source phrase, in 0..1.';
COMMENT ON COLUMN quotations.speaker_confidence IS 'How likely the name of the speaker is right, in 0..1.';
COMMENT ON COLUMN quotations.bare IS 'Whether the content is a noun phrase of three words or fewer (called for calm): kept, and not shown by default.';
COMMENT ON COLUMN claims.stance IS 'That of the quotation it is shown by. What was denied, asked, declined, imagined or believed shares no claim with what was said.';

CREATE INDEX quotations_by_id ON quotations (quotation_id);
CREATE INDEX claims_by_id ON claims (claim_id);

CREATE VIEW shown_quotations AS
SELECT * FROM quotations
WHERE stance IN ('stated', 'denied', 'requested') AND NOT bare AND (kind = 'direct' OR confidence >= 0.25);
COMMENT ON VIEW shown_quotations IS 'The quotations that reports show: what was stated, denied or requested, in more than a bare noun phrase; with a confidence of 0.25 and more, or all of it in quotation marks.';

CREATE VIEW shown_claims AS
SELECT * FROM claims WHERE claim_id IN (SELECT claim_id FROM claim_quotations SEMI JOIN shown_quotations USING (quotation_id));
COMMENT ON VIEW shown_claims IS 'The claims of which some printing is shown.';

CREATE OR REPLACE VIEW who_said_what AS
SELECT p.name AS speaker, q.stance, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title, a.url,
       q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM shown_quotations q
JOIN articles a USING (article_id)
LEFT JOIN sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW who_said_what IS 'Every quotation that was stated, denied or requested (see its stance), with speaker, role, outlet and date; one row a speaker where several spoke jointly.';

CREATE VIEW all_quotations AS
SELECT p.name AS speaker, q.stance, q.bare, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title,
       a.url, q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM quotations q
JOIN articles a USING (article_id)
LEFT JOIN sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW all_quotations IS 'who_said_what with what was only asked, declined, imagined or believed, and with bare noun phrases: mind the stance.';

CREATE OR REPLACE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.stance, q.text AS wording, cq.similarity, cq.variant, cq.turned, a.outlet, a.published, a.url, q.kind,
       coalesce(r.report_id, a.article_id) AS report_id, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN quotations q USING (quotation_id)
JOIN articles a USING (article_id)
LEFT JOIN article_copies r USING (article_id);
COMMENT ON VIEW claim_printings IS 'Every printing of every claim, with its stance, its wording, its type, and the report it comes from: copies of one article have one report_id.';
