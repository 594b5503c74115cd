import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrate_mobile.MCC_MNC import MNC_dict

from sigaudit import numbering
from sigaudit.network import Network
from sigaudit.network_values import COUNTRIES
from sigaudit.numbering import UNKNOWN, NumberingPlan, Owner

HOME = Owner("home", "Example Mobile", "GH")
PARTNER = Owner("partner", "Partner UK", "GB")
SISTER = Owner("partner", "Sister", "GH")

PLAN = NumberingPlan(
    Network.model_validate(
        {
            "operator": {
                "name": "Example Mobile",
                "country": "GH",
                "plmns": ["62099", "310998"],
                "global_titles": ["233590"],
                "msisdn_prefixes": ["23359"],
                "diameter_realms": ["example.com"],
            },
            "sms": {"centres": ["233200000100"], "home_routers": ["233200000110"]},
            "roaming_partner": [
                {
                    "name": "Partner UK",
                    "country": "GB",
                    "plmns": ["23499"],
                    "global_titles": ["447700"],
                    "diameter_realms": ["partner.example", "roaming.example.com"],
                },
                {"name": "Sister", "plmns": ["620990"], "global_titles": ["2335905"]},
            ],
        }
    )
)

# Recommendation ITU-T E.212, list of mobile country codes, with ISO 3166-1 for its names.
ITU_MCC = re.findall(
    "([0-9]{3}) ([A-Z]{2})",
    """
202 GR 204 NL 206 BE 208 FR 212 MC 213 AD 214 ES 216 HU 218 BA 219 HR 220 RS 221 XK 222 IT 225 VA
226 RO 228 CH 230 CZ 231 SK 232 AT 234 GB 235 GB 238 DK 240 SE 242 NO 244 FI 246 LT 247 LV 248 EE
250 RU 255 UA 257 BY 259 MD 260 PL 262 DE 266 GI 268 PT 270 LU 272 IE 274 IS 276 AL 278 MT 280 CY
282 GE 283 AM 284 BG 286 TR 288 FO 290 GL 292 SM 293 SI 294 MK 295 LI 297 ME 302 CA 308 PM 310 US
311 US 312 US 313 US 314 US 315 US 316 US 330 PR 332 VI 334 MX 338 JM 340 GP 342 BB 344 AG 346 KY
348 VG 350 BM 352 GD 354 MS 356 KN 358 LC 360 VC 362 CW 363 AW 364 BS 365 AI 366 DM 368 CU 370 DO
372 HT 374 TT 376 TC 400 AZ 401 KZ 402 BT 404 IN 405 IN 406 IN 410 PK 412 AF 413 LK 414 MM 415 LB
416 JO 417 SY 418 IQ 419 KW 420 SA 421 YE 422 OM 424 AE 425 IL 426 BH 427 QA 428 MN 429 NP 430 AE
431 AE 432 IR 434 UZ 436 TJ 437 KG 438 TM 440 JP 441 JP 450 KR 452 VN 454 HK 455 MO 456 KH 457 LA
460 CN 461 CN 466 TW 467 KP 470 BD 472 MV 502 MY 505 AU 510 ID 514 TL 515 PH 520 TH 525 SG 528 BN
530 NZ 536 NR 537 PG 539 TO 540 SB 541 VU 542 FJ 543 WF 544 AS 545 KI 546 NC 547 PF 548 CK 549 WS
550 FM 551 MH 552 PW 553 TV 554 TK 555 NU 602 EG 603 DZ 604 MA 605 TN 606 LY 607 GM 608 SN 609 MR
610 ML 611 GN 612 CI 613 BF 614 NE 615 TG 616 BJ 617 MU 618 LR 619 SL 620 GH 621 NG 622 TD 623 CF
624 CM 625 CV 626 ST 627 GQ 628 GA 629 CG 630 CD 631 AO 632 GW 633 SC 634 SD 635 RW 636 ET 637 SO
638 DJ 639 KE 640 TZ 641 UG 642 BI 643 MZ 645 ZM 646 MG 647 RE 648 ZW 649 NA 650 MW 651 LS 652 BW
653 SZ 654 KM 655 ZA 657 ER 658 SH 659 SS 702 BZ 704 GT 706 SV 708 HN 710 NI 712 CR 714 PA 716 PE
722 AR 724 BR 730 CL 732 CO 734 VE 736 BO 738 GY 740 EC 742 GF 744 PY 746 SR 748 UY 750 FK
""",
)


