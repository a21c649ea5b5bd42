"""Records of the year before, to go on with: what they say stays, their amounts do not."""

from budget.declare.fields import Money, Record, mapped
from budget.declare.records import Records
from budget.drafts.load import load_records
from budget.entry.records.part import Part
from budget.models import Budget


def emptied(records: Records, record: Record) -> Record:
    """A record without its amounts."""
    return mapped(
        tuple(records.stored()), record, lambda declared, value: None if isinstance(declared, Money) else value
    )


def budget_before(budget: Budget) -> Budget | None:
    """The same body's budget of the same kind of the year before."""
    found = Budget.objects.filter(department=budget.department_id, document=budget.document, year=budget.year - 1)
    return found.first()


def offered(budget: Budget, records: Records) -> list[tuple[str, Record]]:
    """(row, record) of what the year before has; [] without one."""
    before = budget_before(budget)
    found = load_records(before, records) if before else []
    return [(records.row(record, number), record) for number, record in enumerate(found, 1)]


def take(part: Part, chosen: list[Record]) -> None:
    """Put records of the year before after the others, without their amounts; one that is there already stays."""
    known = {part.records.row(record, n) for n, record in enumerate(part.found, 1)} if part.records.identity else set()
    for record in chosen:
        if not part.records.identity or part.records.row(record, 0) not in known:
            part.found.append(emptied(part.records, record))


def is_there(part: Part, record: Record) -> bool:
    """Whether a record of the year before is in this year's already: by its identity, else by its name."""
    key = part.records.identity or part.records.naming
    return record[key] in {one[key] for one in part.found}
