"""The command line: the same verbs as the web, for operators and timers."""

import importlib
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from geoapp.errors import GeoAppError, StoreUnavailable
from geoapp.resources import working_dir

# Command -> module, and what it is for. A command is imported when it is called, so that --help is quick and works
# whatever else is broken.
_COMMANDS = {
    "serve": ("geoapp.cli.serve", "Start the database, bring it up to date, and serve the maps."),
    "worker": ("geoapp.cli.worker", "Do long work out of the queue: exports, map sheets, reports."),
    "db": ("geoapp.cli.db", "Start, stop, migrate, back up and restore the database."),
    "load": ("geoapp.cli.load", "Bring data in, from a folder of documented tables."),
    "layers": ("geoapp.cli.layers", "Check the declarations of map layers, list them, add one."),
    "imagery": ("geoapp.cli.imagery", "Register pictures from space or from the air, list, check, take off."),
    "tiles": ("geoapp.cli.tiles", "Make vector tiles ready before anybody asks for them."),
    "people": ("geoapp.cli.people", "Accounts: add people, list, change rights, give a new password, disable."),
    "cases": ("geoapp.cli.cases", "Land cases: open proposals as of a day, prove the chain of events."),
    "clock": ("geoapp.cli.clock", "The legal clock of land use: evaluate files of projects."),
    "dossier": ("geoapp.cli.dossier", "Verify the dossier of a case: a PDF, a DOCX, or the hash on paper."),
    "report": ("geoapp.cli.report", "Reports of a period: make, list, files, prove the chain, make again and compare."),
    "snapshot": ("geoapp.cli.snapshot", "Maps as files: PDF, PNG, SVG, HTML; the atlas of all parks."),
    "export": ("geoapp.cli.export", "Write a layer to a file: GeoJSON, GeoPackage or CSV."),
}
_ENDINGS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class _Commands(click.Group):
    """Commands by name, imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        with _undisturbed():
            command = getattr(importlib.import_module(module), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{cmd_name} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="geoapp")
def commands() -> None:
    """The working map of a board of economic zones and industrial parks."""


def main() -> None:
    """Run a command. An error is a sentence on stderr and exit code 1; a traceback goes to a log file only."""
    # Ended from outside (systemd, kill, a closed terminal) is ended in order: what was started is stopped.
    for number in _ENDINGS - {signal.SIGINT}:
        # nohup ignores a closed terminal, and so do we then.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        # Whoever started us may have held it back until here, where it is answered in order.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except GeoAppError as error:
        click.echo(_tell(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror or error}.", err=True)
        _write_traceback()
        sys.exit(1)
    except Exception:  # noqa: BLE001 - the edge: whatever it is, no traceback reaches a person
        log = _write_traceback()
        click.echo(f"Something unexpected went wrong.{f' The details are in {log}.' if log else ''}", err=True)
        sys.exit(1)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait: some libraries swallow what reaches them in the midst of their import."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tell(error: GeoAppError) -> str:
    """The message; where the database is away with the driver's reason, which is the operator's business only."""
    reason = getattr(error.__cause__, "orig", error.__cause__)
    if not isinstance(error, StoreUnavailable) or getattr(reason, "pgcode", None) or not str(reason or "").strip():
        return str(error)
    first = str(reason).strip().splitlines()[0].rstrip(".")
    return f"The database cannot be reached: {first}. Check that it runs, and DATABASE_URL where that is set."


def _end(number: int, _: object) -> None:
    sys.exit(128 + number)


def _write_traceback() -> Path | None:
    """The log file that tells what happened; None where it cannot be written."""
    log = working_dir(Path(os.environ.get("GEOAPP_VAR_DIR") or "var")) / "geoapp.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("geoapp.cli")
    logger.addHandler(handler)
    logger.propagate = False
    logger.exception("command failed: %s", " ".join(sys.argv[1:]))
    logger.removeHandler(handler)
    handler.close()
    return log
