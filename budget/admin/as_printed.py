"""Tables that are kept as printed, in the back office: flat, so that two versions can be held side by side.

A table has an entry as a whole, one for each row and for what stands around it: {address: [label, value]}. An address
is title, number among the tables of that title, row.
"""

from budget.intake.grid import letters

_AROUND = (("above", "表上方的文字"), ("notes", "表下方的注"))


def flatten(tables):
    """{address: [label, value]} of all that these tables say."""
    flat, seen = {}, {}
    for table in tables:
        title = table.called.replace("|", "")
        seen[title] = seen.get(title, 0) + 1
        flat |= dict(_entries(f"{title}|{seen[title]}", table))
    return {address: said for address, said in flat.items() if said[1]}


def _entries(key, table):
    name = f"《{table.title}》"
    yield key, [name, f"{len(table.rows)} 行 {table.columns} 列"]
    for part, words in _AROUND:
        yield f"{key}|{part}", [f"{name}{words}", " ".join(getattr(table, part))]
    for number, row in enumerate(table.rows, 1):
        yield f"{key}|{number}", [f"{name}第 {number} 行", " | ".join(row).strip(" |")]
    yield f"{key}|form", [f"{name}的表头和合并单元格", "，".join([f"表头 {table.heads} 行", *map(_area, table.areas)])]


def _area(area):
    last = f"{letters(area.column + area.columns - 1)}{area.row + area.rows - 1}"
    return f"{letters(area.column)}{area.row}:{last}"


def untouched(now, new):
    """What a file leaves alone in the flat tables of a draft: those of titles that it does not hold."""
    held = {address.split("|")[0] for address in new}
    return {address: said for address, said in now.items() if address.split("|")[0] not in held}


def without_rows_of_one_side(old, new):
    """Both flat, without the rows of tables that only one of them has: such a table is named once, not row by row."""
    return _shown(old, new), _shown(new, old)


def _shown(own, other):
    found = {address: "|".join(address.split("|")[:2]) for address in own}
    return {address: own[address] for address, table in found.items() if address == table or table in other}
