"""The command `quotes`, also as `python -m quotes_cli`."""

from __future__ import annotations

import sys


def main() -> None:
    """Answer `--version` at once; all else is the command line's, which takes longer to load."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from .versions import versions

        try:
            print(versions(), flush=True)
        except OSError:  # a closed pipe, a full disk: the command line knows what to say
            pass
        else:
            return
    from .cli import main as command

    command()


if __name__ == "__main__":
    main()
