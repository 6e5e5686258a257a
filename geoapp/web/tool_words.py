"""Words of the tools on the map, in the language of the request."""

from flask_babel import gettext as _


def tool_words() -> dict[str, str]:
    """Words by key; places are ``{name}``."""
    return {**_toolbar(), **_measuring(), **_places(), **_legend(), **_link(), **_print()}


def _toolbar() -> dict[str, str]:
    return {
        "tools": _("Tools"),
        "toolLength": _("Measure length"),
        "toolArea": _("Measure area"),
        "toolCoordinates": _("Coordinates"),
        "toolCoordinatesTitle": _("Coordinates in WGS 84 and VN-2000"),
        "toolOverview": _("Overview"),
        "toolOverviewTitle": _("Overview map"),
        "toolLocate": _("My place"),
        "toolLocateTitle": _("Show where I am"),
        "toolLink": _("Copy link"),
        "toolLinkTitle": _("Copy the address of exactly this view"),
        "toolPrint": _("Print"),
        "toolPrintTitle": _("Print this map"),
        "toolExport": _("Export"),
        "toolExportTitle": _("Export this map as PDF, picture or file, at a true scale"),
        "close": _("Close"),
        "toolFailed": _("The tool could not be loaded. Look at the connection and try again."),
    }


def _measuring() -> dict[str, str]:
    return {
        "measureHint": _("Click to add points. Double click or Enter: end. Backspace: undo. Esc: cancel."),
        "measureTouch": _("Tap to add points, or move the map and add the point under the cross."),
        "measureAdd": _("Add point"),
        "measureAddTitle": _("Add the point in the middle of the map"),
        "measureUndo": _("Undo point"),
        "measureEnd": _("Done"),
        "measureClear": _("Clear"),
        "measureLength": _("Measured length"),
        "measureArea": _("Measured area"),
        "measurePerimeter": _("Perimeter"),
        "measureLast": _("Last stretch"),
        "measureCrosses": _("The sides cross each other: such an outline has no area."),
    }


def _places() -> dict[str, str]:
    return {
        "underPointer": _("Under the pointer"),
        "atCentre": _("Middle of the map"),
        "pinned": _("Pinned place"),
        "unpin": _("Unpin"),
        "pinHint": _("Right click or long press pins a place. Click a line to copy it."),
        "coordinateForms": _("Form and zone"),
        "degreesForm": _("Form of degrees"),
        "decimalDegrees": _("decimal degrees"),
        "degreesMinutes": _("degrees, minutes, seconds"),
        "latLon": _("{lat} N, {lon} E"),
        "vnZone": _("Central meridian of VN-2000"),
        "vnPlace": _("E {e}, N {n} m"),
        "vnProvinces": _("{meridian} ({provinces})"),
        "vnAccuracy": _("VN-2000 from WGS 84: good to about 1 m"),
        "copied": _("Copied: {text}"),
        "copyFailed": _("The browser did not allow copying. Select the text and copy it yourself:"),
        "located": _("You are within {distance} of this point."),
        "locating": _("Looking for your place…"),
        "locateRefused": _(
            "The browser was not allowed to tell your place. Allow it in the settings of this site, then try again."
        ),
        "locateUnknown": _("Your place could not be found. Turn on the location of the device, then try again."),
        "locateInsecure": _("Browsers tell a place only over a secure connection (https). Ask who runs this site."),
        "locateOutside": _("You are outside of the area of this map."),
        "overviewHint": _("Overview: drag the frame, or move it with the arrow keys"),
    }


def _legend() -> dict[str, str]:
    return {
        "hiddenCount": _("{count} hidden"),
        "hiddenClasses": _("Hidden classes: {count} ({objects} objects)"),
        "showAll": _("Show all"),
        "hideClass": _("Click a class to hide or show it"),
        "opacity": _("Opacity"),
        "baseMaps": _("Online base map"),
        "baseNone": _("none"),
        "baseFrom": _("Loaded from {host} over the internet"),
        "baseFailed": _("The base map could not be loaded from {host}."),
    }


def _link() -> dict[str, str]:
    return {
        "linkCopied": _("The address of this view is copied."),
        "linkField": _("Address of this view"),
        "linkFaults": _("Part of the link cannot be used and was left out: {faults}."),
        "linkPlace": _("place “{found}”"),
        "linkLayer": _("layer “{found}”"),
        "linkClass": _("class “{found}”"),
        "linkOpacity": _("opacity “{found}”"),
        "linkBase": _("base map “{found}”"),
    }


def _print() -> dict[str, str]:
    return {
        "printLegend": _("Legend"),
        "printDate": _("Data to {date}"),
        "printKnown": _("as known on {date}"),
        "printSources": _("Sources"),
        "printMore": _("and {count} more"),
        "printAddress": _("Address of this view"),
        "printMade": _("Printed on {date}"),
        "printNoLayers": _("No layer is on."),
        "printMissing": _(
            "Part of the map had not been drawn when this was printed. Use the button “Print” of the map."
        ),
        "printDemo": _("DEMONSTRATION DATA – not official figures"),
    }