@pytest.mark.parametrize(
    ("digits", "plan", "nature", "owner"),
    [
        ("233590000001", 1, 4, HOME),
        ("233590000001", None, None, HOME),
        ("233590000001", 0, 0, HOME),
        ("233590", 1, 4, HOME),
        ("233590500001", 1, 4, SISTER),
        ("447700900123", 1, 4, PARTNER),
        ("233200000100", 1, 4, HOME),  # an own centre in another network's range
        ("233200000110", 1, 4, HOME),
        ("233200000101", 1, 4, Owner("country", None, "GH")),
        ("233591000001", 1, 4, Owner("country", None, "GH")),  # an own subscriber's, no title
        ("491710000000", 1, 4, Owner("country", None, "DE")),
        # E.212: by PLMN, and never by number prefix
        ("620991234567890", 6, 4, HOME),
        ("234991234567890", 6, 4, PARTNER),
        ("233590000001", 6, 4, UNKNOWN),
        # E.214: country code and network code in place of MCC and MNC
        ("233591234567890", 7, 4, HOME),
        ("447700123456789", 7, 4, PARTNER),
        ("620991234567890", 7, 4, Owner("country", None, "ID")),  # +62
        # national: a number of the home country, unless its digits as they stand are listed
        ("590000001", 1, 3, HOME),
        ("200000101", 1, 3, Owner("country", None, "GH")),
        ("233590000001", 1, 3, HOME),
        ("447700900123", 1, 3, PARTNER),
        # X.121, telex, private: not numbers of a network that could be told
        ("233590000001", 3, 4, UNKNOWN),
        ("233590000001", 4, 4, UNKNOWN),
        ("233590000001", 14, 4, UNKNOWN),
    ],
)
def test_titles(digits: str, plan: int | None, nature: int | None, owner: Owner) -> None:
    assert PLAN.gt(digits, plan, nature) == owner


@pytest.mark.parametrize(
    ("digits", "owner"),
    [
        ("620991234567890", HOME),
        ("62099", HOME),
        ("620990123456789", SISTER),
        ("310998123456789", HOME),
        ("310997123456789", Owner("country", None, "US")),
        ("234991234567890", PARTNER),
        ("234501234567890", Owner("country", "Jersey Telecom", "JE")),
        ("436", Owner("country", None, "TJ")),
        ("425051234567890", Owner("country", "Jawwal", "PS")),
        ("901121234567890", Owner("unknown", "Maritime Communications Partner AS", "ZZ")),
        ("901991234567890", UNKNOWN),
        ("001011234567890", UNKNOWN),
        ("999991234567890", UNKNOWN),
        ("24201712345678", Owner("country", "Telenor", "NO")),  # Norway's MNC have two digits
        ("310381234567890", Owner("country", None, "US")),  # … and the United States' three
    ],
)
def test_imsis(digits: str, owner: Owner) -> None:
    assert PLAN.imsi(digits) == owner


@pytest.mark.parametrize(
    ("digits", "owner"),
    [
        ("233599999999", HOME),
        ("233200000100", Owner("country", None, "GH")),
        ("447700900123", PARTNER),
        ("447911123456", Owner("country", None, "GG")),  # 7911 1 is Guernsey's
        ("819012345678", Owner("country", None, "JP")),
    ],
)
def test_msisdns(digits: str, owner: Owner) -> None:
    assert PLAN.msisdn(digits) == owner


@pytest.mark.parametrize(
    ("realm", "owner"),
    [
        ("example.com", HOME),
        ("EPC.Example.COM", HOME),
        ("example.com.", HOME),
        ("roaming.example.com", PARTNER),
        ("dra1.roaming.example.com", PARTNER),
        ("badexample.com", UNKNOWN),
        ("example.com.attacker.net", UNKNOWN),
        ("com", UNKNOWN),
        ("epc.mnc099.mcc620.3gppnetwork.org", HOME),
        ("mme1.epc.MNC099.mcc620.3gppNetwork.org", HOME),
        ("epc.mnc998.mcc310.3gppnetwork.org", HOME),
        ("epc.mnc990.mcc620.3gppnetwork.org", SISTER),
        ("ims.mnc099.mcc234.3gppnetwork.org", PARTNER),
        ("epc.mnc01.mcc620.3gppnetwork.org", Owner("country", "MTN", "GH")),
        ("epc.mnc001.mcc620.3gppnetwork.org", Owner("country", "MTN", "GH")),
        ("epc.mnc260.mcc310.3gppnetwork.org", Owner("country", "T-Mobile", "US")),
        ("epc.mnc099.mcc999.3gppnetwork.org", UNKNOWN),
        ("xmnc099.mcc620.3gppnetwork.org", UNKNOWN),
        ("epc.mnc099.mcc620.3gppnetwork.org.attacker.net", UNKNOWN),
        ("epc.mnc099.mcc620.3gppnetworK.org".replace("K", "\u212a"), UNKNOWN),  # the Kelvin sign
        ("3gppnetwork.org", UNKNOWN),
        ("..", UNKNOWN),
    ],
)
def test_realms(realm: str, owner: Owner) -> None:
    assert PLAN.realm(realm) == owner


@pytest.mark.parametrize(("mcc", "country"), ITU_MCC)
def test_every_mobile_country_code_of_the_itu(mcc: str, country: str) -> None:
    assert PLAN.imsi(f"{mcc}0000000000").country == country


def test_no_other_mobile_country_code_has_a_country() -> None:
    others = {f"{mcc:03}" for mcc in range(1000)} - dict(ITU_MCC).keys()
    found = {mcc: PLAN.imsi(mcc).country for mcc in others}
    assert {mcc: country for mcc, country in found.items() if country != "ZZ"} == {
        "289": "GE"  # Abkhazia's networks use it; the ITU has not assigned it
    }


