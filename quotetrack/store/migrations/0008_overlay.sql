-- What settling has dealt with, so that a run that was killed before it is completed by the next.

CREATE TABLE settled (
    fingerprint UBIGINT NOT NULL
);
COMMENT ON TABLE settled IS 'A hash of the linked articles and the corrections that speakers, source_speakers, aliases and roles were last made from; no row where they are to be made again.';
