"""XML as readers want it: no entities, names without namespaces, texts by path, and everything as a header."""

from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element, ParseError

from measurements.readers.refusal import Unread


def xml_of(content: bytes, *, name: str = "The XML") -> Element:
    """Return the root of a document whose elements and attributes have lost their namespaces.

    Raises Unread for broken XML, with its line, and for entities, which instruments do not write.
    """
    root = _parsed(content, name)
    # Most documents have no namespaces; two bytes for a letter are too rare to look further.
    if b"xmlns" not in content and b"\0" not in content[:8]:
        return root
    for element in root.iter():
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]
        if any("}" in key for key in element.attrib):
            element.attrib = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    return root


def _parsed(content: bytes, name: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(content, forbid_dtd=False)
    except ParseError as error:
        raise Unread(f"{name} is broken", line=error.position[0]) from error
    except DefusedXmlException as error:
        raise Unread(f"{name} declares entities; it is not read") from error
    except (ValueError, LookupError) as error:
        raise Unread(f"{name} has an encoding that is not known: {error}") from error


def text_at(element: Element, path: str) -> str:
    """Return the text of the first element at a path, empty where there is none."""
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""


def value_at(element: Element, path: str, attribute: str = "Value") -> str:
    """Return an attribute of the first element at a path, empty where there is none."""
    found = element.find(path)
    return found.get(attribute, "").strip() if found is not None else ""


def header_of(element: Element, *, under: str = "", without: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Return every text and attribute of an element and below it by path, repeated ones in their order.

    Paths begin with `under`; elements named in `without`, the data themselves, are left out.
    """
    header: dict[str, list[str]] = {}
    for path, text in _leaves(element, under, without):
        header.setdefault(path, []).append(text)
    return {path: tuple(texts) for path, texts in header.items()}


def _leaves(element: Element, path: str, without: Collection[str]) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        yield f"{path}@{key}", value
    text = (element.text or "").strip()
    if text:
        yield path, text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in without:
            yield from _leaves(child, f"{path}/{child.tag}" if path else child.tag, without)
