"""Facts of USSD strings: what was dialled, whether a PIN was in clear or asked for."""

import json

import pytest
from pycrate_mobile.TS23038 import encode_7b

from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, element, invoke
from tests.walked import Row, walked

GSM, UCS2, EIGHT_BIT = 0x0F, 0x48, 0x44


def coded(text: str, dcs: int) -> bytes:
    if dcs == UCS2:
        return text.encode("utf-16-be")
    return text.encode("latin-1") if dcs == EIGHT_BIT else bytes(encode_7b(text)[0])


def argument(text: str, dcs: int = GSM) -> bytes:
    """USSD-Arg (TS 29.002 17.7.4)."""
    return element("30", element("04", bytes([dcs])), element("04", coded(text, dcs)))


def invoked(opcode: int, parameter: bytes) -> bytes:
    return in_sccp(begin(components(invoke(opcode, parameter))))


def answered(opcode: int, parameter: bytes) -> bytes:
    result = element("30", element("02", bytes([opcode])), parameter)
    component = element("a2", element("02", b"\x01"), result)
    return in_sccp(element("64", element("49", b"\x00\x00\x00\x01"), components(component)))


def ussd(frame: bytes) -> Row:
    found = walked(capture([frame]))
    assert not found["problem"], found["problem"]
    (row,) = found["ussd"]
    return dict(row)


@pytest.mark.parametrize("dcs", [GSM, UCS2, EIGHT_BIT])
@pytest.mark.parametrize(
    ("text", "code", "fields", "pin"),
    [
        ("*123#", "123", 0, None),
        ("*100*1*5#", "100", 2, None),
        ("*165*3*4321#", "165", 2, 4),
        ("*182*1*1*0788000001*5000*12345#", "182", 5, 5),
        ("*334*1*0244123456#", "334", 2, None),  # a telephone number is none
        ("#06#", "06", 0, None),
        ("*#06#", "06", 0, None),
        ("**21*123456789#", "21", 1, None),
        ("*1234#", "1234", 0, None),  # the service code is none
        ("*12345678#", None, 1, 8),  # no service code is that long: its digits are not kept
        ("4321", None, 1, 4),
        ("1", None, 1, None),
        ("482913", None, 1, 6),
        ("1*4321", None, 2, 4),
        ("yes", None, 1, None),
        ("*123", None, 1, None),
        ("*", None, 0, None),
        ("", None, 0, None),
    ],
)
def test_what_is_dialled(
    text: str, code: str | None, fields: int, pin: int | None, dcs: int
) -> None:
    row = ussd(invoked(59, argument(text, dcs)))
    assert (row.get("service_code"), row["fields"], row.get("pin_digits")) == (code, fields, pin)
    assert (row["from_subscriber"], row["dcs"], row["characters"]) == (1, dcs, len(text))
    assert "asks_for_pin" not in row and "otp_likelihood" not in row


PROMPTS = [
    ("Enter your PIN to send 50 to a friend", True),
    ("Enter MPIN:", True),
    ("Entrez votre code secret", True),
    ("Veuillez saisir votre mot de passe.", True),
    ("Ingrese su contraseña", True),
    ("Digite a sua senha:", True),
    ("Ingiza namba ya siri", True),
    ("Weka PIN yako", True),
    ("Bitte Passwort eingeben", True),
    ("Andika umubare w'ibanga", True),
    ("Введите ПИН-код", True),
    ("Введите пароль", True),
    ("أدخل الرقم السري", True),
    ("अपना पिन दर्ज करें", True),
    ("请输入密码", True),
    ("Şifrenizi girin", True),
    ("Shopping in town: 1. Spinach 2. Pink roses", False),
    ("Your balance is 12.50", False),
    ("1. Send money\n2. Withdraw\n3. Pay", False),
    ("Bienvenue. 1 Solde 2 Transfert", False),
    ("Pinterest is free today", False),
    ("您的余额为十元", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "asks"), PROMPTS)
def test_prompts_that_ask_for_a_pin(text: str, asks: bool) -> None:
    """Labels are by hand."""
    for frame in (invoked(60, argument(text, UCS2)), answered(59, argument(text, UCS2))):
        row = ussd(frame)
        assert (bool(row["asks_for_pin"]), row["from_subscriber"]) == (asks, 0)
        assert row["otp_likelihood"] == 0
        assert "fields" not in row and "pin_digits" not in row


@pytest.mark.parametrize(
    ("frame", "from_subscriber"),
    [
        (invoked(59, argument("1234")), 1),
        (answered(59, argument("1234")), 0),
        (invoked(60, argument("1234")), 0),
        (answered(60, argument("1234")), 1),
        (invoked(61, argument("1234")), 0),
        (invoked(19, element("16", b"1234")), 1),
        (answered(19, element("16", b"1234")), 0),
    ],
)
def test_direction(frame: bytes, from_subscriber: int) -> None:
    row = ussd(frame)
    assert row["from_subscriber"] == from_subscriber
    assert ("pin_digits" in row) == bool(from_subscriber)
    assert ("otp_likelihood" in row) != bool(from_subscriber)
    assert row["characters"] == 4


def test_password_in_a_text_of_the_network() -> None:
    assert ussd(invoked(61, argument("Your code is 482913")))["otp_likelihood"] == 90


@pytest.mark.parametrize("length", range(1, 30))
def test_padding_of_septets_is_no_character(length: int) -> None:
    """A carriage return fills seven spare bits (TS 23.038 6.1.2.3.1)."""
    assert ussd(invoked(59, argument("*" * length)))["characters"] == length


@pytest.mark.parametrize(
    ("dcs", "octets", "characters"),
    [
        (0x10, bytes(encode_7b("en\rhello")[0]), 5),
        (0x11, bytes(encode_7b("en")[0]) + "hello".encode("utf-16-be"), 5),
        (0x10, b"\x01", 0),
        (0x11, b"\x01", 0),
        (0x01, bytes(encode_7b("hello")[0]), 5),
        (0x54, b"hello", 5),
        (0xF4, b"hello", 5),
        (0xF0, bytes(encode_7b("hello")[0]), 5),
        (0x60, b"hello", None),  # compressed
    ],
)
def test_coding_schemes(dcs: int, octets: bytes, characters: int | None) -> None:
    """TS 23.038 5."""
    parameter = element("30", element("04", bytes([dcs])), element("04", octets))
    assert ussd(invoked(60, parameter)).get("characters") == characters


def test_longer_than_any_is_read_in_part() -> None:
    parameter = element("30", element("04", b"\x44"), element("04", bytes(100), bytes(120)))
    found = walked(capture([invoked(60, parameter)]))
    assert [row["kind"] for row in found["anomaly"]] == ["USSD string of more than 200 octets"]
    assert found["ussd"][0]["characters"] == 200


@pytest.mark.parametrize("opcode", [19, 59, 60, 61])
def test_nothing_else_depends_on_the_string(opcode: int) -> None:
    """Of texts alike in these facts all is the same, digests too."""
    told = set()
    for text in ("INVENTED SAMPLE one two", "ANOTHER ONE, as long XX"):
        string = element("16", text.encode()) if opcode == 19 else argument(text)
        frames = [invoked(opcode, string), answered(opcode, string)]
        told.add(json.dumps(walked(capture(frames)), default=str))
    assert len(told) == 1
