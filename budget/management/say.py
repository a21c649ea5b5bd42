"""Findings and ledgers as lines of text for the terminal."""


def say_findings(out, findings):
    """One line a finding: its level and its sentence."""
    for finding in findings:
        places = "、".join(place for place in finding.places if place not in finding.message)
        out.write(f"{finding.level.label}　{finding.message}{f'（{places}）' if places else ''}")


def say_ledger(out, ledger):
    """One line a rule: how it ended, how many figures it compared, what it says."""
    out.write("核对了什么：")
    for entry in ledger:
        out.write(f"  {entry.rule.id:<4}{entry.outcome.label}（{entry.compared or 0} 个数）　{entry.rule.statement}")
