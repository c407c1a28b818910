"""Readers of instrument files: a seekable source in, frozen recordings out; no Django, no database, no settings."""
