from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "parure.web.api"
    label = "parure_api"
