"""A bound on slow requests: pages and data never take all threads of a worker, so tiles and health keep flowing."""

import threading

from flask import Flask, g, request

from geoapp.errors import N_, Busy

EXEMPT = frozenset(
    {"static", "tiles.tile", "imagery.tile", "health.alive", "health.ready", "pages.icon", "watching.figures"}
)
"""Endpoints that are quick by themselves, or have connections of their own.

Tiles come by the dozen at once and are done in some hundredths of a second. Those of scenes are among them: counted as
slow they would turn pages away, and a refused picture leaves a hole in the map.
"""


def use_bulkhead(app: Flask, slots: int) -> None:
    """At most so many of all other requests at a time; one more is told to come again.

    Args: slots - fewer than the threads of a worker.
    """
    free = threading.BoundedSemaphore(slots)

    def enter() -> None:
        if request.endpoint in EXEMPT:
            return
        # Nobody waits here: who waits holds a thread.
        if not free.acquire(blocking=False):
            raise Busy(N_("The server is busy with other requests. Try again in a moment."))
        g.slot = free

    def leave(_: BaseException | None) -> None:
        slot = g.pop("slot", None)
        if slot is not None:
            slot.release()

    app.before_request(enter)
    app.teardown_request(leave)


def slots_of(threads: int) -> int:
    """How many of the threads of a worker slow requests may take: three quarters, but for the only one."""
    return max(threads - max(threads // 4, 1), 1)
