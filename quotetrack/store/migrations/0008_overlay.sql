-- Store corrections of quotations in overlay tables instead of modifying the extracted rows, and store the fingerprint of the
-- last settling, so that an interrupted run is completed by the next one.

CREATE TABLE settled (
    fingerprint UBIGINT NOT NULL
);
COMMENT ON TABLE settled IS 'Hash of the linked articles and corrections from which speakers, source_speakers, aliases, roles, rejections and decided_sources were computed; empty if they must be recomputed.';

CREATE TABLE rejections (
    quotation_id VARCHAR NOT NULL
);
COMMENT ON TABLE rejections IS 'Quotations rejected by a correction. They stay in quotations but are not in reports, claims and checks. Derived from corrections.';

CREATE TABLE decided_sources (
    quotation_id VARCHAR NOT NULL,
    source_id    VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    text         VARCHAR NOT NULL
);
COMMENT ON TABLE decided_sources IS 'Quotations whose speaker was set by a correction, each with a new source for source_speakers. Derived from corrections.';
COMMENT ON COLUMN decided_sources.text IS 'The extracted source phrase; if there is none, empty and at the start of the content.';

-- Corrections used to be written into quotations and sources: move them to the overlay tables.
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
COMMENT ON VIEW corrected_quotations IS 'Quotations with corrections applied: without rejected ones, and with corrected sources. Everything shown is read from here.';

CREATE VIEW corrected_sources AS
SELECT source_id, article_id, start_char, end_char, text, name, type, members, method FROM sources
UNION ALL
SELECT source_id, article_id, start_char, end_char, text, NULL, NULL, NULL, 'person' FROM decided_sources;
COMMENT ON VIEW corrected_sources IS 'All sources, and one with the method person for each quotation whose speaker was set by a correction.';

COMMENT ON TABLE quotations IS 'Quotations as extracted; corrected_quotations has the corrections applied.';
COMMENT ON TABLE sources IS 'Phrases that name the speaker of a quotation, as extracted; one row per place in a text.';

CREATE OR REPLACE VIEW shown_quotations AS
SELECT * FROM corrected_quotations
WHERE stance IN ('stated', 'denied', 'requested') AND NOT bare AND (kind = 'direct' OR confidence >= 0.25);
COMMENT ON VIEW shown_quotations IS 'Quotations shown by default: stated, denied or requested, not a bare noun phrase, and direct or with a confidence of at least 0.25.';

CREATE OR REPLACE VIEW who_said_what AS
SELECT p.name AS speaker, q.stance, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title, a.url,
       q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM shown_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW who_said_what IS 'Quotations shown by default with stance, speaker, role, outlet and date; one row per speaker for joint statements.';

CREATE OR REPLACE VIEW all_quotations AS
SELECT p.name AS speaker, q.stance, q.bare, q.role, q.kind, q.text AS quotation, s.text AS source, q.on_behalf_of, a.outlet, a.published, a.title,
       a.url, q.confidence, q.speaker_confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM corrected_quotations q
JOIN articles a USING (article_id)
LEFT JOIN corrected_sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW all_quotations IS 'All quotations, including those that were asked, declined, hypothetical or believed (see stance), bare noun phrases and quotations of low confidence.';

CREATE OR REPLACE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.stance, q.text AS wording, cq.similarity, cq.variant, cq.turned, a.outlet, a.published, a.url, q.kind,
       coalesce(r.report_id, a.article_id) AS report_id, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN corrected_quotations q USING (quotation_id)
JOIN articles a USING (article_id)
LEFT JOIN article_copies r USING (article_id);
COMMENT ON VIEW claim_printings IS 'All printings of all claims with stance, wording, variant and report; copies of one article have the same report_id.';
