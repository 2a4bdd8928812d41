"""A single record in a link: its moment and its id, so that who looks it up reads the files of its month only."""

from datetime import datetime

from qa.keys import SEPARATOR

# Those an import takes for dates.
YEARS = range(1900, 2200)


def record_key(at: datetime, record_id: str) -> str:
    """The record as rows and links carry it: "<moment> <id>"."""
    return f"{at.isoformat()} {record_id}"


def record_of(key: str) -> tuple[datetime, str] | None:
    """Moment and id of a key; None where it is none. What follows a separator only tells rows of one table apart."""
    moment, _space, record_id = key.partition(SEPARATOR)[0].partition(" ")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at.replace(tzinfo=None), record_id) if record_id and at.year in YEARS else None
