ALTER TABLE articles ADD COLUMN modified VARCHAR;
COMMENT ON COLUMN articles.modified IS 'ISO 8601 date or date-time when the outlet last changed it, as declared by the page.';

CREATE TABLE pages (
    url           VARCHAR NOT NULL,
    address       VARCHAR NOT NULL,
    fetched_at    TIMESTAMP NOT NULL,
    content_type  VARCHAR,
    etag          VARCHAR,
    last_modified VARCHAR,
    outlet        VARCHAR,
    sha256        VARCHAR NOT NULL,
    body          BLOB NOT NULL,
    reader        VARCHAR NOT NULL
);
COMMENT ON TABLE pages IS 'Pages fetched from the web, as they were sent; the newest of each url.';
COMMENT ON COLUMN pages.url IS 'The address that was asked for.';
COMMENT ON COLUMN pages.address IS 'Where it was found, after redirects.';
COMMENT ON COLUMN pages.etag IS 'As sent by the server, to ask it whether the page has changed.';
COMMENT ON COLUMN pages.outlet IS 'Name of the outlet that was given for it, by an option or by the list of feeds.';
COMMENT ON COLUMN pages.sha256 IS 'SHA-256 of the page.';
COMMENT ON COLUMN pages.body IS 'The page, compressed by zlib.';
COMMENT ON COLUMN pages.reader IS 'Which version of the page reader read it last; empty before it was read.';
CREATE INDEX pages_by_url ON pages (url);
