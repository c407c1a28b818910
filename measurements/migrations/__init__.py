"""Migrations of the measurements floor."""
