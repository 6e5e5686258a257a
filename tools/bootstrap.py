"""Set up what is missing, then run, test, check, measure or build: `bootstrap.py run|test|check|bench|assets|wheel`.

Needs nothing but Python itself; only this file has to be readable by an old one, to say so.
"""

import os
import sys

OLDEST = (3, 11)


def leave_old_python():  # type: ignore[no-untyped-def]  # an old Python must be able to read this
    """Go on with a newer Python of this machine, or say that there is none."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for minor in (14, 13, 12, 11):
            newer = os.path.join(folder, "python3.%d" % minor)  # noqa: PTH118
            if os.access(newer, os.X_OK):
                os.execv(newer, [newer] + sys.argv)  # noqa: RUF005
    sys.exit(
        "Python 3.11 or newer is needed, this is %d.%d. Install it, or name one: make PYTHON=/path/to/python3.12 run"
        % sys.version_info[:2]
    )


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        leave_old_python()  # type: ignore[no-untyped-call]
    # Python puts the folder of this file first; the project's own folder is wanted there.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    try:
        from tools.targets import start

        sys.exit(start(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
