"""Which stretches of an article are quotations, and which words name their source."""
