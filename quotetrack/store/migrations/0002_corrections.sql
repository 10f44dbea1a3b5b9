-- What people decide, apart from what the machine thinks, so that either can be made again without the other.

CREATE TABLE linked_speakers (
    speaker_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    type       VARCHAR NOT NULL
);
COMMENT ON TABLE linked_speakers IS 'The speakers as linking sees them; the table speakers is this with the corrections.';

CREATE TABLE linked_sources (
    source_id  VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    joint      BOOLEAN NOT NULL
);
COMMENT ON TABLE linked_sources IS 'Whom each source stands for as linking sees it; source_speakers is this with the corrections.';

CREATE TABLE linked_aliases (
    speaker_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    mentions   INTEGER NOT NULL
);
COMMENT ON TABLE linked_aliases IS 'The names each speaker goes by as linking sees it; aliases is this with the corrections.';

CREATE TABLE corrections (
    correction_id INTEGER NOT NULL,
    kind          VARCHAR NOT NULL,
    summary       VARCHAR NOT NULL,
    details       VARCHAR NOT NULL,
    why           VARCHAR NOT NULL,
    made_by       VARCHAR NOT NULL,
    made_at       TIMESTAMP NOT NULL,
    undone_by     VARCHAR,
    undone_at     TIMESTAMP
);
COMMENT ON TABLE corrections IS 'Every decision of a person, in order; none is ever deleted. An undone one has undone_at.';
COMMENT ON COLUMN corrections.kind IS 'merge, split, rename, alias, role, reassign, reject or confirm.';
COMMENT ON COLUMN corrections.details IS 'JSON: whom and what it is about, with names and places in the texts, so that it is found again after a new ingest.';

CREATE TABLE correction_effects (
    correction_id INTEGER NOT NULL,
    speaker_id    VARCHAR,
    quotation_id  VARCHAR
);
COMMENT ON TABLE correction_effects IS 'What each correction in force touches now; one without a row finds nothing it could apply to. Derived.';

CREATE TABLE reassigned (
    quotation_id      VARCHAR NOT NULL,
    machine_source_id VARCHAR
);
COMMENT ON TABLE reassigned IS 'The source the machine gave a quotation whose speaker a person decided. Derived.';

CREATE TABLE rejected_quotations AS SELECT * FROM quotations WHERE false;
COMMENT ON TABLE rejected_quotations IS 'Quotations a person found to be none: kept here, and in no report, claim or check.';
