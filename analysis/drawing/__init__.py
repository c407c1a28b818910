"""Fits as pictures: panels of traces with residuals below, for the page's plotter and for pages without a script."""
