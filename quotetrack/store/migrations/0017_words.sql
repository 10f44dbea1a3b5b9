-- The words of quotations and titles for full-text search (docs/decisions/019-full-text-by-scan.md). They depend only on the article
-- and are written with it; rows for existing articles are added in the transaction of this migration (store/fill.py).

CREATE TABLE quotation_words (
    quotation_id VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    words        VARCHAR NOT NULL,
    lemmas       VARCHAR NOT NULL
);
CREATE INDEX quotation_words_by_article ON quotation_words (article_id);
COMMENT ON TABLE quotation_words IS 'The words of each quotation as extracted, for full-text search.';
COMMENT ON COLUMN quotation_words.words IS 'Words in lower case without accents and punctuation, a space before and after each; | stands between the pieces of an interrupted quotation.';
COMMENT ON COLUMN quotation_words.lemmas IS 'The lemmas of words, in the same form.';

CREATE TABLE title_words (
    article_id VARCHAR NOT NULL,
    words      VARCHAR NOT NULL,
    lemmas     VARCHAR NOT NULL
);
CREATE INDEX title_words_by_article ON title_words (article_id);
COMMENT ON TABLE title_words IS 'The words of the title of each article that has one, for full-text search.';
COMMENT ON COLUMN title_words.words IS 'As quotation_words.words.';
COMMENT ON COLUMN title_words.lemmas IS 'As quotation_words.lemmas.';
