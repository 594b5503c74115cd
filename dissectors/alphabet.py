"""The GSM 7 bit default alphabet (3GPP TS 23.038 6.2.1), as pycrate knows it."""

import numpy as np
from numpy.typing import NDArray
from pycrate_mobile.TS23038 import decode_7b

ESCAPE = 27
GSM_7_BIT, EIGHT_BIT, UCS2 = range(3)  # as the data coding scheme numbers them (4)


def gsm_alphabet() -> NDArray[np.uint16]:
    """The Unicode code point of each septet; the escape is a space, as 6.2.1 bids."""
    return np.array([32 if code == ESCAPE else _letter(code) for code in range(128)], np.uint16)


def _letter(code: int) -> int:
    # a second septet, since pycrate takes a last one of zeros for padding
    return ord(decode_7b((code | ord("x") << 7).to_bytes(2, "little"))[0])
