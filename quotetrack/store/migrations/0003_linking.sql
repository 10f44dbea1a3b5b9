-- Speakers known beforehand, and what linking remembers so that new articles touch only the names they hold.

CREATE TABLE known_speakers (
    known_id VARCHAR NOT NULL,
    name     VARCHAR NOT NULL,
    type     VARCHAR NOT NULL,
    wikidata VARCHAR,
    aliases  VARCHAR[] NOT NULL,
    roles    STRUCT(role VARCHAR, "start" VARCHAR, "end" VARCHAR)[] NOT NULL
);
COMMENT ON TABLE known_speakers IS 'Speakers of a seed file, by quotetrack speakers import.';

CREATE TABLE appearances (
    article_id VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    type       VARCHAR NOT NULL,
    blocks     VARCHAR[] NOT NULL
);
COMMENT ON TABLE appearances IS 'Who speaks in each article as linking last saw it, and the keys it compares them under.';

CREATE TABLE linked_articles (
    article_id  VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE linked_articles IS 'The articles linking has seen, each with a hash of all it used of them.';

CREATE TABLE linked_known (
    speaker_id VARCHAR NOT NULL,
    known_id   VARCHAR NOT NULL
);
COMMENT ON TABLE linked_known IS 'Which speakers are ones known beforehand.';

ALTER TABLE speakers ADD COLUMN wikidata VARCHAR;

CREATE OR REPLACE VIEW who_said_what AS
SELECT p.name AS speaker, q.role, q.kind, q.text AS quotation, s.text AS source, a.outlet, a.published, a.title, a.url,
       q.confidence, s.method, p.type AS speaker_type, coalesce(ss.joint, false) AS joint, p.wikidata,
       q.quotation_id, a.article_id, p.speaker_id
FROM quotations q
JOIN articles a USING (article_id)
LEFT JOIN sources s USING (source_id)
LEFT JOIN source_speakers ss USING (source_id)
LEFT JOIN speakers p USING (speaker_id);
COMMENT ON VIEW who_said_what IS 'Every quotation with its speaker, role, outlet and date; one row a speaker where several spoke jointly.';
