from django.urls import path
from django.utils.translation import pgettext_lazy

from accounts import views

app_name = "accounts"
urlpatterns = [
    path(pgettext_lazy("path", "sign-in/"), views.sign_in, name="sign_in"),
    path(pgettext_lazy("path", "sign-out/"), views.sign_out, name="sign_out"),
    path(pgettext_lazy("path", "profile/"), views.profile, name="profile"),
    path(pgettext_lazy("path", "profile/password/"), views.password, name="password"),
]
