"""Write files so that a stopped export leaves nothing under the name asked for."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotetrack.errors import UsageError

_FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@contextmanager
def replacing(target: Path, folder: bool = False) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it gets the name of ``target`` when the block ends without an error.

    An existing file is replaced. With ``folder``, the yielded path is an empty folder, and ``target`` must not exist or be an
    empty folder. Raises ``UsageError`` if ``target`` cannot be written.
    """
    target = target.resolve()
    if target.is_dir() and (not folder or any(target.iterdir())):
        wanted = "a new or empty folder" if folder else "the name of a file"
        raise UsageError(f"{target} is a folder{' that is not empty' if folder else ''}; choose {wanted}.")
    if target.exists() and not target.is_dir() and (folder or not target.is_file()):
        raise UsageError(f"{target} is not {'a folder' if folder else 'a regular file'}; choose another name.")
    partial = beside(target, "part")
    try:
        if folder:
            partial.mkdir()
        yield partial
        partial.replace(target)
    except OSError as error:
        raise UsageError(f"Cannot write {target}: {error.strerror or error}.") from error
    finally:
        if partial.is_dir():
            shutil.rmtree(partial, ignore_errors=True)
        else:
            partial.unlink(missing_ok=True)


def beside(target: Path, suffix: str) -> Path:
    """Return a hidden name in the same folder that no other process uses."""
    return target.with_name(f".{target.name}.{os.getpid()}.{suffix}")


def fix_zip_times(path: Path) -> None:
    """Rewrite a ZIP file with its entries sorted and dated 1980-01-01, so that equal contents give equal bytes."""
    copy = beside(path, "zip")
    try:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
            # The content types come first, as the packaging convention recommends and some readers expect.
            for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
                entry = zipfile.ZipInfo(name, _FIRST_ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                new.writestr(entry, old.read(name))
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
