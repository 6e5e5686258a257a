"""What can be told about the SQL of a layer without a database: one SELECT, and only the known parameters."""

import re
from collections.abc import Sequence

from geoapp.catalog.model import PARAMETERS
from geoapp.catalog.section import nearest

CLOCKS = ("as_of", "known_at")
"""Without them a statement would give what holds now, whatever day is asked for."""
# Literals, quoted names, dollar-quoted texts and comments: words in them are not statements.
_QUIET = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$.*?\$\1\$|--[^\n]*|/\*.*?\*/""", re.DOTALL)
# The rule by which SQLAlchemy finds bound parameters, in literals and comments as well.
_PARAMETER = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
_FIRST_WORD = re.compile(r"\s*\(*\s*(\w+)")
_WRITES = re.compile(
    r"\b(insert|update|delete|merge|truncate|create|drop|alter|grant|revoke|copy|call|into|vacuum|lock)\b",
    re.IGNORECASE,
)


def parameters_of(sql: str) -> frozenset[str]:
    """Names of the bound parameters in a statement."""
    return frozenset(_PARAMETER.findall(sql))


def find_faults(sql: str, *, clocks: Sequence[str] = CLOCKS, known: Sequence[str] = PARAMETERS) -> list[str]:
    """What is wrong with the SQL of a layer, as "expected ..., found ...".

    Args: clocks - parameters that it must ask by; known - parameters.
    """
    code = _QUIET.sub(" ", sql)
    faults = []
    first = _FIRST_WORD.match(code)
    word = first.group(1) if first else "nothing"
    if word.lower() not in {"select", "with"}:
        faults.append(f"expected a SELECT or WITH statement, found {word}")
    if ";" in code:
        faults.append("expected one statement without a semicolon, found ';'")
    faults += [f"expected a statement that only reads, found {word.upper()}" for word in _WRITES.findall(code)]
    used = parameters_of(sql)
    for name in sorted(used - set(known)):
        near = nearest(name, known)
        faults.append(f"expected only known parameters ({near}), found ':{name}'; a plain colon is written '\\:'")
    faults += [
        f'expected the parameter :{name} (or refresh = "never"), found none' for name in clocks if name not in used
    ]
    return faults
