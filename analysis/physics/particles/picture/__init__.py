"""Cubes in an electron micrograph: found, told apart, measured."""
