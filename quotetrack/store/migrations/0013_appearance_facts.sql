-- Store what linking reads from the text of an article, so that relinking does not need the texts.

ALTER TABLE appearances ADD COLUMN facts STRUCT(country VARCHAR, age INTEGER, namesake BOOLEAN, organisation BOOLEAN, other_names VARCHAR[]);
COMMENT ON COLUMN appearances.facts IS 'What the text says about the speaker: the ISO 3166 code of the country of a body without a proper name, a person''s age, whether a relative has the same name, whether the name is a company''s, and other names.';
