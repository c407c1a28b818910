"""Methods of diffraction."""

from analysis.methods.contract import Method

DIFFRACTION: tuple[Method, ...] = ()
