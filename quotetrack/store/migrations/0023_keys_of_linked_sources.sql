-- Linking a name again replaces the results of that name only, and not those of others in the same source (`Vale and Lund`).

CREATE TABLE linked_sources_again (
    source_id  VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    joint      BOOLEAN NOT NULL,
    article_id VARCHAR NOT NULL,
    first_key  VARCHAR NOT NULL
);
-- Results without an article are those of an earlier state: the next run deletes them and links all articles once.
INSERT INTO linked_sources_again SELECT source_id, speaker_id, joint, '', '' FROM linked_sources ORDER BY speaker_id;
DROP TABLE linked_sources;
ALTER TABLE linked_sources_again RENAME TO linked_sources;
CREATE INDEX linked_sources_by_speaker ON linked_sources (speaker_id);
CREATE INDEX linked_sources_by_article ON linked_sources (article_id);
CREATE INDEX linked_sources_by_first_key ON linked_sources (first_key);
COMMENT ON TABLE linked_sources IS 'The speakers of each source according to linking; source_speakers has the corrections applied.';
COMMENT ON COLUMN linked_sources.first_key IS 'The first_key of the appearance in which the source names the speaker.';
DELETE FROM linked_articles;
DELETE FROM appearances;
DELETE FROM name_keys;
DELETE FROM settled;
DELETE FROM repaired;
