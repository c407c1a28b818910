"""The search grammar: one parser for the search box, the facets, the API and saved views."""
