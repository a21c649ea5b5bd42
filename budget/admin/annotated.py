"""A clerk's own file with what does not agree written into it, as a download."""

import io

from django.http import FileResponse

from budget.admin.staging import with_names
from budget.annotated import annotate, annotated_name
from budget.checks.ledger import check
from budget.intake import guard
from budget.intake.agreement import disagreements


def annotated(data, name, reading):
    """The response with the annotated file."""
    _, names = with_names(reading)
    ledger = check(reading.dossier, names)
    findings = [*reading.problems, *disagreements(reading, ledger)]
    kind = guard.inspect(data)
    return attachment(annotate(data, kind, findings), annotated_name(name, kind))


def attachment(content, name):
    """Bytes as a download that no browser may interpret."""
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response
