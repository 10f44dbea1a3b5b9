"""Find quotations and the phrases that name their sources."""
