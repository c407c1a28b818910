"""The counted journeys: one file each, which tells how the walk begins and what the person does."""

from tests.browser.journeys import j1, j2, j5, j6, j8, j9
from tests.browser.journeys.journey import Journey
from tests.browser.profiles import READING, WRITING

# Name → how it is walked, and by whom.
JOURNEYS: dict[str, Journey] = {
    "J1": Journey(j1.walk, WRITING),
    "J2": Journey(j2.walk, WRITING),
    "J5": Journey(j5.walk, WRITING),
    "J6": Journey(j6.walk, READING),
    "J8": Journey(j8.walk, WRITING),
    "J9": Journey(j9.walk, WRITING),
}
