-- An index of the words of every article and of every interrupted quotation, by which check finds whatever is printed.
-- store/fill.py fills it for existing rows in the transaction of this migration.

CREATE TABLE passages (
    article_id   VARCHAR NOT NULL,
    quotation_id VARCHAR,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    words        VARCHAR NOT NULL,
    bits_0       UBIGINT NOT NULL,
    bits_1       UBIGINT NOT NULL,
    bits_2       UBIGINT NOT NULL,
    bits_3       UBIGINT NOT NULL
);
COMMENT ON TABLE passages IS 'The paragraphs of all articles, and the content of quotations that are interrupted, as words.';
COMMENT ON COLUMN passages.quotation_id IS 'The interrupted quotation whose pieces are joined; NULL for a part of the text.';
COMMENT ON COLUMN passages.words IS 'Words in lower case without accents and punctuation, a space before and after each.';
COMMENT ON COLUMN passages.bits_0 IS 'The first 64 bits of the signature: one of 256 bits is set for each word.';
CREATE INDEX passages_by_article ON passages (article_id);

-- The quotations of an article are looked up by every check.
CREATE INDEX quotations_by_article ON quotations (article_id);
