"""The made files of `pcaps/`, each with the function that tells its scene."""

from collections.abc import Callable
from pathlib import PurePath

from tests.scenes import (
    carriers,
    chunks,
    delivery,
    demo,
    diameter_requests,
    home_server,
    identity,
    location,
    logs,
    lookups,
    registration,
    scans,
    segments,
    sim_swap,
    strangers,
    travel,
)
from tests.scenes.dialogue import Capture
from tests.scenes.files import pcap, pcapng

CAPTURES: dict[str, Callable[[], Capture]] = {
    "any_time_interrogation.pcap": location.any_time_interrogation,
    "any_time_interrogation_inside.pcap": location.any_time_interrogation_inside,
    "any_time_modification.pcap": identity.any_time_modification,
    "any_time_modification_inside.pcap": identity.any_time_modification_inside,
    "carriers.pcap": carriers.carriers,
    "cancel_location.pcapng": registration.cancel_location,
    "cancel_location_by_home.pcapng": registration.cancel_location_by_home,
    "delivery_after_lookup.pcap": delivery.delivery_after_lookup,
    "delivery_without_lookup.pcap": delivery.delivery_without_lookup,
    "diameter_home_server.pcapng": home_server.home_asks,
    "diameter_over_tcp.pcap": segments.diameter_over_tcp,
    "diameter_stranger.pcapng": home_server.stranger_asks,
    "insert_subscriber_data.pcap": registration.insert_subscriber_data,
    "insert_subscriber_data_by_home.pcap": registration.insert_subscriber_data_by_home,
    "location_services.pcap": location.location_services,
    "location_services_inside.pcap": location.location_services_inside,
    "lookups.pcap": lookups.lookups,
    "lookups_as_usual.pcap": lookups.lookups_as_usual,
    "tracking.pcap": lookups.tracking,
    "tracking_by_home.pcap": lookups.tracking_by_home,
    "campaign.pcap": lookups.campaign,
    "campaign_by_home.pcap": lookups.campaign_by_home,
    "faked_question.pcap": lookups.faked_question,
    "late_beginning.pcap": lookups.late_beginning,
    "strangers.pcap": strangers.strangers,
    "own_register.pcap": strangers.own_register,
    "there_and_back.pcap": strangers.there_and_back,
    "messages_diverted.pcap": strangers.messages_diverted,
    "moves_on.pcap": strangers.moves_on,
    "exchange_elsewhere.pcap": strangers.exchange_elsewhere,
    "profiles.pcap": strangers.profiles,
    "profiles_by_home.pcap": strangers.profiles_by_home,
    "resets.pcap": strangers.resets,
    "restart.pcap": strangers.restart,
    "enumeration.pcap": scans.enumeration,
    "lookups_without_messages.pcap": scans.lookups_without_messages,
    "messages_from_abroad.pcap": scans.messages_from_abroad,
    "titles.pcap": scans.titles,
    "many_operations.pcap": scans.many_operations,
    "refused_registrations.pcap": scans.refused_registrations,
    "steering.pcap": scans.steering,
    "own_title_from_outside.pcapng": identity.own_title_from_outside,
    "own_title_on_its_way.pcapng": identity.own_title_on_its_way,
    "provide_subscriber_info.pcapng": location.provide_subscriber_info,
    "provide_subscriber_info_by_home.pcapng": location.provide_subscriber_info_by_home,
    "sctp_fragments.pcap": chunks.fragments,
    "send_imsi.pcap": identity.send_imsi,
    "send_imsi_inside.pcap": identity.send_imsi_inside,
    "sim_swap_by_the_book.pcap": sim_swap.password_as_usual,
    "sim_swap_then_transfer.pcap": sim_swap.password_after_swap,
    "traveller.pcap": registration.traveller,
    "update_location_then_code.pcap": registration.update_location_then_code,
    "update_location_then_code_elsewhere.pcap": registration.update_location_then_code_elsewhere,
    "diameter_applications.pcap": diameter_requests.applications,
    "diameter_registrations.pcap": diameter_requests.registrations,
    "diameter_names.pcap": diameter_requests.names_and_ways,
    "diameter_messages.pcap": diameter_requests.short_messages,
    "diameter_everyday.pcap": diameter_requests.everyday,
    "diameter_many.pcap": diameter_requests.many,
    "impossible_travel.pcap": travel.impossible_travel,
    "travel.pcap": travel.travel,
    "diameter_burst.pcap": diameter_requests.burst,
    "departed.pcap": travel.departed,
    "stages.pcap": travel.stages,
    "both_protocols.pcap": travel.both_protocols,
} | demo.CAPTURES
LOGS: dict[str, Callable[[], list[logs.Row]]] = {
    "sim_swap_by_the_book_dfs.jsonl": sim_swap.money_as_usual,
    "sim_swap_by_the_book_swaps.csv": sim_swap.swaps_by_the_book,
    "sim_swap_then_transfer_dfs.jsonl": sim_swap.money_after_swaps,
    "sim_swap_then_transfer_swaps.csv": sim_swap.swaps_then_money,
} | demo.LOGS
NAMES = [*CAPTURES, *LOGS]


def octets(name: str) -> bytes:
    """What the file of that name below `pcaps/` holds."""
    suffix = PurePath(name).suffix
    if name in CAPTURES:
        write = pcapng if suffix == ".pcapng" else pcap
        return write(CAPTURES[name]().frames())
    write_log = logs.as_csv if suffix == ".csv" else logs.as_json_lines
    return write_log(LOGS[name]())
