"""Facts of short messages: password or not, sender, direction; and that no text goes anywhere."""

import json

import pytest

from tests.mutation import capture, in_sccp
from tests.one_message import begin, components, dialogue, element, invoke
from tests.scenes.digits import tbcd
from tests.short_messages import (
    EIGHT_BIT,
    FROM_CENTRE,
    GSM,
    IMSI,
    MO_2,
    MO_3,
    MT_2,
    MT_3,
    RELAY_1,
    SENDER,
    STAMP,
    SUBSCRIBER,
    TO_CENTRE,
    UCS2,
    deliver,
    mt_frame,
    name,
    packed,
    sms,
)
from tests.walked import Walked, walked

PORTS = b"\x06\x05\x04\x0b\x84\x23\xf0"  # to 2948 from 9200
ONE_OF_ONE = b"\x05\x00\x03\x01\x01\x01"  # a header of six octets (TS 23.040 9.2.3.24.1)

PASSWORDS = [
    "INVENTED SAMPLE: your ExMoney code is 482913. Do not share it.",
    "482913 is your ExMoney verification code.",
    "G-482913 is your verification code.",
    "<#> Your code: 4829",
    "OTP:482913",
    "PIN 48291",
    "Your login code is 123-456. Don't share it.",
    "Use 123 456 to verify your account.",
    "Code 4829137 expires in 10 minutes",
    "48291374",
    "Votre code de confirmation est 482913, valable 5 min.",
    "Ihr TAN lautet: 482913",
    "Tu código es 4829. No lo compartas",
    "O seu código de segurança é 482913.",
    "Il tuo codice: 4829",
    "Kodi yako ni 482913",
    "At 12:30 you asked for code 482913",
    "On 01.03.2026 you asked for 482913",
    "482913 for your payment of 12.50 to Example Shop",
    "Код подтверждения: 482913. Никому не говорите",
    "验证码:482913，5分钟内有效",  # noqa: RUF001
    "【Example】482913是您的验证码",
    "認証コードは482913です",
    "인증번호 [482913] 입력해 주세요",
    "รหัส OTP คือ 482913",
    "رمز التحقق الخاص بك هو ٤٨٢٩١٣",
    "کد تایید شما: ۴۸۲۹۱۳",
    "आपका ओटीपी ४८२९१३ है",
    "আপনার কোড ৪৮২৯১৩",
    "Ο κωδικός σας είναι 482913",  # noqa: RUF001
]
OTHERS = [
    "INVENTED SAMPLE: see you at the market on Saturday",
    "INVENTED SAMPLE: welcome abroad. Calls cost 0.10 a minute",
    "See you at 10:30 in room 12",
    "Call me at +447700900123",
    "Call us: +44 7700 900123",
    "Call 020 7946 0018 for help",
    "The meeting is on 12/03/2026",
    "Termin am 12.03.2026 um 14.30 Uhr",
    "You received GHS 1,250.00 from a friend",
    "Vous avez recu 100 000 FCFA",
    "Balance: 12.500,00 EUR",
    "Happy new year 2026!",
    "Since 1998",
    "Account XX1234 was used",
    "Card ****1234 was used",
    "Ref ABC1234567890 is closed",
    "Your parcel 12345678901234 arrives today",
    "Bonjour, on se voit demain?",
    "Привет, как дела?",
    "明天见",
    "مرحبا كيف حالك",
    "",
]


def alphabets(text: str) -> list[int]:
    """The alphabets in which the text can be sent."""
    if all(character in "£$¥" or character.isascii() for character in text):
        return [GSM, EIGHT_BIT, UCS2]
    return [UCS2]


CASES = [(text, dcs, True) for text in PASSWORDS for dcs in alphabets(text)]
CASES += [(text, dcs, False) for text in OTHERS for dcs in alphabets(text)]


