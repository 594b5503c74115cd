"""An IR.21 file as a tree of elements, read so that a hostile one does no harm.

A document type is refused, and with it every entity: IR.21 files have none.
"""

from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

from sigaudit.errors import UsageError

LARGEST_FILE = 16 * 1024 * 1024  # octets; files of large groups have some megabytes
MOST_MARKUP = 1_000_000  # "<" in a file: twice the elements
CHUNK = 64 * 1024
ROOT = "TADIGRAEXIR21"


class _WithoutDocumentType(TreeBuilder):
    """The builder of a tree from a file without document type."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Stop at a document type, before its entities are read."""
        raise ValueError("it declares a document type or entities; take them out")


def read(path: Path, name: str) -> tuple[Element, bytes]:
    """The root of an IR.21 file, and the file's content; UsageError says what is wrong."""
    content = _content(path, name)
    parser = XMLParser(target=_WithoutDocumentType())
    try:
        for start in range(0, len(content), CHUNK):
            parser.feed(content[start : start + CHUNK])
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        raise UsageError(
            f"{name}: not well-formed XML in the encoding that it declares: {error}; "
            "export it anew from RAEX IR.21"
        ) from None
    except (LookupError, ValueError) as error:  # LookupError: of an unknown encoding
        raise UsageError(f"{name}: not read: {error}") from None
    if local(root) != ROOT:
        raise UsageError(
            f"{name}: {local(root)[:60]!r}: expected {ROOT}; it is no IR.21 file, "
            "take it out of ir21.files"
        )
    return root, content


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot be read: {error}") from None
    if len(content) > LARGEST_FILE or content.count(b"<") > MOST_MARKUP:
        raise UsageError(f"{name}: too large for an IR.21 file; is it another file?")
    return content


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def by_name(root: Element) -> dict[str, list[Element]]:
    """All elements by name, at any depth: the generations of the schema nest differently."""
    found: dict[str, list[Element]] = {}
    for element in root.iter():
        found.setdefault(element.tag, []).append(element)
    named: dict[str, list[Element]] = {}
    for elements in found.values():
        named.setdefault(local(elements[0]), []).extend(elements)
    return named


def child(element: Element, name: str) -> str | None:
    """The text of a child, None where it has none."""
    texts = (inner.text for inner in element if local(inner) == name)
    return next((text.strip() for text in texts if text and text.strip()), None)
