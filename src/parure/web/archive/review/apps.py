from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "parure.web.archive.review"
    label = "review"
