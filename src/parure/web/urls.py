"""Every address of the site, by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("parure.web.api.urls")),
    path("", include("parure.web.accounts.urls")),
    path("review", include("parure.web.archive.review.urls")),
    path("", include("parure.web.storefront.urls")),
]

handler400 = "parure.web.storefront.errors.bad_request"
handler403 = "parure.web.storefront.errors.forbidden"
handler404 = "parure.web.storefront.errors.not_found"
handler500 = "parure.web.storefront.errors.server_error"