def test_every_network_of_the_table_is_of_a_country() -> None:
    owners = {plmn: PLAN.imsi(plmn) for plmn in MNC_dict}
    assert {owner.country for owner in owners.values()} <= COUNTRIES | {"ZZ"}
    assert {plmn[:3] for plmn, owner in owners.items() if owner.country == "ZZ"} == {"901"}


@pytest.mark.parametrize(
    ("digits", "country"),
    [  # ITU-T E.164, list of country codes; NANPA's area codes
        ("18765550100", "JM"),
        ("18760000001", "JM"),  # in no range that is in service
        ("14165550100", "CA"),
        ("14160000001", "CA"),
        ("12125550100", "US"),
        ("12120000001", "US"),
        ("13405550100", "VI"),
        ("18095550100", "DO"),
        ("18680000001", "TT"),
        ("1", "US"),
        ("77010000001", "KZ"),
        ("77272000000", "KZ"),
        ("7700", "KZ"),
        ("74951234567", "RU"),
        ("79000000000000", "RU"),
        ("447700900123", "GB"),
        ("441534000000", "JE"),
        ("38344123456", "XK"),
        ("390669812345", "VA"),
        ("393200000000", "IT"),
        ("35818000000", "AX"),
        ("5997000000", "BQ"),
        ("59990000000", "CW"),
        ("247", "SH"),  # Ascension
        ("290812345", "SH"),  # Tristan da Cunha
        ("21140000000", "SS"),
        ("85200000000", "HK"),
        ("870773000000", "ZZ"),  # Inmarsat
        ("881600000000", "ZZ"),  # satellite
        ("882160000000", "ZZ"),  # international networks
        ("80012345678", "ZZ"),  # international freephone
        ("210000000", "ZZ"),  # spare
        ("0233590000", "ZZ"),
        ("044770090", "ZZ"),
    ],
)
def test_countries_of_numbers(digits: str, country: str) -> None:
    assert numbering.country_of_number(digits) == country


@pytest.mark.parametrize(
    "wrong",
    [None, "", "abc", "23359f", "+233590000001", "233 590", "2" * 16, "2" * 300, "\u0662\u0663"],
)
def test_what_is_no_number_is_unknown(wrong: str | None) -> None:
    for plan in (None, 0, 1, 6, 7):
        assert PLAN.gt(wrong, plan) == UNKNOWN
    assert numbering.country_of_number(wrong or "") == "ZZ"
    assert PLAN.imsi(wrong) == PLAN.msisdn(wrong) == PLAN.realm(wrong) == UNKNOWN


def test_a_partner_may_leave_out_name_and_country() -> None:
    partners = [{"plmns": ["62001"]}, {"global_titles": ["447700"]}, {"diameter_realms": ["a.b"]}]
    partners.append({"diameter_realms": ["epc.mnc001.mcc604.3gppnetwork.org"]})
    operator = {"name": "N", "country": "FR", "plmns": ["20899"], "global_titles": ["336990"]}
    network = Network.model_validate({"operator": operator, "roaming_partner": partners})
    plan = NumberingPlan(network)
    assert plan.imsi("620011234567890") == Owner("partner", "MTN", "GH")
    assert plan.gt("447700900123", 1) == Owner("partner", None, "GB")
    assert plan.realm("a.b") == Owner("partner", None, "ZZ")
    assert plan.realm("epc.mnc001.mcc604.3gppnetwork.org").country == "MA"
    assert plan.msisdn("336990000001") == Owner("country", None, "FR")


def test_national_numbers_of_an_operator_in_north_america() -> None:
    operator = {"name": "N", "country": "JM", "plmns": ["338999"], "global_titles": ["1876999"]}
    plan = NumberingPlan(Network.model_validate({"operator": operator}))
    assert plan.gt("8769990001", 1, 3).party == "home"
    assert plan.gt("2125550100", 1, 3) == Owner("country", None, "US")


SHORT = st.text(alphabet="0123456789", max_size=18)
PLANS = st.none() | st.integers(0, 15)
NATURES = st.none() | st.integers(0, 127)


@given(SHORT | st.text(), PLANS, NATURES)
def test_everything_has_an_owner(text: str, plan: int | None, nature: int | None) -> None:
    for owner in (
        PLAN.gt(text, plan, nature),
        PLAN.imsi(text),
        PLAN.msisdn(text),
        PLAN.realm(text),
    ):
        assert owner.country in COUNTRIES | {"ZZ"}
        assert (owner.country == "ZZ") == (owner.party == "unknown")


@given(st.text(alphabet="0123456789", max_size=9))
def test_digits_behind_a_listed_prefix_change_nothing(digits: str) -> None:
    assert PLAN.gt("447700" + digits, 1, 4) == PARTNER
    assert PLAN.imsi("23499" + digits) == PARTNER
    assert PLAN.msisdn("233591" + digits) == HOME


@given(st.lists(st.text(alphabet="abcxyz-0123456789", max_size=12), max_size=6))
def test_hosts_are_in_their_realm(labels: list[str]) -> None:
    assert PLAN.realm(".".join([*labels, "partner.example"])) == PARTNER
