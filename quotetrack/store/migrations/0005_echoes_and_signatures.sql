-- What an article says again, in its heading or of a few words between marks: evidence that holds within one article only.
-- And what finds a few common words, which no telling run of words leads to.

CREATE TABLE echoes (
    quotation_id VARCHAR NOT NULL,
    other_id     VARCHAR NOT NULL,
    wording_id   INTEGER NOT NULL,
    likeness     FLOAT NOT NULL
);
COMMENT ON TABLE echoes IS 'Quotations that say again in short what another of the same article says. Derived.';
COMMENT ON COLUMN echoes.other_id IS 'The quotation that says it in full; the first is with the claims of this sentence of it.';
COMMENT ON COLUMN echoes.wording_id IS 'The sentence of the other that is said again.';
COMMENT ON COLUMN echoes.likeness IS 'How much of the first stands in it, in 0..1, by how much the words tell.';

-- Copies of an article are told by another share of sentences now, so all are read again.
DELETE FROM fingerprinted;

CREATE TABLE wording_signatures (
    wording_id INTEGER NOT NULL,
    low        UBIGINT NOT NULL,
    high       UBIGINT NOT NULL
);
COMMENT ON TABLE wording_signatures IS 'Of each wording a bit a word: which sentences may hold some few words is told by these without reading them.';
