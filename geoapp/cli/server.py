"""The database that a command works on: the server that DATABASE_URL names, or the private cluster."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from geoapp.errors import ConfigError, StoreUnavailable
from geoapp.resources import working_dir
from geoapp.settings import Settings
from geoapp.store.cluster import PrivateCluster
from geoapp.store.cluster_host import choose_directory, disk_full, disk_is_full
from geoapp.store.engine import sqlalchemy_url

_LOOK_SECONDS = 2


def private_cluster(settings: Settings) -> PrivateCluster:
    """The private cluster of these settings, not started."""
    directory = settings.cluster_dir or choose_directory(working_dir(settings.var_dir), tell)
    return PrivateCluster(directory, report=tell)


@contextmanager
def database(settings: Settings, *, keep: bool = False) -> Iterator[str]:
    """The address of the database. The private cluster runs at least as long as this lasts.

    Args: keep - bring the private cluster back where it dies meanwhile.
    Raises: ConfigError - the private cluster cannot be started, or its disk ran full.
    """
    if settings.database_url:
        yield sqlalchemy_url(settings.database_url)
        return
    cluster = private_cluster(settings)
    ended = threading.Event()
    keeper = threading.Thread(target=_keep, args=(cluster, ended), daemon=True)
    try:
        url = cluster.start()
        if keep:
            keeper.start()
        yield url
    except StoreUnavailable as error:
        # A server whose disk is full breaks off; the disk is what must be told.
        if disk_is_full(cluster.data):
            raise disk_full(cluster.data) from error
        raise
    finally:
        ended.set()
        cluster.stop()


def _keep(cluster: PrivateCluster, ended: threading.Event) -> None:
    while not ended.wait(_LOOK_SECONDS):
        try:
            if cluster.revive():
                tell("the database server had died; it is back")
        except ConfigError as error:
            tell(f"the database server died and does not come back: {error}")
            ended.wait(10 * _LOOK_SECONDS)


def tell(line: str) -> None:
    """A line of progress."""
    click.echo(f"      {line}", err=True)
