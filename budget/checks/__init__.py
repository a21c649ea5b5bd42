"""Does everything in this disclosure agree? Findings, the list of rules, the ledger of what was checked."""
