"""Pseudonyms for customers: keyed, so that nobody without the key can try telephone numbers out."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from qa.extracts import sync
from qa.importing.sql import Bindings

KEY_FILE = ".customer_key"
VARIABLE = "QA_HASH_KEY"
LENGTH, KEY_LENGTH = 24, 32


def hash_key(into: Path) -> str:
    """The key, from the environment or from the key file beside the extracts (made, readable by its owner only, when absent)."""
    secret = os.environ.get(VARIABLE) or _kept(into / KEY_FILE)
    return hmac.new(secret.encode(), b"customer", hashlib.sha256).hexdigest()[:KEY_LENGTH]


def keyed_hash(number: str, key: str, bindings: Bindings) -> str:
    """SQL for the pseudonym of a customer: SHA-256 of key and number, of which 96 bits are kept.

    What is cut off keeps anybody from lengthening a number whose pseudonym he knows; key and number together fit one block.
    """
    return f"left(sha256({bindings.add(key)} || {number}), {LENGTH})"


def bare_number(text: str) -> str:
    """SQL: the number without blanks, dashes and, before a mobile number, the country code 86."""
    return f"regexp_replace(regexp_replace({text}, '[ ()-]', '', 'g'), '^[+]?86(1[3-9][0-9]{{9}})$', '\\1')"


def _kept(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    sync(draft)
    os.replace(draft, path)
    return path.read_text(encoding="ascii").strip()
