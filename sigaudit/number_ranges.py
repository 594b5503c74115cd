"""Ranges of numbers as the prefixes that cover them exactly."""


def prefixes(first: str, last: str) -> list[str]:
    """The fewest prefixes of the numbers from `first` to `last`, in order.

    Digits that one of the two lacks are its lowest or highest: 10 to 2 is 10 to 29.
    """
    width = max(len(first), len(last))
    low, high = int(first.ljust(width, "0")), int(last.ljust(width, "9"))
    found = []
    while low <= high:
        zeros = _block(low, high, width)
        found.append(f"{low // 10**zeros:0{width - zeros}d}" if zeros < width else "")
        low += 10**zeros
    return found


def _block(low: int, high: int, width: int) -> int:
    """How many last digits of `low` are free: it begins a whole block of numbers up to `high`."""
    zeros = 0
    while zeros < width and low % 10 ** (zeros + 1) == 0 and low + 10 ** (zeros + 1) - 1 <= high:
        zeros += 1
    return zeros
