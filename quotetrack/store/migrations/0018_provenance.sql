-- Metadata that stands in for missing metadata, and what was found in folders and not read.
CREATE TABLE article_provenance (
    article_id VARCHAR NOT NULL,
    outlet     VARCHAR,
    title      VARCHAR,
    language   VARCHAR,
    day        VARCHAR,
    day_from   VARCHAR
);
CREATE INDEX article_provenance_by_article ON article_provenance (article_id);
COMMENT ON TABLE article_provenance IS 'Where metadata comes from that neither the article nor the user gives; no row if there is none.';
COMMENT ON COLUMN article_provenance.outlet IS 'folder name if the outlet is that of the folder.';
COMMENT ON COLUMN article_provenance.title IS 'file name if the title is that of the file.';
COMMENT ON COLUMN article_provenance.language IS 'detected if no language was declared, or corrected from another one.';
COMMENT ON COLUMN article_provenance.day IS 'A day on which the article existed (ISO 8601); only to show and order articles without a date.';
COMMENT ON COLUMN article_provenance.day_from IS 'file name, document properties, time of saving (web archives) or file time.';

CREATE TABLE not_read (
    location VARCHAR NOT NULL,
    reason   VARCHAR NOT NULL
);
COMMENT ON TABLE not_read IS 'Files and folders inside an ingested folder that were not read in the last ingest of that folder.';
