# ruff: noqa: RUF001 letters that look like others are what this is about
"""The alphabets of TS 23.038: samples copied from the specification's tables."""

import pytest
from pycrate_mobile.TS23038 import decode_7b

from dissectors.alphabet import ESCAPE, LANGUAGES, gsm_alphabets
from tests.short_messages import GSM, SENDER, STAMP, mt_frame, sms

TABLES = gsm_alphabets()
# language: letters of its locking shift table, its single shift table (annex A.3, A.2)
SAMPLES = {
    0: ({0x00: "@", 0x10: "Δ", 0x40: "¡", 0x7F: "à"}, {0x14: "^", 0x3C: "[", 0x65: "€"}),
    1: ({0x04: "€", 0x07: "ı", 0x0B: "Ğ", 0x1C: "Ş", 0x40: "İ"}, {0x53: "Ş", 0x69: "ı"}),
    2: ({0x40: "¡", 0x60: "¿"}, {0x09: "ç", 0x41: "Á", 0x75: "ú", 0x65: "€"}),
    3: ({0x04: "ê", 0x12: "ª", 0x15: "∞", 0x5C: "Õ"}, {0x1F: "Ê", 0x61: "Â", 0x7F: "â", 0x7B: "ã"}),
    4: ({0x00: "ঁ", 0x7F: "ৱ", 0x30: "0"}, {0x19: "০", 0x23: "৯", 0x41: "A"}),
    6: ({0x07: "उ", 0x7F: "ॿ", 0x61: "a"}, {0x1C: "०", 0x25: "९", 0x5A: "Z", 0x65: "€"}),
    8: ({0x03: "അ", 0x7F: "൹"}, {0x1C: "൦", 0x25: "൯"}),
    13: ({0x00: "ا", 0x56: "ہ", 0x39: "9"}, {0x1C: "۰", 0x25: "۹", 0x3F: "۔"}),
}


@pytest.mark.parametrize("language", SAMPLES)
def test_samples_of_the_tables(language: int) -> None:
    locking, single = SAMPLES[language]
    assert {code: chr(TABLES[language, code]) for code in locking} == locking
    assert {code: chr(TABLES[LANGUAGES + language, code]) for code in single} == single


def test_digits_are_digits_in_every_language() -> None:
    for language in range(LANGUAGES):
        assert "".join(map(chr, TABLES[language, 0x30:0x3A])) == "0123456789"


def test_default_alphabet_is_that_of_pycrate() -> None:
    for code in set(range(128)) - {ESCAPE}:
        pair = (code | ord("x") << 7).to_bytes(2, "little")
        assert chr(TABLES[0, code]) == decode_7b(pair)[0]


@pytest.mark.parametrize(
    ("header", "septets", "characters", "likelihood"),
    [
        ("", [0x1B, 0x65, 0x34, 0x38, 0x32, 0x39], 5, 90),  # €4829
        ("", [0x34, 0x38, 0x32, 0x39, 0x1B, 0x65], 5, 90),
        ("", [0x34, 0x38, 0x32, 0x39, 0x65], 5, 0),  # 4829e: a letter clings to it
        ("03 24 01 06", [0x1B, 0x20, 0x1B, 0x24, 0x1B, 0x1E, 0x1B, 0x25], 4, 90),  # ४८२९
        ("", [0x1B, 0x20, 0x1B, 0x24, 0x1B, 0x1E, 0x1B, 0x25], 4, 0),
        ("03 24 01 0d", [0x1B, 0x20, 0x1B, 0x24, 0x1B, 0x1E, 0x1B, 0x25], 4, 90),  # Urdu
        ("03 25 01 06", [0x41, 0x34, 0x38, 0x32, 0x39], 5, 90),  # a letter, but none of Latin
        ("", [0x41, 0x34, 0x38, 0x32, 0x39], 5, 0),
        ("06 25 01 63 24 01 63", [0x34, 0x38, 0x32, 0x39], 4, 90),  # languages that do not exist
        ("", [0x34, 0x1B], 2, 0),  # an escape at the end is a space
    ],
)
def test_text_in_national_languages(
    header: str, septets: list[int], characters: int, likelihood: int
) -> None:
    front = bytes.fromhex(header)
    fill = -8 * len(front) % 7
    bits = sum(septet << 7 * place + fill for place, septet in enumerate(septets))
    octets = front + bits.to_bytes((fill + 7 * len(septets) + 7) // 8, "little")
    length = (8 * len(front) + fill) // 7 + len(septets)
    first = 0x44 if front else 0x04
    tpdu = bytes([first]) + SENDER + bytes([0, GSM]) + STAMP + bytes([length]) + octets
    row = sms(mt_frame(tpdu))
    assert (row["characters"], row["otp_likelihood"]) == (characters, likelihood)
