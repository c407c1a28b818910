"""Methods of pressure."""

from analysis.methods.contract import Method

PRESSURE: tuple[Method, ...] = ()
