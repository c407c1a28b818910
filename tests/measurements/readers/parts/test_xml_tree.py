"""XML as a header: names without namespaces, and every text and attribute under its path."""

from measurements.readers.parts.xml_tree import header_of, text_at, value_at, xml_of

DOCUMENT = b'<a:r xmlns:a="http://x/" a:kind="k"><v n="1">one</v><v n="2">two</v><data>9 9</data><!-- note --></a:r>'


def test_names_lose_their_namespaces() -> None:
    root = xml_of(DOCUMENT)

    assert root.tag == "r"
    assert root.attrib == {"kind": "k"}


def test_texts_and_attributes_are_found_by_path_and_missing_ones_are_empty() -> None:
    root = xml_of(DOCUMENT)

    assert (text_at(root, "v"), text_at(root, "w")) == ("one", "")
    assert (value_at(root, "v", "n"), value_at(root, "w", "n")) == ("1", "")


def test_a_header_keeps_repeated_values_and_leaves_the_data_out() -> None:
    header = header_of(xml_of(DOCUMENT), under="file", without=("data",))

    assert header == {"file@kind": ("k",), "file/v@n": ("1", "2"), "file/v": ("one", "two")}
