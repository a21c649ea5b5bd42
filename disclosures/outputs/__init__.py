"""Files that a disclosure can be taken away as; a new format is one new file and one line here."""

from disclosures.outputs.csv import CSV
from disclosures.outputs.json import JSON
from disclosures.outputs.output import Output
from disclosures.outputs.xlsx import XLSX

OUTPUTS: dict[str, Output] = {output.format: output for output in (XLSX, CSV, JSON)}
