from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "parure.web.catalogue"
    label = "catalogue"
