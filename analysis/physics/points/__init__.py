"""Fits to values along a ladder, which scatter by more than their own errors say."""
