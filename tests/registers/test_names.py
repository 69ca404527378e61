from guongsang.registers.describe import RECORDS
from guongsang.registers.schemas import RECORD_NAMES


def test_every_record_that_can_be_described_has_its_name_listed():
    assert tuple(RECORDS) == RECORD_NAMES
