"""Methods of decays."""

from analysis.methods.contract import Method

DECAYS: tuple[Method, ...] = ()
