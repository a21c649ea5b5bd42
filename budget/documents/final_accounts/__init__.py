"""部门决算: what was really received and spent. Recognised, so that it is never read as a budget; not taken yet."""

from budget.declare.document import Document

FINAL_ACCOUNTS = Document(
    key="final_accounts",
    name="部门决算",
    like=r"决算",
    address="final-accounts/",
    refusal="这是决算，不是预算；本站现在只收部门预算和单位预算，请选择预算文件。",
)
