"""The command `quotes`, also as `python -m quotes_cli`."""

from __future__ import annotations

import sys

from .process import ended, prepare


def main() -> None:
    """Answer `--version` at once; all else is the command line's, which takes longer to load."""
    prepare()  # before anything is imported that takes time: Ctrl-C may come at any moment
    if sys.argv[1:] == ["--version"]:
        from .app.versions import versions

        try:
            print(versions(), flush=True)
        except OSError:  # a closed pipe, a full disk: the command line knows what to say
            pass
        else:
            ended()
            return
    from .app.cli import main as command

    command()


if __name__ == "__main__":
    main()
