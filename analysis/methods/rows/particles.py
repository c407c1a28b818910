"""Methods of particles."""

from analysis.methods.contract import Method

PARTICLES: tuple[Method, ...] = ()
