-- Earlier versions of edited articles, and articles that a correction removed, in tables of their own: every query of the other
-- tables then sees the current versions only.

ALTER TABLE articles ADD COLUMN first_seen TIMESTAMP;
UPDATE articles SET first_seen = ingested_at;
COMMENT ON COLUMN articles.first_seen IS 'When this text was first stored (UTC); ingested_at is when it was last analysed or changed its metadata.';

CREATE TABLE article_versions (
    version_id          VARCHAR NOT NULL,
    article_id          VARCHAR NOT NULL,
    outlet              VARCHAR,
    url                 VARCHAR,
    title               VARCHAR,
    author              VARCHAR,
    published           VARCHAR,
    language            VARCHAR NOT NULL,
    location            VARCHAR NOT NULL,
    text                VARCHAR NOT NULL,
    sha256              VARCHAR NOT NULL,
    models              VARCHAR NOT NULL,
    extractor           VARCHAR NOT NULL,
    ingested_at         TIMESTAMP NOT NULL,
    published_at        TIMESTAMP WITH TIME ZONE,
    published_precision VARCHAR,
    modified            VARCHAR,
    first_seen          TIMESTAMP,
    superseded_at       TIMESTAMP NOT NULL,
    removed             BOOLEAN NOT NULL
);
CREATE INDEX article_versions_by_article ON article_versions (article_id);
COMMENT ON TABLE article_versions IS 'Texts that are not shown: earlier versions of articles, and the last version of articles that a correction removed. Offsets of the tables version_… refer to text.';
COMMENT ON COLUMN article_versions.version_id IS 'Hash of article_id and sha256.';
COMMENT ON COLUMN article_versions.article_id IS 'The article that it is a version of; the current version is in articles, unless the article is removed.';
COMMENT ON COLUMN article_versions.superseded_at IS 'When it stopped being the current version, or was stored beside a newer one (UTC).';
COMMENT ON COLUMN article_versions.removed IS 'Whether it was the current version when a correction removed the article.';

CREATE TABLE version_provenance (
    version_id VARCHAR NOT NULL,
    outlet     VARCHAR,
    title      VARCHAR,
    language   VARCHAR,
    day        VARCHAR,
    day_from   VARCHAR
);
COMMENT ON TABLE version_provenance IS 'As article_provenance.';

CREATE TABLE version_sources (
    version_id VARCHAR NOT NULL,
    source_id  VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    name       VARCHAR,
    type       VARCHAR,
    members    STRUCT(name VARCHAR, type VARCHAR)[],
    method     VARCHAR NOT NULL
);
CREATE INDEX version_sources_by_version ON version_sources (version_id);
COMMENT ON TABLE version_sources IS 'As sources, for the texts of article_versions.';

CREATE TABLE version_quotations (
    version_id         VARCHAR NOT NULL,
    quotation_id       VARCHAR NOT NULL,
    position           INTEGER NOT NULL,
    kind               VARCHAR NOT NULL,
    text               VARCHAR NOT NULL,
    source_id          VARCHAR,
    role               VARCHAR,
    confidence         DOUBLE NOT NULL,
    stance             VARCHAR NOT NULL,
    on_behalf_of       VARCHAR,
    speaker_confidence DOUBLE NOT NULL,
    bare               BOOLEAN NOT NULL,
    speakers           VARCHAR[] NOT NULL,
    rejected           BOOLEAN NOT NULL
);
CREATE INDEX version_quotations_by_version ON version_quotations (version_id);
COMMENT ON TABLE version_quotations IS 'As quotations, for the texts of article_versions.';
COMMENT ON COLUMN version_quotations.speakers IS 'Names of the speakers as shown when it was the current version, corrections included; if it was never linked, as extracted.';
COMMENT ON COLUMN version_quotations.rejected IS 'Whether a correction had rejected it.';

CREATE TABLE version_spans (
    version_id   VARCHAR NOT NULL,
    quotation_id VARCHAR NOT NULL,
    part         VARCHAR NOT NULL,
    ordinal      INTEGER NOT NULL,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    text         VARCHAR NOT NULL
);
CREATE INDEX version_spans_by_version ON version_spans (version_id);
COMMENT ON TABLE version_spans IS 'As spans, for the texts of article_versions.';

CREATE TABLE version_passages (
    version_id   VARCHAR NOT NULL,
    quotation_id VARCHAR,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    words        VARCHAR NOT NULL,
    bits_0       UBIGINT NOT NULL,
    bits_1       UBIGINT NOT NULL,
    bits_2       UBIGINT NOT NULL,
    bits_3       UBIGINT NOT NULL,
    quotations   VARCHAR NOT NULL
);
CREATE INDEX version_passages_by_version ON version_passages (version_id);
COMMENT ON TABLE version_passages IS 'As passages, for the texts of article_versions.';

-- What else held an article when it was last read: copies of files, and files with an older text of the same URL.
-- store/fill.py moves the rows of duplicates to this table and drops it.
CREATE TABLE other_inputs (
    location   VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sha256     VARCHAR NOT NULL,
    metadata   VARCHAR NOT NULL
);
COMMENT ON TABLE other_inputs IS 'Inputs of an article other than the one that its current version was stored from. An input that is as it was when it was last read changes nothing.';
COMMENT ON COLUMN other_inputs.sha256 IS 'SHA-256 of the text that it held.';
COMMENT ON COLUMN other_inputs.metadata IS 'Outlet, URL, title (NULL if it is the name of the file), author, date, language and date of the last change that it gave, as a JSON list.';

COMMENT ON COLUMN corrections.kind IS 'merge, apart, split, rename, alias, role, reassign, reject, confirm or remove.';
