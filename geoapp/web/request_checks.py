"""What is refused before any view is asked: an address that is too long, and a parameter that is given twice."""

from flask import Flask, abort, request

from geoapp.errors import N_, InvalidRequest

MOST_QUERY_BYTES = 4_000
"""No link of ours comes near; gunicorn itself takes 4,094 bytes of a whole line."""
# Boxes of a form come one by one.
_REPEATED = {("compare", "parks"), ("sheets", "layers")}
_SHOWN = 40


def use_request_checks(app: Flask) -> None:
    """Refuse what no view could make sense of."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint == "static":
        return
    if len(request.query_string) > MOST_QUERY_BYTES:
        abort(414)
    for name, values in request.args.lists():
        # Nobody can tell which of two is meant.
        if len(values) > 1 and (request.blueprint, name) not in _REPEATED:
            raise InvalidRequest(
                N_("%(parameter)s: expected once, found %(found)s times."),
                parameter=name[:_SHOWN],
                found=len(values),
            )
