"""Curves as pages, tables and figures need them: loaded, drawn along an axis, normalised, thinned for the screen."""