@pytest.mark.parametrize("header", [b"", ONE_OF_ONE, b"\x00", PORTS])
def test_likelihood_of_a_password(header: bytes) -> None:
    """Detectors ask for 50; labels are by hand."""
    frames = [mt_frame(deliver(text, dcs, header)) for text, dcs, _ in CASES]
    found = walked(capture(frames))
    assert not found["problem"]
    rated = [row.get("otp_likelihood", 0) >= 50 for row in found["sms"]]
    wrong = [case for case, rating in zip(CASES, rated, strict=True) if rating != case[2]]
    assert not wrong


def test_nothing_is_rated_where_the_text_cannot_be_read() -> None:
    compressed = deliver("", EIGHT_BIT)[:11] + b"\x20" + STAMP + b"\x04" + b"4829"
    assert "otp_likelihood" not in sms(mt_frame(compressed))
    beyond = deliver("4829", EIGHT_BIT, header=b"\x7f\x00")
    assert "otp_likelihood" not in sms(mt_frame(beyond))


@pytest.mark.parametrize(
    "text",
    ["ExMoney", "A", "[a]€", "Bank", "Example12", "12345678901", "Café", "Δx", "a_b@c.d", "£5$"],
)
def test_alphanumeric_senders(text: str) -> None:
    row = sms(mt_frame(deliver("hello", GSM, sender=name(text))))
    assert (row["tp_address"], row["tp_address_type"]) == (text, 5)


def test_sender_of_seven_letters_counted_in_whole_octets() -> None:
    """Seven septets take 49 bits; a length of 14 half octets is common and adds no letter."""
    assert (
        sms(mt_frame(deliver("hello", GSM, sender=name("ExMoney", 14))))["tp_address"] == "ExMoney"
    )


@pytest.mark.parametrize(
    ("octets", "number", "kind"),
    [
        ("0b 91 44 77 00 09 00 f1", "44770090001", 1),
        ("05 81 21 43 f5", "12345", 0),
        ("04 a8 21 43", "1234", 2),
        ("04 80 a1 cb", "1*#a", 0),
        ("00 91", None, 1),
    ],
)
def test_numeric_senders(octets: str, number: str | None, kind: int) -> None:
    row = sms(mt_frame(deliver("hello", GSM, sender=bytes.fromhex(octets))))
    assert row.get("tp_address") == number
    assert row["tp_address_type"] == kind


def test_sender_longer_than_any_is_not_read() -> None:
    """Or the text behind it would be taken for the sender's name."""
    tpdu = deliver("INVENTED SAMPLE text", EIGHT_BIT, sender=b"\x30\xd0" + tbcd("447700900001"))
    found = walked(capture([mt_frame(tpdu)]))
    assert [row["layer"] for row in found["problem"]] == ["sms"]
    assert "tp_address" not in found["sms"][0]


def test_reserved_type_is_read_as_a_telephone_does() -> None:
    """TS 23.040 9.2.3.1: as a DELIVER."""
    row = sms(mt_frame(deliver("code 482913", GSM, kind=3)))
    assert (row["tp_mti"], row["tp_address"], row["otp_likelihood"]) == (3, "447700900001", 90)


@pytest.mark.parametrize(
    ("opcode", "context", "receiver", "sender", "terminated"),
    [
        (44, MT_3, IMSI, FROM_CENTRE, True),
        (46, MT_2, IMSI, FROM_CENTRE, True),
        (46, MO_3, TO_CENTRE, SUBSCRIBER, False),
        (46, MO_2, TO_CENTRE, SUBSCRIBER, False),
        (46, MO_3, TO_CENTRE, element("85"), False),  # noSM-RP-OA
        (46, RELAY_1, IMSI, FROM_CENTRE, True),
        (46, RELAY_1, TO_CENTRE, SUBSCRIBER, False),
        (46, RELAY_1, element("81", b"\x00\x00\x00\x01"), FROM_CENTRE, True),  # by LMSI
        (46, None, IMSI, FROM_CENTRE, True),
        (46, None, TO_CENTRE, SUBSCRIBER, False),
    ],
)
def test_direction(
    opcode: int, context: str | None, receiver: bytes, sender: bytes, terminated: bool
) -> None:
    """TS 29.002 17.3.2 and 12.2: the context decides, in version 1 who sends to whom."""
    argument = element("30", receiver, sender, element("04", deliver("hello", GSM)))
    portions = [dialogue(f"04 00 00 01 00 {context}")] if context else []
    row = sms(in_sccp(begin(*portions, components(invoke(opcode, argument)))))
    assert bool(row["mobile_terminated"]) is terminated


