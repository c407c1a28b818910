"""The counted journeys: one file each, which tells how the walk begins and what the person does."""

from tests.browser.journeys.journey import Journey

# Name → how it is walked, and by whom.
JOURNEYS: dict[str, Journey] = {}
