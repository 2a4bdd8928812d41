"""The fonts a PDF embeds: those the board ships, unpacked once for the typesetter, which reads no WOFF2."""

import tempfile
from functools import cache
from hashlib import blake2b
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[3] / "static" / "fonts"
# One family for the Chinese, one for the signs and letters it lacks; what neither has comes from the machine.
SANS = ("Noto Sans SC Signs", "Noto Sans CJK SC")


@cache
def font_folder() -> Path:
    """A folder with the shipped fonts as OpenType; made anew only when they change."""
    from fontTools.ttLib import woff2

    packed = sorted(SHIPPED.glob("*.woff2"))
    digest = blake2b(b"".join(path.name.encode() + path.stat().st_size.to_bytes(8, "big") for path in packed), digest_size=6).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"tingjian-fonts-{digest}"
    folder.mkdir(exist_ok=True)
    for path in packed:
        unpacked = folder / f"{path.stem}.otf"
        if not unpacked.exists():
            with tempfile.TemporaryDirectory(dir=folder) as making:
                draft = Path(making) / unpacked.name
                woff2.decompress(str(path), str(draft))
                draft.replace(unpacked)
    return folder
