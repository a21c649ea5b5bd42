"""Who stands before the back office, and what is in it: one budget with a canary word in every text, in any state."""

from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from budget.checks.ledger import check, findings_of
from budget.drafts.load import load, names_of
from budget.drafts.states import content_hash
from budget.figures.as_printed import AsPrinted
from budget.models import Act, Budget, Code, Comment, Post, ProcurementLine, Project, Role, Section, State, Upload
from disclosures.models import Publication, PublishingRound
from disclosures.publish import publish
from tests.budget.conftest import original
from tests.budget.people import body, post, signed_in, with_second_factor
from tests.budget.test_admin_batch import packed

CANARY = "金丝雀"
OURS, OTHERS = "130324", "310107"
FILE = "liujiaying-2024.xlsx"
STATES = {state.value[0].upper(): state for state in State}  # D, S, R, A, P, W
PEOPLE = {
    "clerk": (Role.CLERK, OURS),
    "reviewer": (Role.REVIEWER, OURS),
    "publisher": (Role.PUBLISHER, OURS),
    "auditor": (Role.AUDITOR, OURS),
    "administrator": (Role.ADMINISTRATOR,),
    "owner": (),
    "clerk of another body": (Role.CLERK, OTHERS),
    "reviewer of another county": (Role.REVIEWER, OTHERS),
    "publisher of another county": (Role.PUBLISHER, OTHERS),
    "auditor of another county": (Role.AUDITOR, OTHERS),
    "nobody's clerk": (),
    "disabled clerk": (Role.CLERK, OURS),
    "stranger": None,
}
STRANGERS = list(PEOPLE)[6:]  # those who have nothing to do with this budget


@dataclass
class Stage:
    """The budget, everybody's client, and the keys of things that addresses name."""

    budget: Budget
    clients: dict[str, Client]
    keys: dict[str, object] = field(default_factory=dict)

    def set(self, state):
        """The budget is in this state, as it would be if people had brought it there."""
        self.budget.refresh_from_db()
        closed = state in (State.APPROVED, State.PUBLISHED, State.WITHDRAWN)
        said = {"approved_hash": content_hash(self.budget) if closed else "", "approved_by": None}
        Budget.objects.filter(pk=self.budget.pk).update(state=state, was_submitted=state != State.DRAFT, **said)


def client_of(name):
    """The client of one of `PEOPLE`, logged in as they would be."""
    held = PEOPLE[name]
    if held is None:
        return Client()
    client = signed_in(name)
    if name == "owner":
        User.objects.filter(pk=client.user.pk).update(is_superuser=True)
        return with_second_factor(client)
    if held == (Role.ADMINISTRATOR,):
        Post.objects.create(user=client.user, role=Role.ADMINISTRATOR)
        return with_second_factor(client)
    if name == "disabled clerk":  # their session lives on
        User.objects.filter(pk=client.user.pk).update(is_active=False)
    return post(client, *held) if held else client


def stage(budget):
    """Everything set up around a budget with nothing lacking."""
    clients = {name: client_of(name) for name in PEOPLE}
    User.objects.filter(username="clerk").update(email="clerk@example.com")
    publish(budget, "卢龙县财政局", "试")
    _mark(budget, clients["reviewer"].user)
    _year_before(budget)
    return Stage(budget, clients, _keys(budget, clients))


def _mark(budget, reviewer):
    """A text of each kind bears the canary; none of them takes part in a rule."""
    Section.objects.filter(budget=budget, number=10).update(text=CANARY)
    Project.objects.filter(budget=budget).update(purpose=CANARY)
    printed = AsPrinted(CANARY, (("项目",), (CANARY,)), 1).as_json()
    budget.as_printed.create(number=1, title=printed.pop("title"), printed=printed)
    Comment.objects.create(budget=budget, address="t9-total-total", text=CANARY, user=reviewer, by="孙审核")
    Upload.objects.filter(budget=budget).update(name=f"{CANARY}.docx")


def _year_before(budget):
    """Last year's budget, with one purchase that may be taken along."""
    last = Budget.objects.create(department=budget.department, document=budget.document, year=budget.year - 1)
    ProcurementLine.objects.create(budget=last, order=1, project=CANARY, item="去年的设备")


def _keys(budget, clients):
    """{what a route calls it: its key} besides those that all budgets have."""
    publisher = clients["publisher"].user
    own = PublishingRound.objects.create(user=publisher)
    own.items.create(budget=budget)
    return {
        "budget": budget.pk,
        "project": Project.objects.filter(budget=budget).first().code,
        "upload": budget.uploads.first().pk,
        "printedtable": budget.as_printed.first().pk,
        "act": budget.acts.filter(how=Act.How.EXPLAIN).first().pk,
        "publication": Publication.objects.first().pk,
        "round": own.pk,
        "person": clients["clerk"].user.pk,
        "region": OURS,
        "department": body(OURS).pk,
        "code": Code.objects.create(scheme="function", code="2019998", name="某科目", since="2024-01-01").pk,
        "fingerprint": _finding(budget),
        "batch": _chosen(clients["clerk"], "全县.zip", packed(**{"乡_xlsx": original(FILE)})),
        "staged": _chosen(clients["clerk"], FILE, original(FILE)),
    }


def _finding(budget):
    """The fingerprint of an error, explained or not."""
    found = findings_of(check(load(budget), names_of(budget)))
    return next(one.fingerprint for one in found if one.level == "error")


def _chosen(client, name, data):
    """The key of a file that waits for its clerk's yes."""
    answer = client.post(reverse("admin:budget_import"), {"file": SimpleUploadedFile(name, data)})
    return resolve(answer.url).kwargs["pk"]
