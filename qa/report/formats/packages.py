"""Office files are zip archives: written anew with fixed times, so that the same content gives the same bytes."""

import zipfile
from datetime import datetime
from io import BytesIO


def with_fixed_times(package: bytes, made_at: datetime) -> bytes:
    """The same archive with every entry dated ``made_at``."""
    moment = made_at.timetuple()[:6]
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
