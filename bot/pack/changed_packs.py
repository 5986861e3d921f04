"""Which packs of a folder were changed since one looked last, so that a rehearsal can load them anew."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_Print = tuple[int, int, str]  # when it was written, its size, a digest of what it says


@dataclass(frozen=True)
class Look:
    """What a folder of packs looked like, and which of them differ from the look before."""

    files: Mapping[Path, _Print] = field(default_factory=dict)
    packs: frozenset[str] = frozenset()  # new, changed or gone


def changed(folder: Path, seen: Look) -> Look:
    """Return a new look at the folder; its `packs` are those whose text differs from what was seen.

    Begin with `changed(folder, Look())`, which names every pack. A file that was only touched, or saved with
    the same text, counts as unchanged. Of files that stand as they were, only time and size are read.
    """
    files: dict[Path, _Print] = {}
    for path in sorted(path for head in folder.glob("*/pack.md") for path in head.parent.glob("*.md")):
        try:
            files[path] = _print(path, seen.files.get(path))
        except OSError:  # being replaced by an editor just now: the next look will see it
            if path in seen.files:
                files[path] = seen.files[path]
    differ = {
        path.parent.name
        for path in files.keys() | seen.files.keys()
        if files.get(path, (0, 0, ""))[2] != seen.files.get(path, (0, 0, ""))[2]
    }
    return Look(files, frozenset(differ))


def _print(path: Path, before: _Print | None) -> _Print:
    state = path.stat()
    if before and before[:2] == (state.st_mtime_ns, state.st_size):
        return before
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return state.st_mtime_ns, state.st_size, digest
