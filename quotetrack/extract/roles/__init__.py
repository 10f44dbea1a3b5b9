"""What an article says a person is: titles, appositions, affiliations, descriptions."""
