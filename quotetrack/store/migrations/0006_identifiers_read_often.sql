-- Every clustering reads these identifiers from end to end. They differ in every row, so compressing them saves little room,
-- and taking them apart again is half of what reading them costs.

CREATE TABLE source_speakers_again (
    source_id  VARCHAR USING COMPRESSION uncompressed NOT NULL,
    speaker_id VARCHAR NOT NULL,
    joint      BOOLEAN NOT NULL
);
INSERT INTO source_speakers_again SELECT source_id, speaker_id, joint FROM source_speakers;
DROP TABLE source_speakers;
ALTER TABLE source_speakers_again RENAME TO source_speakers;
COMMENT ON TABLE source_speakers IS 'Whom each source stands for: one speaker, or each member of a joint source.';
CREATE INDEX source_speakers_by_source ON source_speakers (source_id);

CREATE TABLE quotation_wordings_again (
    quotation_id VARCHAR USING COMPRESSION uncompressed NOT NULL,
    wording_id   INTEGER NOT NULL
);
INSERT INTO quotation_wordings_again SELECT quotation_id, wording_id FROM quotation_wordings;
DROP TABLE quotation_wordings;
ALTER TABLE quotation_wordings_again RENAME TO quotation_wordings;
COMMENT ON TABLE quotation_wordings IS 'Which sentences each quotation holds.';
CREATE INDEX quotation_wordings_by_quotation ON quotation_wordings (quotation_id);
