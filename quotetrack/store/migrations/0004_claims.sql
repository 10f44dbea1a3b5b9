-- Claims at scale: what clustering remembers, so that a new article touches only what is like it.

CREATE TABLE wordings (
    wording_id INTEGER NOT NULL,
    code       VARCHAR NOT NULL
);
COMMENT ON TABLE wordings IS 'The different sentences of all quotations, each once. Derived, as are all tables of this file.';
COMMENT ON COLUMN wordings.code IS 'One character a word, from the hash of the word: made by cluster/wordings.py, not to be read.';

CREATE TABLE quotation_wordings (
    quotation_id VARCHAR NOT NULL,
    wording_id   INTEGER NOT NULL
);
COMMENT ON TABLE quotation_wordings IS 'Which sentences each quotation holds.';

CREATE TABLE wording_windows (
    "window"   UBIGINT NOT NULL,
    wording_id INTEGER NOT NULL
);
COMMENT ON TABLE wording_windows IS 'The runs of words of each wording, as hashes: what candidates share. Sorted but for what came last.';

CREATE TABLE wording_pairs (
    shorter   INTEGER NOT NULL,
    longer    INTEGER NOT NULL,
    contained FLOAT NOT NULL
);
COMMENT ON TABLE wording_pairs IS 'Alike wordings, from the shorter to the longer.';
COMMENT ON COLUMN wording_pairs.contained IS 'How much of the shorter stands in the longer, in 0..1.';

CREATE TABLE cores (
    core_id    VARCHAR NOT NULL,
    wording_id INTEGER NOT NULL,
    length     INTEGER NOT NULL
);
COMMENT ON TABLE cores IS 'The words that several printings have in common; a core whose printings another holds all is no claim.';
COMMENT ON COLUMN cores.core_id IS 'That of its claim.';
COMMENT ON COLUMN cores.length IS 'In words.';

CREATE TABLE core_quotations (
    core_id      VARCHAR NOT NULL,
    quotation_id VARCHAR NOT NULL,
    likeness     FLOAT NOT NULL
);
COMMENT ON TABLE core_quotations IS 'The printings that hold each core.';

CREATE TABLE clustered (
    quotation_id VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL
);
COMMENT ON TABLE clustered IS 'The quotations clustering has seen.';

CREATE TABLE clustered_articles (
    article_id  VARCHAR NOT NULL,
    fingerprint UBIGINT NOT NULL
);
COMMENT ON TABLE clustered_articles IS 'The articles they stand in, each with a hash of all clustering used of them but the speakers.';

CREATE TABLE clustered_sources (
    source_id VARCHAR NOT NULL,
    who       UBIGINT NOT NULL
);
COMMENT ON TABLE clustered_sources IS 'Their sources, with a hash of each speaker known by name.';

CREATE TABLE article_sentences (
    article_id VARCHAR NOT NULL,
    sentence   UBIGINT NOT NULL
);
COMMENT ON TABLE article_sentences IS 'Hashes of the articles’ own sentences, without quotations: what copies share.';

CREATE TABLE article_pairs (
    article_id VARCHAR NOT NULL,
    other_id   VARCHAR NOT NULL
);
COMMENT ON TABLE article_pairs IS 'Articles most of whose own sentences stand in another.';

CREATE TABLE article_copies (
    article_id VARCHAR NOT NULL,
    report_id  VARCHAR NOT NULL
);
COMMENT ON TABLE article_copies IS 'Articles that are near-identical to others (wire copy): those of one report_id count as one report.';

CREATE TABLE fingerprinted (
    article_id  VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE fingerprinted IS 'The articles whose sentences are in article_sentences.';

ALTER TABLE claims ADD COLUMN shown VARCHAR;
ALTER TABLE claims ADD COLUMN two_speakers BOOLEAN;
ALTER TABLE claims ADD COLUMN turned BOOLEAN;
ALTER TABLE claim_quotations ADD COLUMN variant VARCHAR;
ALTER TABLE claim_quotations ADD COLUMN turned BOOLEAN;
COMMENT ON COLUMN claims.shown IS 'The quotation whose wording the claim is shown by.';
COMMENT ON COLUMN claims.two_speakers IS 'Whether different speakers are given for the same words.';
COMMENT ON COLUMN claims.turned IS 'Whether some variant drops, adds or changes a negation or a number.';
COMMENT ON COLUMN claim_quotations.variant IS 'Beside the wording shown: shown, identical, marks, truncated, longer, ellipsis, insertion, altered or paraphrase.';
COMMENT ON COLUMN claim_quotations.turned IS 'Whether a negation or a number differs from the wording shown.';

CREATE OR REPLACE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.text AS wording, cq.similarity, cq.variant, cq.turned, a.outlet, a.published, a.url, q.kind,
       coalesce(r.report_id, a.article_id) AS report_id, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN quotations q USING (quotation_id)
JOIN articles a USING (article_id)
LEFT JOIN article_copies r USING (article_id);
COMMENT ON VIEW claim_printings IS 'Every printing of every claim, with its wording, its type, and the report it comes from: copies of one article have one report_id.';

-- No index here is unique: DuckDB refuses to delete a unique key and insert it again in one transaction.
CREATE INDEX articles_by_id ON articles (article_id);
CREATE INDEX quotations_by_id ON quotations (quotation_id);
CREATE INDEX spans_by_quotation ON spans (quotation_id);
CREATE INDEX sources_by_id ON sources (source_id);
CREATE INDEX source_speakers_by_source ON source_speakers (source_id);
CREATE INDEX speakers_by_id ON speakers (speaker_id);
CREATE INDEX claim_quotations_by_quotation ON claim_quotations (quotation_id);
CREATE INDEX claim_quotations_by_claim ON claim_quotations (claim_id);
CREATE INDEX core_quotations_by_core ON core_quotations (core_id);
CREATE INDEX core_quotations_by_quotation ON core_quotations (quotation_id);
CREATE INDEX quotation_wordings_by_quotation ON quotation_wordings (quotation_id);
CREATE INDEX claims_by_id ON claims (claim_id);
