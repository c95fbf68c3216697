from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "parure.web.accounts"
    label = "accounts"
