"""The desk: pages that a local web server makes from the database, and forms to check drafts and record corrections."""
