"""The words of the field view; places are ``{name}``."""

from flask_babel import gettext as _

from geoapp.errors import N_
from geoapp.services.field_reports import FlagReason

REASON_WORDS: dict[FlagReason, str] = {
    FlagReason.UNUSED: N_("Sign of land not put to use"),
    FlagReason.STOPPED: N_("Sign of works slow or stopped"),
    FlagReason.OTHER_USE: N_("Sign of use for another purpose"),
    FlagReason.ENCROACHED: N_("Sign of encroachment or occupation"),
    FlagReason.DUMPING: N_("Sign of dumping or pollution"),
    FlagReason.OTHER: N_("Another reason (describe it)"),
}


def field_words() -> dict[str, str]:
    """Words by key for the scripts of the field view, in the language of the request."""
    return {
        "online": _("Online"),
        "offline": _("Offline: what you enter is kept on this device"),
        "signin": _("Sign in again to send. The drafts stay on this device."),
        "signinLink": _("Sign in"),
        "insecure": _("This page can keep drafts only over https. Ask the administrator for the secure address."),
        "draft": _("draft"),
        "queued": _("waits to be sent"),
        "sending": _("sending {arrived}/{count} photos"),
        "sent": _("sent"),
        "refused": _("refused"),
        "away": _("The network is away. It goes on by itself when it is back."),
        "busy": _("The server could not take it just now. It is tried again by itself."),
        "other": _("This draft belongs to another account; only that one can send it."),
        "untitled": _("No plot yet"),
        "addition": _("photos for case {number}"),
        "drawing": _("drawing"),
        "point": _("point"),
        "plots": _("plots {codes}"),
        "photoCount": _("{count} photos"),
        "edit": _("Open"),
        "send": _("Send"),
        "sendAll": _("Send all ({count})"),
        "remove": _("Delete"),
        "removeAsk": _("Delete this draft and its {count} photos from this device? They were not sent."),
        "sentRemove": _("Take off the list"),
        "none": _("No draft yet. Press “New flag” when you stand before the land."),
        "receiptTold": _("Receipt {sha}: {count} photos, {size}, arrived on {at}."),
        "receiptCase": _("Case {number}"),
        "receiptHashes": _("Hashes of the photos (SHA-256)"),
        "others": _("{count} drafts of another account lie on this device."),
        "notKept": _("{park}: not on this device yet"),
        "kept": _("{park}: on this device, {count} plots, as of {day}"),
        "parkFailed": _("The park could not be loaded. Try again when there is a network."),
        "pickPark": _("Choose a park"),
        "pickHint": _("Touch plots to pick them, or draw what is meant."),
        "areaHint": _("Touch the corners one after the other."),
        "pointHint": _("Touch the place."),
        "unfinished": _("The drawing is not finished. Finish it, or go back to picking plots."),
        "few": _("At least three corners are needed."),
        "crosses": _("The sides cross each other: the drawing has no area. Take the last corner back."),
        "outside": _("The drawing lies outside the outline of the park."),
        "picked": _("Picked: {what}"),
        "nothing": _("nothing yet"),
        "area": _("drawn area {area}"),
        "hereFailed": _("The device does not tell its position. Allow it in the settings of the browser."),
        "here": _("You are here, within {accuracy} m."),
        "photoTooLarge": _("“{name}” is larger than {most} MB. Take it in a lower quality."),
        "photoHeic": _(
            "“{name}” is a HEIC picture, which cannot be read here. On an iPhone choose Settings, Camera, Formats, Most"
            " Compatible, and take it again."
        ),
        "photoOther": _("“{name}” is not a photo. Choose a JPEG, PNG or WebP picture."),
        "photoBroken": _("“{name}” is damaged and cannot be opened. Take it again."),
        "photoTwice": _("“{name}” is in this draft already."),
        "photoMost": _("A report takes at most {most} photos. Send the others in a second one."),
        "photoKept": _("kept on this device"),
        "photoSent": _("arrived"),
        "photoRemove": _("Remove photo {name}"),
        "full": _("The device has no room left. Send what waits, then try again."),
        "needsPlace": _("Pick at least one plot, or draw on the map what is meant."),
        "needsReason": _("Choose a reason."),
        "needsCase": _("Say the number of the case; it stands on its page and in the work list."),
        "needsPhoto": _("Add at least one photo."),
        "needsNote": _("Describe in a sentence what you saw."),
        "needsDay": _("The day of the visit has not come yet. Choose today or an earlier day."),
        "saved": _("Kept on this device at {time}"),
        "leaveUnsent": _("{count} drafts on this device have not been sent. Sign out all the same? They stay here."),
    }
