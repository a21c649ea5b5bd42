"""The tables of the database, by what they hold."""

from budget.models.budget import OPEN, Budget, Line, PrintedName, State
from budget.models.codes import Code
from budget.models.comments import Comment, Reply
from budget.models.explanations import Explanation
from budget.models.journal import Act, Change
from budget.models.log_in import AccountEvent, LogIn, RecoveryCode
from budget.models.passages import Passage
from budget.models.people import COUNTY_ROLES, Post, Role
from budget.models.places import Department, Region
from budget.models.projects import Goal, Indicator, PaymentStep, Project
from budget.models.records import FixedAsset, Institution, PrintedTable, ProcurementLine, Section
from budget.models.uploads import StagedBatch, StagedUpload, Upload

__all__ = [
    "COUNTY_ROLES",
    "OPEN",
    "AccountEvent",
    "Act",
    "Budget",
    "Change",
    "Code",
    "Comment",
    "Department",
    "Explanation",
    "FixedAsset",
    "Goal",
    "Indicator",
    "Institution",
    "Line",
    "LogIn",
    "Passage",
    "PaymentStep",
    "Post",
    "PrintedName",
    "PrintedTable",
    "ProcurementLine",
    "Project",
    "RecoveryCode",
    "Region",
    "Reply",
    "Role",
    "Section",
    "StagedBatch",
    "StagedUpload",
    "State",
    "Upload",
]
