"""The workbook of monthly figures for the pages: made and read by the room of documents."""

from geoapp.reports.figure_workbook import (
    CONVENTION_CELL,
    MONTH_CELL,
    FigureBook,
    ReadBook,
    WorkbookRow,
    read_book,
    write_book,
)

__all__ = ["CONVENTION_CELL", "MONTH_CELL", "FigureBook", "ReadBook", "WorkbookRow", "read_book", "write_book"]