@pytest.mark.parametrize(
    ("form", "validity"), [(0x00, b""), (0x10, b"\xa7"), (0x08, bytes(7)), (0x18, bytes(7))]
)
def test_submit_with_each_validity_period(form: int, validity: bytes) -> None:
    """TP-VPF: none, relative, enhanced, absolute (9.2.3.3)."""
    length, data = packed("code 482913")
    tpdu = bytes([1 | form, 7]) + SENDER + b"\x00\x00" + validity + bytes([length]) + data
    argument = element("30", TO_CENTRE, SUBSCRIBER, element("04", tpdu))
    row = sms(in_sccp(begin(dialogue(f"04 00 00 01 00 {MO_3}"), components(invoke(46, argument)))))
    assert (row["tp_address"], row["tp_udl"], row["otp_likelihood"]) == ("447700900001", 11, 90)


def test_cut_off_message_is_a_row_and_a_problem() -> None:
    """In its user data, where only the text is shorter than announced, it is an anomaly."""
    whole = deliver("code 482913", GSM)
    text = len(whole) - len(packed("code 482913")[1])
    for end in range(len(whole)):
        found = walked(capture([mt_frame(whole[:end])]))
        assert len(found["sms"]) == 1
        told = [row["layer"] for row in found["problem" if end < text else "anomaly"]]
        assert told == ["sms"], end


TEXTS = ("INVENTED SAMPLE one two", "ANOTHER ONE, as long 12")


def without_rating(found: Walked) -> str:
    for row in found["sms"]:
        row.pop("otp_likelihood", None)
    return json.dumps(found, default=str)


@pytest.mark.parametrize("opcode", [44, 46, 99])
@pytest.mark.parametrize("tag", ["04", "05", "24", "30", "80", "81", "82", "84", "9f 7f", "44"])
@pytest.mark.parametrize("kind", ["a1", "a5"])
def test_nothing_depends_on_the_text(opcode: int, tag: str, kind: str) -> None:
    """Not even a digest, and not where tags are wrong."""
    assert len(TEXTS[0]) == len(TEXTS[1])
    told = set()
    for text in TEXTS:
        argument = element("30", IMSI, FROM_CENTRE, element(tag, deliver(text, EIGHT_BIT)))
        inner = invoke(opcode, argument)[2:]
        component = element(kind, inner)
        frame = in_sccp(begin(dialogue(f"04 00 00 01 00 {MT_3}"), components(component)))
        told.add(without_rating(walked(capture([frame]))))
    assert len(told) == 1


@pytest.mark.parametrize("opcode", [19, 59, 60, 61])
def test_nothing_depends_on_a_ussd_string(opcode: int) -> None:
    told = set()
    for text in TEXTS:
        string = element("04", text.encode())
        argument = string if opcode == 19 else element("30", element("04", b"\x0f"), string)
        told.add(
            without_rating(walked(capture([in_sccp(begin(components(invoke(opcode, argument))))])))
        )
    assert len(told) == 1


def test_nothing_depends_on_the_text_of_a_report() -> None:
    """In an answer's sm-RP-UI, and in an error's diagnosticInfo (TS 29.002 7.6.1.4, 17.7.7)."""
    told = set()
    for text in TEXTS:
        report = element("04", b"\x00\x00" + text.encode())
        result = element(
            "a2",
            element("02", b"\x01"),
            element("30", element("02", b"\x2c"), element("30", report)),
        )
        error = element(
            "a3",
            element("02", b"\x01"),
            element("02", b"\x20"),
            element("30", element("0a", b"\x04"), report),
        )
        frames = [
            in_sccp(element("64", element("49", b"\x01"), components(one)))
            for one in (result, error)
        ]
        told.add(without_rating(walked(capture(frames))))
    assert len(told) == 1
