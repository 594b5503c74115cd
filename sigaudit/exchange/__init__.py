"""The result document in forms that other systems take, a file a form: `NAME.NAME(document)`.

Each yields its text in pieces, so that very many findings need no memory twice.

`notification` has a function for each of its two forms, readable and JSON.

Ids are made of the finding's id: the same finding has the same id in each form and each time.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from sigaudit.errors import UsageError

FORMATS = ("misp", "stix", "ocsf", "notification", "notification-json")


def writer(form: str) -> Callable[[dict[str, Any]], Iterator[str]]:
    """The function of a form; its library is imported only now.

    Raises UsageError, with the remedy, where the library is not installed.
    """
    try:
        module = import_module(f"sigaudit.exchange.{form.partition('-')[0]}")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--format {form} needs {error.name}, which is not installed:"
            " pip install 'sigaudit[share]'"
        ) from None
    function: Callable[[dict[str, Any]], Iterator[str]] = getattr(module, form.replace("-", "_"))
    return function
