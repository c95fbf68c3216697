"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from parure.web.accounts.forms import SignInForm
from parure.web.storefront.page import open_page

__all__ = ["sign_in", "sign_out"]

sign_in = open_page(
    LoginView.as_view(
        authentication_form=SignInForm, template_name="accounts/sign_in.html", redirect_authenticated_user=True
    )
)
sign_out = open_page(LogoutView.as_view(http_method_names=["post", "options"]))
