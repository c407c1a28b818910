"""Writes the search rows of samples and syntheses in the transaction that changes them."""

from samples.models import Sample


def index_sample(sample: Sample) -> None:
    """Bring a sample's search row up to date."""
