"""Builds in object storage: taken from there by boards, put there by whoever builds."""

from pathlib import Path

from pydantic import ValidationError

from qa.bucket import Bucket, is_old
from qa.build.manifest import FOLDER, POINTER, Manifest, current_manifest, publish, rollup_folder


def take_build(bucket: Bucket, data: Path) -> Manifest | None:
    """Put the bucket's build in force here, when it is newer than the one that is; None when there is nothing to do.

    Only for who holds the lock of the build.
    """
    manifest = _in_force(bucket)
    here = current_manifest(data)
    if manifest is None or (here and here.built_at >= manifest.built_at):
        return None
    folder = rollup_folder(data)
    names = [name for files in manifest.files.values() for name in files]
    bucket.download({f"{FOLDER}/{name}": folder / name for name in names if not (folder / name).exists()})
    publish(data, manifest)
    return manifest


def _in_force(bucket: Bucket) -> Manifest | None:
    pointer = bucket.read(f"{FOLDER}/{POINTER}")
    content = pointer and bucket.read(f"{FOLDER}/builds/{pointer.decode().strip()}.json")
    try:
        return Manifest.model_validate_json(content) if content else None
    except ValidationError:
        # Of another version, which has boards of its own.
        return None


def put_build(bucket: Bucket, data: Path, manifest: Manifest) -> None:
    """Put a build into the bucket and in force there; what no build here has any more goes a day later."""
    folder, there = rollup_folder(data), bucket.objects(FOLDER)
    names = [name for files in manifest.files.values() for name in files]
    bucket.upload({folder / name: f"{FOLDER}/{name}" for name in names if f"{FOLDER}/{name}" not in there})
    bucket.write(f"{FOLDER}/builds/{manifest.id}.json", manifest.model_dump_json(indent=1).encode())
    bucket.write(f"{FOLDER}/{POINTER}", manifest.id.encode())
    bucket.remove(key for key, mark in there.items() if is_old(mark) and not (data / key).exists())
