"""谁管哪个单位: accounts and the posts that people hold. An administrator gives posts, and none above their own."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User

from budget.models import Post

admin.site.unregister(Group)  # a role is a post: nothing is stored twice
admin.site.unregister(User)


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    """One row for each post: who, as what, for which body or county."""

    list_display = ("person", "role", "whose", "is_active")
    list_filter = ("role", ("department__region", admin.RelatedOnlyFieldListFilter))
    search_fields = ("user__username", "user__first_name", "department__name", "department__unit", "region__name")
    search_help_text = "按姓名、单位名称、单位编码或县名查找"
    autocomplete_fields = ("user", "department", "region")
    list_select_related = ("user", "department", "region")
    fields = ("user", "role", "department", "region")

    @admin.display(description="人员", ordering="user__first_name")
    def person(self, post):
        """Their name."""
        return post.user.get_full_name() or post.user.get_username()

    @admin.display(description="管哪个单位、哪个县")
    def whose(self, post):
        """The body or the county."""
        return post.department or post.region or "全站的账号、单位和目录"

    @admin.display(description="账号可用", boolean=True)
    def is_active(self, post):
        """Whether they may log in."""
        return post.user.is_active


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts: name, address, whether they may log in. What they may do, their posts say."""

    list_display = ("username", "first_name", "is_active", "last_login")
    list_filter = ("is_active", "posts__role")
    filter_horizontal = ()
    fieldsets = ((None, {"fields": ("username", "first_name", "email", "is_active")}),)
    add_fieldsets = ((None, {"fields": ("username", "first_name", "email", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request):
        """Nobody sees accounts above their own."""
        found = super().get_queryset(request)
        return found if request.user.is_superuser else found.filter(is_superuser=False)

    def save_model(self, request, obj, form, change):
        """Whoever has an account may enter the back office, and see there what their posts show."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        """Accounts are disabled, never deleted: the journal names them."""
        return False
