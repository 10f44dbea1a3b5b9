-- The first schema. No table has a key index: DuckDB refuses to delete a key and insert it again in one transaction,
-- which replacing an article does; identifiers are hashes and the code keeps them unique. A later change is a new file with the next number, never an edit of this one.

CREATE TABLE articles (
    article_id  VARCHAR NOT NULL,
    outlet      VARCHAR,
    url         VARCHAR,
    title       VARCHAR,
    author      VARCHAR,
    published   VARCHAR,
    language    VARCHAR NOT NULL,
    location    VARCHAR NOT NULL,
    text        VARCHAR NOT NULL,
    sha256      VARCHAR NOT NULL,
    models      VARCHAR NOT NULL,
    extractor   VARCHAR NOT NULL,
    ingested_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE articles IS 'One text from one outlet.';
COMMENT ON COLUMN articles.article_id IS 'Hash of the url where there is one, else of outlet and text; the same article keeps it for ever.';
COMMENT ON COLUMN articles.published IS 'ISO 8601 date or date-time, as far as it is known.';
COMMENT ON COLUMN articles.location IS 'Where the bytes came from: a path, with #3 for the third record of a JSONL file.';
COMMENT ON COLUMN articles.text IS 'The exact text all offsets count in, in Unicode characters.';
COMMENT ON COLUMN articles.sha256 IS 'SHA-256 of the text in UTF-8.';
COMMENT ON COLUMN articles.models IS 'Which Stanza models parsed it.';
COMMENT ON COLUMN articles.extractor IS 'Which version of quotetrack extracted its quotations.';

CREATE TABLE sources (
    source_id   VARCHAR NOT NULL,
    article_id  VARCHAR NOT NULL,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    text        VARCHAR NOT NULL,
    name        VARCHAR,
    type        VARCHAR,
    members     STRUCT(name VARCHAR, type VARCHAR)[],
    method      VARCHAR NOT NULL
);
COMMENT ON TABLE sources IS 'The phrases of the texts that name who said something, one row a place.';
COMMENT ON COLUMN sources.name IS 'Whom the phrase stands for, as this article names them in full; NULL where that is not known.';
COMMENT ON COLUMN sources.type IS 'person, organisation, place, group, document, unnamed or joint.';
COMMENT ON COLUMN sources.members IS 'Whom a joint source names, one each; NULL for all others.';
COMMENT ON COLUMN sources.method IS 'How the name was found: name, nominal, pronoun, neighbour or none.';

CREATE TABLE quotations (
    quotation_id VARCHAR NOT NULL,
    article_id   VARCHAR NOT NULL,
    position     INTEGER NOT NULL,
    kind         VARCHAR NOT NULL,
    text         VARCHAR NOT NULL,
    source_id    VARCHAR,
    role         VARCHAR,
    confidence   DOUBLE NOT NULL
);
COMMENT ON TABLE quotations IS 'Attributed stretches of speech or writing.';
COMMENT ON COLUMN quotations.quotation_id IS 'Hash of the article and of where the content stands.';
COMMENT ON COLUMN quotations.position IS 'Place in the article, from 0.';
COMMENT ON COLUMN quotations.kind IS 'direct (all content in quotation marks), indirect (none) or mixed.';
COMMENT ON COLUMN quotations.text IS 'The content; its pieces are joined by an ellipsis in brackets.';
COMMENT ON COLUMN quotations.source_id IS 'NULL where the article does not say who said it.';
COMMENT ON COLUMN quotations.role IS 'The role the speaker held, as this article prints it.';
COMMENT ON COLUMN quotations.confidence IS 'In 0..1.';

CREATE TABLE spans (
    quotation_id VARCHAR NOT NULL,
    part         VARCHAR NOT NULL,
    ordinal      INTEGER NOT NULL,
    start_char   INTEGER NOT NULL,
    end_char     INTEGER NOT NULL,
    text         VARCHAR NOT NULL
);
COMMENT ON TABLE spans IS 'Where each part of a quotation stands: articles.text from start_char to end_char is text.';
COMMENT ON COLUMN spans.part IS 'content, cue, source or role.';

CREATE TABLE speakers (
    speaker_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    type       VARCHAR NOT NULL
);
COMMENT ON TABLE speakers IS 'The persons and bodies behind the sources, across articles. Made by linking; can be made again at any time.';

CREATE TABLE source_speakers (
    source_id  VARCHAR NOT NULL,
    speaker_id VARCHAR NOT NULL,
    joint      BOOLEAN NOT NULL
);
COMMENT ON TABLE source_speakers IS 'Whom each source stands for: one speaker, or each member of a joint source.';

CREATE TABLE aliases (
    speaker_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    mentions   INTEGER NOT NULL
);
COMMENT ON TABLE aliases IS 'The names a speaker goes by in the articles, and in how many sources each.';

CREATE TABLE roles (
    speaker_id VARCHAR NOT NULL,
    role       VARCHAR NOT NULL,
    first_seen VARCHAR,
    last_seen  VARCHAR,
    mentions   INTEGER NOT NULL
);
COMMENT ON TABLE roles IS 'The roles a speaker is given, as printed, with the dates of the first and last article that gives them.';

CREATE TABLE claims (
    claim_id      VARCHAR NOT NULL,
    text          VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,
    first_printed VARCHAR,
    last_printed  VARCHAR,
    outlets       INTEGER NOT NULL,
    variants      INTEGER NOT NULL,
    printings     INTEGER NOT NULL
);
COMMENT ON TABLE claims IS 'Clusters of quotations that are the same utterance. Made by clustering; can be made again at any time.';
COMMENT ON COLUMN claims.text IS 'The wording of the variant the others are compared with.';
COMMENT ON COLUMN claims.outlets IS 'How many different outlets printed it.';
COMMENT ON COLUMN claims.variants IS 'How many different wordings, marks and case aside.';
COMMENT ON COLUMN claims.printings IS 'How many quotations.';

CREATE TABLE claim_quotations (
    claim_id     VARCHAR NOT NULL,
    quotation_id VARCHAR NOT NULL,
    similarity   DOUBLE NOT NULL
);
COMMENT ON TABLE claim_quotations IS 'Which quotations make a claim. A quotation that runs two utterances together belongs to both.';
COMMENT ON COLUMN claim_quotations.similarity IS 'To the wording the claim is shown by, in 0..1.';

CREATE TABLE failures (
    location  VARCHAR PRIMARY KEY,
    reason    VARCHAR NOT NULL,
    details   VARCHAR NOT NULL,
    failed_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE failures IS 'Inputs that could not be taken in, with the reason; a row goes when the input succeeds.';

CREATE VIEW who_said_what AS
SELECT p.name AS speaker, q.role, q.kind, q.text AS quotation, s.text AS source, a.outlet, a.published, a.title, a.url,
       q.confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint,
       q.quotation_id, a.article_id, p.speaker_id
FROM quotations q
JOIN articles a USING (article_id)
LEFT JOIN sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW who_said_what IS 'Every quotation with its speaker, role, outlet and date; one row a speaker where several spoke jointly.';

CREATE VIEW claim_printings AS
SELECT c.claim_id, c.text AS claim, q.text AS wording, cq.similarity, a.outlet, a.published, a.url, q.kind, q.quotation_id
FROM claims c
JOIN claim_quotations cq USING (claim_id)
JOIN quotations q USING (quotation_id)
JOIN articles a USING (article_id);
COMMENT ON VIEW claim_printings IS 'Every printing of every claim, with its wording and how close that is.';
