"""Methods of optics."""

from analysis.methods.contract import Method

OPTICS: tuple[Method, ...] = ()
