"""What of a report those may read who read no cases: all but annexes that name land with signs of slow use."""

from collections.abc import Iterator
from dataclasses import replace

from geoapp.core.report_model import Annex, Content, Section, TableAt

# Tables whose rows are for those who read cases: a figure made of them names land and the sign on it.
CASE_KINDS = frozenset({"case", "land_unit"})


def open_part(content: Content) -> Content:
    """The report without its closed annexes, and without the tables and figures that stand nowhere else."""
    annexes = tuple(annex for annex in content.annexes if not is_closed(content, annex))
    if annexes == content.annexes:
        return content
    parts: tuple[Section | Annex, ...] = (*content.sections, *annexes)
    kept = {key for part in parts for key in _tables(part)}
    gone = [table for table in content.tables if table.key not in kept]
    tables = tuple(table for table in content.tables if table.key in kept)
    lost = {cell.ref for table in gone for row in table.rows for cell in row.cells}
    lost -= {cell.ref for table in tables for row in table.rows for cell in row.cells}
    figures = tuple(figure for figure in content.figures if figure.ref not in lost)
    return replace(content, annexes=annexes, tables=tables, figures=figures)


def is_closed(content: Content, annex: Annex) -> bool:
    """Whether an annex has a figure that is made of a case, or of the land file of a project."""
    refs = {
        cell.ref for key in _tables(annex) for row in content.table(key).rows for cell in row.cells if cell.ref
    }  # fmt: skip
    return any(row.kind in CASE_KINDS for ref in refs for row in content.figure(ref).rows)


def _tables(part: Section | Annex) -> Iterator[str]:
    return (block.key for block in part.blocks if isinstance(block, TableAt))
