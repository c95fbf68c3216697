"""The storefront's addresses; a feature is removed by deleting its folder and its rows here."""

from django.urls import path

from parure.web.storefront.browse.view import browse
from parure.web.storefront.photos.view import original, parts, photo
from parure.web.storefront.product.view import product, similar
from parure.web.storefront.search.view import query_picture, search
from parure.web.storefront.status.view import coverage_line, status

urlpatterns = [
    path("", browse, name="browse"),
    path("search", search, name="search"),
    path("queries/<slug:key>.webp", query_picture, name="query-picture"),
    path("p/<path:style_code>", product, name="product"),
    path("similar/<path:style_code>", similar, name="similar"),
    path("photos/<int:number>/<int:side>.webp", photo, name="photo"),
    path("photos/<int:number>/parts/<int:place>.png", parts, name="parts"),
    path("photos/<int:number>/original", original, name="original"),
    path("status", status, name="status"),
    path("status/line", coverage_line, name="coverage-line"),
]
