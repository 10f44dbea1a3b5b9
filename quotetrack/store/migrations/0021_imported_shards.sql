-- Shards that 'import-shards' has taken in, so that each is taken in once.

CREATE TABLE imported_shards (
    sha256      VARCHAR NOT NULL,
    articles    INTEGER NOT NULL,
    failures    INTEGER NOT NULL,
    imported_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE imported_shards IS 'Shards of extract --out that are in the database; a row is written in the same transaction as the articles.';
COMMENT ON COLUMN imported_shards.sha256 IS 'SHA-256 of the bytes of the shard.';
COMMENT ON COLUMN imported_shards.articles IS 'Articles in the shard; some may have been in the database before.';
COMMENT ON COLUMN imported_shards.failures IS 'Inputs in the shard that could not be read or analysed.';
COMMENT ON COLUMN imported_shards.imported_at IS 'UTC.';
