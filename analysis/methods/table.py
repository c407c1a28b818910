"""Every method, in one table; a page reads it without importing what the methods compute with."""

from analysis.methods.contract import Method
from analysis.methods.rows.decays import DECAYS
from analysis.methods.rows.diffraction import DIFFRACTION
from analysis.methods.rows.ladders import LADDERS
from analysis.methods.rows.optics import OPTICS
from analysis.methods.rows.particles import PARTICLES
from analysis.methods.rows.pressure import PRESSURE
from analysis.methods.rows.yields import YIELDS

METHODS: dict[str, Method] = {
    row.name: row for row in (*OPTICS, *DECAYS, *DIFFRACTION, *PRESSURE, *LADDERS, *PARTICLES, *YIELDS)
}


def automatic_methods(technique: str) -> list[Method]:
    """Return the methods that run by themselves on a measurement of a technique."""
    return [one for one in METHODS.values() if one.is_automatic and technique in one.techniques]
