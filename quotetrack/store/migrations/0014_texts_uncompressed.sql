-- DuckDB compresses long texts in blocks of about two thousand rows, and reading one row decompresses its block: 16 ms for each
-- article that check reads, a tenth of a millisecond if the texts are not compressed.

DROP INDEX articles_by_id;
CREATE TABLE uncompressed_articles (
    article_id          VARCHAR NOT NULL,
    outlet              VARCHAR,
    url                 VARCHAR,
    title               VARCHAR,
    author              VARCHAR,
    published           VARCHAR,
    language            VARCHAR NOT NULL,
    location            VARCHAR NOT NULL,
    text                VARCHAR NOT NULL USING COMPRESSION uncompressed,
    sha256              VARCHAR NOT NULL,
    models              VARCHAR NOT NULL,
    extractor           VARCHAR NOT NULL,
    ingested_at         TIMESTAMP NOT NULL,
    published_at        TIMESTAMP WITH TIME ZONE,
    published_precision VARCHAR
);
INSERT INTO uncompressed_articles SELECT * FROM articles;
DROP TABLE articles;
ALTER TABLE uncompressed_articles RENAME TO articles;
CREATE INDEX articles_by_id ON articles (article_id);
COMMENT ON TABLE articles IS 'One text from one outlet.';
COMMENT ON COLUMN articles.article_id IS 'Hash of the URL, or of outlet and text if there is none; it never changes.';
COMMENT ON COLUMN articles.published IS 'ISO 8601 date or date-time as given by the outlet; see published_at for comparisons.';
COMMENT ON COLUMN articles.location IS 'Where it was read from: a path, with #3 for the third record of a JSONL file.';
COMMENT ON COLUMN articles.text IS 'The exact text that all offsets refer to, in Unicode characters.';
COMMENT ON COLUMN articles.sha256 IS 'SHA-256 of the text in UTF-8.';
COMMENT ON COLUMN articles.models IS 'The models that parsed it.';
COMMENT ON COLUMN articles.extractor IS 'The version of quotetrack that extracted its quotations.';
COMMENT ON COLUMN articles.published_at IS 'UTC time of published, or the start of its day, month or year; times without a time zone are assumed to be UTC. Without published, the date in the path of url, if there is one.';
COMMENT ON COLUMN articles.published_precision IS 'Precision of published_at: minute, day, month or year.';

-- The passages are computed again from the articles, in the transaction of this migration (store/fill.py).
DROP TABLE passages;
CREATE TABLE passages (
    article_id   VARCHAR NOT NULL,
    quotation_id VARCHAR,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    words        VARCHAR NOT NULL USING COMPRESSION uncompressed,
    bits_0       UBIGINT NOT NULL,
    bits_1       UBIGINT NOT NULL,
    bits_2       UBIGINT NOT NULL,
    bits_3       UBIGINT NOT NULL,
    quotations   VARCHAR NOT NULL USING COMPRESSION uncompressed
);
CREATE INDEX passages_by_article ON passages (article_id);
COMMENT ON TABLE passages IS 'The paragraphs of all articles, and the content of quotations that are interrupted, as words.';
COMMENT ON COLUMN passages.quotation_id IS 'The interrupted quotation whose pieces are joined; NULL for a part of the text.';
COMMENT ON COLUMN passages.words IS 'Words in lower case without accents and punctuation, a space before and after each.';
COMMENT ON COLUMN passages.bits_0 IS 'The first 64 bits of the signature: one of 256 bits is set for each word.';
COMMENT ON COLUMN passages.quotations IS 'Identifiers of the quotations with content in this passage, separated by spaces.';
