"""What an administrator does to people: posts given and taken, accounts disabled and enabled. Never above oneself."""

from django.contrib.auth import get_user_model
from django.db import transaction

from budget.admin.login import second_factor
from budget.admin.login.events import What, name_of, note
from budget.admin.login.invitation import invite
from budget.admin.login.lock_out import unlock
from budget.admin.login.sessions import sign_out_everywhere
from budget.models import COUNTY_ROLES, Department, Post, Region, Role


class Refused(Exception):
    """Why something is not done, in one sentence."""


def managed_by(actor):
    """The accounts that somebody may see and change: a superuser's are above everyone else's."""
    everybody = get_user_model().objects.all()
    return everybody if actor.is_superuser else everybody.filter(is_superuser=False)


def place_named(role, text):
    """{field of a post: whom it is for}, from what was typed: “130324/909”, a name, a code. Raises Refused."""
    if role == Role.ADMINISTRATOR:
        return {}
    if role in COUNTY_ROLES:
        return {"region": _one(Region.objects.all(), text, "code", "县", "区划代码或县名")}
    return {"department": _one(Department.objects.select_related("region"), text, "unit", "单位", "编码或单位名称")}


@transaction.atomic
def create(actor, username, name, email, role, place):
    """A new account with a post, without a password: the invitation's link sets it."""
    user = get_user_model()(username=username, first_name=name, email=email, is_staff=True)
    user.set_unusable_password()
    user.save()
    note(What.CREATED, user, actor)
    give(actor, user, role, place)
    return user


@transaction.atomic
def give(actor, person, role, place):
    """A post more. Nobody gives one to themselves: whoever keeps the accounts decides over no budget."""
    if actor == person and not actor.is_superuser:
        raise Refused("自己的岗位不能自己给，请另一位管理员来给。")
    post, is_new = Post.objects.get_or_create(user=person, role=role, **place)
    if not is_new:
        raise Refused(f"{name_of(person)}已经是{post}。")
    note(What.GIVEN, person, actor, str(post))
    return post


@transaction.atomic
def take(actor, person, post):
    """A post less; it ends with the next request."""
    if actor == person and post.role == Role.ADMINISTRATOR:
        raise Refused("自己的管理员岗位不能自己取消，请另一位管理员来取消。")
    note(What.TAKEN, person, actor, str(post))
    post.delete()


@transaction.atomic
def disable(actor, person):
    """Nobody logs in with it any more, and who is in is out. The account stays: the journal names it."""
    if actor == person:
        raise Refused("自己的账号不能自己停用，请另一位管理员来停用。")
    _set_active(actor, person, False, What.DISABLED)
    sign_out_everywhere(person)


@transaction.atomic
def write_to(actor, person, email):
    """Where reminders go; '' for nowhere. The address itself is nobody else's business: the record leaves it out."""
    if email == person.email:
        return
    person.email = email
    person.save(update_fields=["email"])
    note(What.EMAIL, person, actor)


def enable(actor, person):
    """It may be used again, by the old password."""
    _set_active(actor, person, True, What.ENABLED)


@transaction.atomic
def sign_out(actor, person):
    """Out on every device."""
    sign_out_everywhere(person)
    note(What.SIGNED_OUT, person, actor)


@transaction.atomic
def invite_again(actor, person):
    """A new link, as a path; a lock after wrong passwords is gone with it."""
    if not person.is_active:
        raise Refused(f"{name_of(person)}的账号停用着，请先恢复使用，再发邀请。")
    unlock(person)
    return invite(person, actor)


def reset_second_factor(actor, person):
    """For whoever has lost the telephone and the codes; the sessions end, too."""
    if actor == person:
        raise Refused("自己的两步验证请在右上角“两步验证”里换；手机丢了，请另一位管理员来重设。")
    second_factor.forget(person, actor)
    sign_out_everywhere(person)


def _set_active(actor, person, is_active, what):
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    note(what, person, actor)


def _one(places, text, code, kind, asked):
    found = [*_meant(places, " ".join(text.split()), code)[:4]]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"没有找到这个{kind}：“{text[:60]}”。请写{asked}；还没有登记的{kind}，请先登记。")
    raise Refused(f"“{text[:60]}”有几个：{'、'.join(map(str, found))}。请写全{asked}。")


def _meant(places, text, code):
    """Places by what was typed: the code, with or without its county's and the name; or the name, whole or a part."""
    county, slash, rest = text.partition("/")
    first = rest.split(" ")[0] if slash else text.split(" ")[0]
    exact = places.filter(**{code: first}, **({"region": county} if slash and code == "unit" else {}))
    if exact:
        return exact
    return places.filter(name=text) or (places.filter(name__contains=text) if text else places.none())
