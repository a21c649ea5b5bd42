"""Findings and ledgers as lines of text for the terminal."""

from budget.checks.wording import few


def say_findings(out, findings):
    """One line a finding: its level and its sentence."""
    for finding in findings:
        places = [place for place in dict.fromkeys(finding.places) if place not in finding.message]
        out.write(f"{finding.level.label}　{finding.message}{f'（{few(places)}）' if places else ''}")


def say_ledger(out, ledger):
    """One line a rule: how it ended, how many comparisons it made, what it says, what is worth showing."""
    out.write("核对了什么：")
    for entry in ledger:
        out.write(f"  {entry.rule.id:<4}{entry.told}（{entry.compared} 次）　{entry.rule.statement}")
        for remark in entry.remarks:
            out.write(f"      {remark}")
