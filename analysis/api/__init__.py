"""The API of the analysis floor: fits, their results, values in force, and what is done with them."""
