"""The table of permissions as text for the documentation; see docs/accounts.md."""

from geoapp.core.permissions import GRANTS, MEANINGS, ROLE_NAMES, Permission, PersonRole

BEGIN, END = "<!-- rights: begin -->\n", "<!-- rights: end -->\n"
"""What the table stands between."""


def permission_table() -> str:
    """A row for each permission, a column for each role, as Markdown."""
    roles: list[PersonRole | None] = [None, *PersonRole]
    heads = ["visitor", *(ROLE_NAMES[role].lower() for role in PersonRole)]
    lines = [
        f"| permission | meaning | {' | '.join(heads)} |",
        f"| --- | --- | {' | '.join([':---:'] * len(heads))} |",
    ]
    for one in Permission:
        ticks = " | ".join("yes" if one in GRANTS[role] else "" for role in roles)
        lines.append(f"| `{one}` | {MEANINGS[one]} | {ticks} |")
    return "\n".join(lines) + "\n"


def with_table(page: str) -> str:
    """A page with the table of today between its marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{permission_table()}{END}{after}"
