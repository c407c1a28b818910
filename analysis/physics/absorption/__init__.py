"""Absorbance of nanocrystals: the first exciton, its edge, scattering and the apparent gap."""
