"""Write dossiers as a static HTML site."""
