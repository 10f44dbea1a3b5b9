"""Jobs that run the stages in order: ingest, extract, import and refresh."""
