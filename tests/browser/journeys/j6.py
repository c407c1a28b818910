"""J6: a film in a figure, back to its bottle of PbI2."""

from tests.browser.person import Person

# Films and bottles of the demonstration lab.
FILM, LEAD_IODIDE, CESIUM_CARBONATE = "NC-001-F3-FL1", "BT-002", "BT-001"


def walk(person: Person) -> None:
    """See the ancestry without doing anything, then open the printable statement and the graph."""
    with person.preparing():
        person.go(f"/s/{FILM}")

    strip = person.find("navigation", "Ancestry")
    for bottle in (LEAD_IODIDE, CESIUM_CARBONATE):
        person.sees(person.find("link", bottle, within=strip))

    with person.within(1):
        person.press(person.find("link", "Statement"))
        person.sees(person.find("heading", FILM))
        person.sees(person.find("cell", LEAD_IODIDE))

    with person.preparing():
        person.go(f"/s/{FILM}")
    with person.within(2):
        person.press(person.find("link", "Lineage", exact=True))
        graph = person.find("region", "Lineage")
        person.sees(person.find("link", LEAD_IODIDE, within=graph))
