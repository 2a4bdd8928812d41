"""Pseudonyms for customers: keyed, so that nobody without the key can try telephone numbers out."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from qa.importing.sql import Bindings

KEY_FILE = ".customer_key"
VARIABLE = "QA_HASH_KEY"
LENGTH = 24


def hash_keys(into: Path) -> tuple[str, str]:
    """The inner and the outer key, from the environment or from the key file beside the extracts (made, readable by its owner only, when absent)."""
    secret = (os.environ.get(VARIABLE) or _kept(into / KEY_FILE)).encode()
    return tuple(hmac.new(secret, purpose, hashlib.sha256).hexdigest() for purpose in (b"inner", b"outer"))


def keyed_hash(text: str, keys: tuple[str, str], bindings: Bindings) -> str:
    """SQL for the pseudonym of a customer: a nested keyed SHA-256 of the number without blanks, dashes and the country code 86."""
    number = f"regexp_replace(regexp_replace({text}, '[ ()-]', '', 'g'), '^[+]?86(1[3-9][0-9]{{9}})$', '\\1')"
    inner, outer = (bindings.add(key) for key in keys)
    return f"left(sha256({outer} || sha256({inner} || {number})), {LENGTH})"


def _kept(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
