"""The ground floor: people, labs, codes, quantities, history and search, on which the other floors stand."""
