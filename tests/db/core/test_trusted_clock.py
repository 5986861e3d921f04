"""How late it surely is: Telegram's dates and the nights lived through hold a clock that runs ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.core.trusted_clock import NIGHT, TrustedClock
from db.store import Store
from tests.db.classroom import command
from tests.db.conftest import KEY, NOON

DAY, FOUR_YEARS = timedelta(days=1), timedelta(days=4 * 365)


@dataclass
class House:
    """A store on a computer whose clock is wrong by `off`."""

    store: Store
    true: datetime
    off: timedelta = timedelta()
    updates: int = 0

    def clock(self) -> datetime:
        return self.true + self.off

    def hears(self) -> None:
        """Let Telegram bring an update, dated by Telegram's own clock."""
        self.updates += 1
        self.store.journal.receive([command(self.updates, sent=int(self.true.timestamp()))])

    def night(self) -> datetime:
        self.true += DAY
        return TrustedClock(self.store).earliest(self.clock())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(Store.open(tmp_path / "wendu.db", key=KEY), NOON)
    made.store.clock = made.clock
    made.hears()
    made.night()
    yield made
    made.store.close()


def test_a_right_clock_is_believed_whether_telegram_is_silent_or_not(house: House) -> None:
    for number in range(200):
        if number % 10 == 0:
            house.hears()
        assert house.night() == house.true


def test_a_right_clock_is_believed_through_a_silent_summer(house: House) -> None:
    assert [house.night() - house.true for _ in range(120)] == [timedelta()] * 120


def test_a_clock_that_jumps_ahead_in_silence_counts_as_a_night(house: House) -> None:
    before = house.true
    house.off = FOUR_YEARS
    assert house.night() == before + NIGHT
    house.off = timedelta()
    assert house.night() == house.true, "and once it is put right, it is believed"


def test_a_clock_that_is_ahead_is_corrected_by_the_dates_of_telegram(house: House) -> None:
    house.off = FOUR_YEARS
    for _ in range(100):
        house.hears()
        assert house.night() <= house.true


def test_once_put_right_a_clock_is_believed_though_nothing_came_since(house: House) -> None:
    house.off = FOUR_YEARS
    house.hears()
    house.night()
    house.off = timedelta()
    assert house.night() == house.true


def test_after_months_asleep_the_first_update_says_how_late_it_is(house: House) -> None:
    house.true += timedelta(days=90)
    assert house.night() < house.true - timedelta(days=80)
    house.hears()
    assert house.night() == house.true


def test_a_date_to_come_says_nothing(house: House) -> None:
    house.store.journal.receive([command(99, sent=2**32 - 1)])
    assert house.night() == house.true


def test_a_house_that_was_never_written_to_has_only_its_clock(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "new.db", key=KEY, clock=lambda: NOON)
    assert TrustedClock(store).earliest(NOON) == NOON
    store.close()
