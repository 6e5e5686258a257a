"""Words that scripts show, in the language of the request."""

from flask_babel import gettext as _

from geoapp.web.tool_words import tool_words


def script_words() -> dict[str, str]:
    """Words by key, as ``words`` of a page's options; places are ``{name}``."""
    return {
        "approximate": _("approximate outline, not surveyed"),
        "approximatePlace": _("approximate place, not surveyed"),
        "apart": _("Drawn beside its place, where {count} objects are published at the same point."),
        "attribution": _("Land and coast: © OpenStreetMap contributors (ODbL 1.0)"),
        "dashed": _("dashed: approximate outline, not surveyed"),
        "dashedPlace": _("dashed: approximate place, not surveyed"),
        "cell": _("{count} objects"),
        "cellMostly": _("mostly: {label}"),
        "cells": _(
            "Too many objects for one tile: shown as squares, each in the colour of its most frequent class."
            " Zoom in to see the objects"
        ),
        "crowded": _(
            "Where there are too many objects for one tile, they are shown one level coarser. Zoom in to see all"
        ),
        "date": _("Figure of"),
        **place_words(),
        "demoShown": _("Holds demonstration data, not official figures"),
        "dayFailed": _("The figures of this day could not be loaded."),
        "failedAll": _("The layers could not be loaded."),
        "failed": _("The layer “{layer}” could not be loaded."),
        "filter": _("Filter"),
        "filtered": _("{kept} of {all} parks are shown."),
        "fullscreen": _("Full screen"),
        "fullscreenLeave": _("Leave full screen"),
        "home": _("Whole area"),
        "imagery": _("Imagery"),
        "imageryFailed": _("The picture could not be loaded."),
        "imageryNone": _("No picture had been taken by this day."),
        "imageryOf": _("Image of {date}"),
        "imageryOff": _("No picture"),
        "imageryOpacity": _("Opacity"),
        "imageryPixel": _("pixels of {size} m"),
        "imagerySource": _("Source: {source}"),
        "lastKnown": _("last: {value}, {date}"),
        "loading": _("loading…"),
        "restFailed": _("The rest could not be loaded. Click once more to try again."),
        "more": _("and {count} more"),
        "no": _("no"),
        "noData": _("no data"),
        "noFeatures": _("nothing to show on this day"),
        "noMatch": _("No park is called “{text}”."),
        "notInTheme": _("not in this theme"),
        "openPark": _("Open the page of the park"),
        "openPlot": _("Open the page of the plot"),
        "openProject": _("Open the page of the project"),
        "place": _("Place asked for"),
        "play": _("Play"),
        "showAll": _("Show all"),
        "source": _("Source"),
        "stop": _("Stop"),
        "quality": _("Quality"),
        "things": _("{count} plots, {area} ha"),
        "tooFar": _("shown from closer up: zoom in"),
        "tooNear": _("shown from farther away: zoom out"),
        "waiting": _("The database is away; the layer comes back by itself."),
        "withoutPlace": _("{count} without a published place"),
        "yes": _("yes"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        **tool_words(),
    }


def place_words() -> dict[str, str]:
    """Words of charts, tables and figure cards, with a map or without."""
    return {
        "close": _("Close"),
        "figurePage": _("as a page of its own"),
        "partFailed": _("This part could not be loaded."),
        "retry": _("Try again"),
    }
