-- Let linking, corrections and repair find what a new article changes without reading everything.

CREATE INDEX sources_by_article ON sources (article_id);

CREATE TABLE linked_sources_again (
    source_id  VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    joint      BOOLEAN NOT NULL,
    article_id VARCHAR NOT NULL
);
-- A source without an article is that of an article that was replaced and not linked again yet.
INSERT INTO linked_sources_again
SELECT l.source_id, speaker_id, joint, coalesce(article_id, '')
FROM linked_sources l LEFT JOIN sources USING (source_id) ORDER BY speaker_id;
DROP TABLE linked_sources;
ALTER TABLE linked_sources_again RENAME TO linked_sources;
CREATE INDEX linked_sources_by_source ON linked_sources (source_id);
CREATE INDEX linked_sources_by_speaker ON linked_sources (speaker_id);
CREATE INDEX linked_sources_by_article ON linked_sources (article_id);
COMMENT ON TABLE linked_sources IS 'The speakers of each source according to linking; source_speakers has the corrections applied.';
CREATE INDEX linked_speakers_by_id ON linked_speakers (speaker_id);
CREATE INDEX linked_aliases_by_speaker ON linked_aliases (speaker_id);

-- Appearances hold all evidence of their articles, so that linking a name again does not read the articles of everybody who
-- shares it. The next run links all articles once to fill them.
DROP TABLE appearances;
CREATE TABLE appearances (
    article_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    type       VARCHAR NOT NULL,
    blocks     VARCHAR[] NOT NULL,
    first_key  VARCHAR NOT NULL,
    facts      STRUCT(country VARCHAR, age INTEGER, namesake BOOLEAN, organisation BOOLEAN, other_names VARCHAR[]) NOT NULL,
    sources    STRUCT(source_id VARCHAR, joint BOOLEAN)[] NOT NULL,
    printed    VARCHAR[] NOT NULL,
    roles      VARCHAR[] NOT NULL,
    company    VARCHAR[] NOT NULL,
    outlet     VARCHAR NOT NULL,
    day        INTEGER
);
CREATE INDEX appearances_by_article ON appearances (article_id);
CREATE INDEX appearances_by_first_key ON appearances (first_key);
COMMENT ON TABLE appearances IS 'The named speakers of each article as of the last linking, with the keys under which names are compared and the evidence of the article.';
COMMENT ON COLUMN appearances.first_key IS 'The first of blocks.';
COMMENT ON COLUMN appearances.facts IS 'What the text says about the speaker: the ISO 3166 code of the country of a body without a proper name, a person''s age, whether a relative has the same name, whether the name is a company''s, and other names.';
COMMENT ON COLUMN appearances.sources IS 'The sources that name the speaker.';
COMMENT ON COLUMN appearances.printed IS 'The phrases of the sources that are not joint.';
COMMENT ON COLUMN appearances.company IS 'Keys of the names of the other speakers in the article.';
COMMENT ON COLUMN appearances.day IS 'Publication date in days since 1970.';
DELETE FROM linked_articles;

CREATE TABLE name_keys (
    key       VARCHAR NOT NULL,
    first_key VARCHAR NOT NULL
);
CREATE INDEX name_keys_by_key ON name_keys (key);
CREATE INDEX name_keys_by_first_key ON name_keys (first_key);
COMMENT ON TABLE name_keys IS 'Which keys belong to one name, each with the first key of that name: names that share a key are compared.';

CREATE INDEX source_speakers_by_speaker ON source_speakers (speaker_id);
CREATE INDEX aliases_by_speaker ON aliases (speaker_id);
CREATE INDEX roles_by_speaker ON roles (speaker_id);

-- The old hash covers linked articles and corrections together; the next run computes everything once.
DELETE FROM settled;
ALTER TABLE settled ADD COLUMN linked UBIGINT;
COMMENT ON COLUMN settled.linked IS 'Hash of the linked articles alone.';

CREATE TABLE settled_speakers (
    speaker_id VARCHAR NOT NULL
);
COMMENT ON TABLE settled_speakers IS 'Speakers that corrections concerned when they were last applied; they are computed again with every change.';

CREATE TABLE unrepaired (
    quotation_id VARCHAR NOT NULL
);
COMMENT ON TABLE unrepaired IS 'Quotations whose claims or speakers have changed since repairs were computed.';
DELETE FROM repaired;
