"""Every address of the site, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("parure.web.api.urls")),
    path("", include("parure.web.accounts.urls")),
    path("", include("parure.web.storefront.urls")),
]
