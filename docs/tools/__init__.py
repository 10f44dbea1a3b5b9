"""Programs that write generated pages, pictures and the documentation site."""
