"""Manual corrections of speakers and quotations, and their application to the extracted data."""
