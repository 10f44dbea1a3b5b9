quotetrackDossier({{ data|tojson }});
