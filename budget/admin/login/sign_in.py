"""The log-in page, the way out, and the change of one's own password."""

from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from budget.admin.login import lock_out
from budget.admin.login.events import What, note

_WRONG = "用户名或密码不对，请再输一次；输错 5 次要等 15 分钟。忘了密码，请县里的管理员重新发一个邀请链接。"


class SignInForm(AdminAuthenticationForm):
    """Name and password. The answer is the same whether there is no such account, it is disabled or is none of ours."""

    error_messages = {"invalid_login": _WRONG, "inactive": _WRONG}


@method_decorator(never_cache, name="dispatch")
class SignIn(views.LoginView):
    """The log-in page; where a session has ended, it says so."""

    form_class = SignInForm
    template_name = "admin/login.html"

    def get(self, request, *args, **kwargs):
        """Whoever is in already goes on."""
        if admin.site.has_permission(request):
            return redirect("admin:index")
        return super().get(request, *args, **kwargs)

    def get_default_redirect_url(self):
        """The back office."""
        return reverse("admin:index")

    def get_context_data(self, **kwargs):
        """What the page says above the form."""
        return super().get_context_data(**kwargs) | _page(self.request)


class SignOut(views.LogoutView):
    """The way out, back to the log-in page, which says so."""

    def get_success_url(self):
        """The log-in page."""
        return f"{reverse('login')}?ended=left"


@method_decorator(never_cache, name="dispatch")
class OwnPassword(LoginRequiredMixin, views.PasswordChangeView):
    """Changing one's own password ends one's sessions elsewhere."""

    form_class = AdminPasswordChangeForm
    template_name = "admin/login/password.html"
    login_url = reverse_lazy("login")
    success_url = reverse_lazy("admin:index")

    def get_context_data(self, **kwargs):
        """A page of the back office."""
        return super().get_context_data(**kwargs) | admin.site.each_context(self.request) | {"title": "改密码"}

    def form_valid(self, form):
        """Note it, and say so."""
        note(What.PASSWORD, self.request.user, self.request.user, "自己改的")
        messages.success(self.request, "密码改好了，别的电脑和手机上已经退出。")
        return super().form_valid(form)


def locked_out(request, response, credentials):
    """The answer to one who has to wait: one sentence, and the page as it was."""
    until = lock_out.free_at(request, credentials)
    said = f"密码输错的次数太多，请在 {until:%H:%M:%S} 以后再试；着急的话，请县里的管理员重新发一个邀请链接。"
    form = SignInForm(request, initial={"username": (credentials or {}).get("username", "")})
    context = _page(request) | {"form": form, "locked": said, "next": request.POST.get("next", "")}
    return render(request, "admin/login.html", context, status=429)


_SAID = {
    "yes": "太久没有操作，或在别处退出了，请重新登录；没有存的填写还在这台电脑的浏览器里。",
    "left": "已经退出。",
}


def _page(request):
    return {
        "title": "经办人入口",
        "site_header": "部门预算公开 · 经办",
        "said": _SAID.get(request.GET.get("ended"), ""),
    }
