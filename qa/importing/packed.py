"""Files that come compressed: what is in a .gz, and the one file in a .zip.

The content goes to the folder of the run under a name of ours, whatever names the archive holds, and never more of it than the disk can take.
"""

import gzip
import shutil
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from qa.importing.errors import Refused

Content = IO[bytes] | BufferedIOBase
SUFFIXES = (".gz", ".zip")
# What a member without an ending is taken for.
PLAIN = ".csv"
CHUNK = 1 << 20
LARGEST = 16 << 30
ENCRYPTED = 1
# What systems put into archives beside the files.
HIDDEN = ("__MACOSX", ".")
BROKEN = (BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError)


def is_packed(path: Path) -> bool:
    """Whether the file's name says that it is compressed."""
    return path.suffix.lower() in SUFFIXES


def unpacked(path: Path, work: Path) -> tuple[Path, str]:
    """Where the content now is, in the folder ``work``, and what it is called in the archive. Refused, with the reason, where it is not one file.

    Its name there is that of the archive with the member's own ending, so that messages name the file that the user gave.
    """
    member, opened = (_of_gzip if path.suffix.lower() == ".gz" else _of_zip)(path)
    work.mkdir(parents=True, exist_ok=True)
    target = work / f"{path.name}{PurePosixPath(member).suffix.lower() or PLAIN}"
    with _readable(path), opened() as content, target.open("wb") as out:
        _copy(path, content, out, min(LARGEST, shutil.disk_usage(work).free // 2))
    return target, member


def _of_gzip(path: Path) -> tuple[str, Callable[[], Content]]:
    return path.stem, lambda: gzip.open(path, "rb")


def _of_zip(path: Path) -> tuple[str, Callable[[], Content]]:
    with _readable(path), ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info)]
    names = [info.filename for info in members]
    if len(members) != 1:
        zh = f"其中有 {len(names)} 个文件（{'、'.join(names[:5])}{' 等' if len(names) > 5 else ''}）" if names else "其中没有文件"
        en = f"there are {len(names)} files in it ({', '.join(names[:5])}{' ...' if len(names) > 5 else ''})" if names else "there is no file in it"
        raise Refused(f"{path.name}：{zh}，须恰好一个；请解压后逐个导入", f"{path.name}: {en}, and it has to be one; unpack it and import each file")
    if members[0].flag_bits & ENCRYPTED:
        raise Refused(f"{path.name}：压缩包有密码，请解压后导入", f"{path.name}: the archive is encrypted; unpack it and import the file")
    return names[0], lambda: ZipFile(path).open(members[0])


def _is_hidden(info: ZipInfo) -> bool:
    return PurePosixPath(info.filename).parts[0] == HIDDEN[0] or PurePosixPath(info.filename).name.startswith(HIDDEN[1])


def _copy(path: Path, content: Content, out: BinaryIO, most: int) -> None:
    """What comes out is counted, whatever the archive says of itself."""
    written = 0
    while chunk := content.read(CHUNK):
        written += len(chunk)
        if written > most:
            raise Refused(
                f"{path.name}：解压后超过 {most >> 20} MB，磁盘放不下或内容异常；请确认内容后自行解压再导入",
                f"{path.name}: it holds more than {most >> 20} MB, more than the disk can take or than is plausible; unpack it yourself and import that",
            )
        out.write(chunk)


@contextmanager
def _readable(path: Path):
    try:
        yield
    except BROKEN as problem:
        raise Refused(
            f"{path.name}：压缩文件已损坏或格式不符，无法解压；请重新取得，或解压后导入",
            f"{path.name}: the archive is damaged or of another kind and cannot be unpacked; get it again, or unpack it and import the file",
        ) from problem
