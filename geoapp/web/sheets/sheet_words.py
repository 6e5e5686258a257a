"""What the choices of the dialog are called."""

from geoapp.errors import N_
from geoapp.kinds import AccessClass
from geoapp.services.snapshot.request import Orientation, SheetFile

FILE_TITLES: dict[SheetFile, str] = {
    SheetFile.PDF: N_("PDF, for printing and sending"),
    SheetFile.PNG: N_("PNG, a picture"),
    SheetFile.SVG: N_("SVG, for drawing programs"),
    SheetFile.ZIP: N_("ZIP: PNG with world file, for GIS"),
}
ORIENTATION_TITLES: dict[Orientation, str] = {
    Orientation.LANDSCAPE: N_("landscape"),
    Orientation.PORTRAIT: N_("portrait"),
}
DPI_TITLES: dict[int, str] = {
    96: N_("96 dpi, screen"),
    150: N_("150 dpi, draft"),
    200: N_("200 dpi, in a document"),
    300: N_("300 dpi, print"),
    600: N_("600 dpi, fine print"),
}
ACCESS_TITLES: dict[AccessClass, str] = {
    AccessClass.PUBLIC: N_("all public layers"),
    AccessClass.INTERNAL: N_("also internal layers"),
    AccessClass.RESTRICTED: N_("also restricted layers"),
}
