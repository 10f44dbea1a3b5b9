-- What people decide about quotations, laid over what the machine found and no longer written into it; and what settling has
-- dealt with, so that a run that was killed before it is completed by the next.

CREATE TABLE settled (
    fingerprint UBIGINT NOT NULL
);
COMMENT ON TABLE settled IS 'A hash of the linked articles and the corrections that speakers, source_speakers, aliases, roles, rejections and decided_sources were last made from; no row where they are to be made again.';

CREATE TABLE rejections (
    quotation_id VARCHAR NOT NULL
);
COMMENT ON TABLE rejections IS 'Quotations a person found to be none: they stay in quotations, and are in no report, claim or check. Derived from corrections.';

CREATE TABLE decided_sources (
    quotation_id VARCHAR NOT NULL,
    source_id    VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    text         VARCHAR NOT NULL
);
COMMENT ON TABLE decided_sources IS 'Quotations whose speaker a person decided, each with a source of its own for source_speakers. Derived from corrections.';
COMMENT ON COLUMN decided_sources.text IS 'The phrase the machine took for the source; empty, at the head of the content, where it took none.';

-- Decisions used to be written into quotations and sources: take them out again.
INSERT INTO decided_sources
SELECT q.quotation_id, s.source_id, s.article_id, s.start_char, s.end_char, s.text
FROM sources s JOIN quotations q USING (source_id) WHERE s.method = 'person';
UPDATE quotations SET source_id = r.machine_source_id FROM reassigned r WHERE r.quotation_id = quotations.quotation_id;
DELETE FROM sources WHERE method = 'person';
INSERT INTO rejections SELECT quotation_id FROM rejected_quotations;
INSERT INTO quotations BY NAME SELECT * FROM rejected_quotations;
DROP TABLE rejected_quotations;
DROP TABLE reassigned;

CREATE VIEW corrected_quotations AS
SELECT q.quotation_id, q.article_id, q.position, q.kind, q.text, coalesce(d.source_id, q.source_id) AS source_id, q.role, q.confidence,
       q.stance, q.on_behalf_of, q.speaker_confidence, q.bare
FROM quotations q ANTI JOIN rejections USING (quotation_id) LEFT JOIN decided_sources d USING (quotation_id);
COMMENT ON VIEW corrected_quotations IS 'The quotations without rejected ones, and with the sources people decided: what all that is shown is made from.';

CREATE VIEW corrected_sources AS
SELECT source_id, article_id, start_char, end_char, text, name, type, members, method FROM sources
UNION ALL
SELECT source_id, article_id, start_char, end_char, text, NULL, NULL, NULL, 'person' FROM decided_sources;
COMMENT ON VIEW corrected_sources IS 'The sources, and one with the method person for each quotation whose speaker a person decided.';

COMMENT ON TABLE quotations IS 'Attributed stretches of speech or writing as the machine found them; corrected_quotations is this with the corrections.';
COMMENT ON TABLE sources IS 'The phrases of the texts that name who said something, one row a place, as the machine found them.';

CREATE OR REPLACE VIEW shown_quotations AS
SELECT * FROM corrected_quotations
WHERE stance IN ('stated', 'denied', 'requested') AND NOT bare AND (kind = 'direct' OR confidence >= 0.25);
COMMENT ON VIEW shown_quotations IS 'The quotations that reports show: what was stated, denied or requested, in more than a bare noun phrase; with a confidence of 0.25 and more, or all of it in quotation marks.';

CREATE OR REPLACE VIEW who_said_what AS
SELECT p.name AS speaker, q.stance, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title, a.url,
       q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM shown_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW who_said_what IS 'Every quotation that was stated, denied or requested (see its stance), with speaker, role, outlet and date; one row a speaker where several spoke jointly.';

CREATE OR REPLACE VIEW all_quotations AS
SELECT p.name AS speaker, q.stance, q.bare, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title,
       a.url, q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM corrected_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW all_quotations IS 'who_said_what with what was only asked, declined, imagined or believed, and with bare noun phrases: mind the stance.';

CREATE OR REPLACE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.stance, q.text AS wording, cq.similarity, cq.variant, cq.turned, a.outlet, a.published, a.url, q.kind,
       coalesce(r.report_id, a.article_id) AS report_id, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN corrected_quotations q USING (quotation_id)
JOIN articles a USING (article_id)
LEFT JOIN article_copies r USING (article_id);
COMMENT ON VIEW claim_printings IS 'Every printing of every claim, with its stance, its wording, its type, and the report it comes from: copies of one article have one report_id.';
