-- Runs of several transactions are marked until they are finished, so that readers do not show what is half done.

CREATE TABLE unfinished_run (
    began TIMESTAMP NOT NULL
);
COMMENT ON TABLE unfinished_run IS 'When the run began (UTC) that has not finished yet; empty if speakers and claims match the articles.';

CREATE TABLE duplicates (
    location   VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    metadata   VARCHAR NOT NULL
);
COMMENT ON TABLE duplicates IS 'Inputs with the text and outlet of an article from another location but with other metadata; the article is stored as the location that comes first in alphabetical order gives it.';
COMMENT ON COLUMN duplicates.article_id IS 'The article that has the same text and outlet.';
COMMENT ON COLUMN duplicates.metadata IS 'Title, author, date and language given at this location, as a JSON list.';
