"""Methods of ladders."""

from analysis.methods.contract import Method

LADDERS: tuple[Method, ...] = ()
