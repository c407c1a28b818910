"""Matching: from a file's name, folder and content to its sample, rung and technique, without a database."""
