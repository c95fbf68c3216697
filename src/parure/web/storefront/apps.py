from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "parure.web.storefront"
    label = "storefront"
