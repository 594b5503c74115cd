"""What network.toml lets pass: accepted sources with reason and expiry, and test SIMs."""

from datetime import date

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigaudit.network_values import Domain, Imsi, Number, Table, Text


class Accept(Table):
    """Findings that are known and agreed to: they are kept, at severity info, with the reason.

    What an entry names must all match: at least what is done, and by whom or to whom.
    """

    reason: Text
    until: date
    detector: Text | None = None
    operation: int | None = None
    command: int | None = None
    global_title: Number | None = None
    realm: Domain | None = None
    host: Domain | None = None
    agent: Text | None = None
    imsi: Imsi | None = None
    msisdn: Number | None = None

    @model_validator(mode="after")
    def _says_what_and_who(self) -> "Accept":
        if self.detector is None and self.operation is None and self.command is None:
            raise PydanticCustomError("empty", "expected detector, operation or command")
        who = (self.global_title, self.realm, self.host, self.agent, self.imsi, self.msisdn)
        if not any(who):
            raise PydanticCustomError(
                "empty", "expected global_title, realm, host, agent, imsi or msisdn"
            )
        return self


class TestSims(Table):
    """SIMs of the operator's own tests; what is done to them is told at severity info."""

    __test__ = False  # for pytest: no class of tests

    imsis: list[Imsi] = Field(default=[])
    msisdns: list[Number] = Field(default=[])
