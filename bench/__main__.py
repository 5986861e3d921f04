"""`python -m bench` runs every benchmark of this folder; `python -m bench answering` only those named."""

import sys
from importlib import import_module
from pathlib import Path


def run(names: list[str]) -> None:
    here = Path(__file__).parent
    every = sorted(path.stem for path in here.glob("*.py") if not path.stem.startswith("_"))
    unknown = set(names) - set(every)
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(every)}")
    for name in names or every:
        module = import_module(f"bench.{name}")
        if hasattr(module, "main"):
            print(f"\n== {name} ==", flush=True)
            module.main()


if __name__ == "__main__":
    run(sys.argv[1:])
