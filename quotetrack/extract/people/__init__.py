"""Who is in the article: persons and bodies, and the names they go by."""
