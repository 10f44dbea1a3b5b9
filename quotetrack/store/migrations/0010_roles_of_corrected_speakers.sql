-- A speaker set by a correction does not get the role and the principal that were extracted for another speaker.

ALTER TABLE decided_sources ADD COLUMN role VARCHAR;
ALTER TABLE decided_sources ADD COLUMN on_behalf_of VARCHAR;
COMMENT ON COLUMN decided_sources.role IS 'The extracted role if the correction kept the extracted speaker, else the role that the same article gives to the new speaker in another quotation.';
COMMENT ON COLUMN decided_sources.on_behalf_of IS 'The extracted value if the correction kept the extracted speaker, else NULL.';

-- Both columns are filled when the corrections are applied again, which the next change of the database does.
DELETE FROM settled;

CREATE OR REPLACE VIEW corrected_quotations AS
SELECT q.quotation_id, q.article_id, q.position, q.kind, q.text, coalesce(d.source_id, q.source_id) AS source_id,
       CASE WHEN d.source_id IS NULL THEN q.role ELSE d.role END AS role, q.confidence, q.stance,
       CASE WHEN d.source_id IS NULL THEN q.on_behalf_of ELSE d.on_behalf_of END AS on_behalf_of,
       CASE WHEN d.source_id IS NULL THEN q.speaker_confidence ELSE 1.0 END AS speaker_confidence, q.bare
FROM quotations q ANTI JOIN rejections USING (quotation_id) LEFT JOIN decided_sources d USING (quotation_id);
COMMENT ON VIEW corrected_quotations IS 'Quotations with corrections applied: without rejected ones, and with corrected sources. Where a correction set or confirmed the speaker, speaker_confidence is 1 and the source has the method person. Everything shown is read from here.';
