"""Lineage: who was made from whom, walked in one query and drawn for people."""
