"""Cases of the coverage run, one file per field of work; each holds CASES."""
