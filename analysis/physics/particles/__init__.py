"""Sizes of particles: statistics of edge lengths, and the edges of cubes found in an image."""
