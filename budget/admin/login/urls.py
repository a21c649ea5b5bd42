"""The addresses of logging in, below /admin/ and before Django's own."""

from django.urls import path

from budget.admin.login import invitation, pages, second_factor_pages, sign_in

urlpatterns = [
    path("login/", sign_in.SignIn.as_view(), name="login"),
    path("logout/", sign_in.SignOut.as_view(), name="logout"),
    path("password_change/", sign_in.OwnPassword.as_view(), name="own_password"),
    path("second-factor/", second_factor_pages.page, name="second_factor"),
    path("invitation/<str:secret>/", invitation.accept, name="invitation"),
    path("people/", pages.people, name="people"),
    path("people/new/", pages.add, name="add_person"),
    path("people/<int:pk>/", pages.person, name="person"),
]
