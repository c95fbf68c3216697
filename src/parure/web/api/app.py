"""The API as one object: its routers, its description at /api/v1/openapi.json and its page at /api/docs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from parure import __version__
from parure.web.api import coverage, facets, photos, products, root, search, seeing
from parure.web.api.errors import install
from parure.web.api.links import V1

__all__ = ["api"]

_ABOUT = """
Products, photos, search by picture and by words, and what is seen on a picture.

Reads are open if the shop says so; else, and for every change, send a token: `Authorization: Bearer parure_...`
(made with `parure token add`). Errors read `{"error": {"code", "message", "field"?, "nearest"?}}`.

Style codes stand in addresses as they are, slashes included; encode everything else (`#` as `%23`).
"""


class Json(BaseRenderer):
    """Pydantic's own writer: a third of the time of Django's for a page of results."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data)


class Api(NinjaAPI):
    """Mounted at the root of the site, because some of its addresses are older than /api/v1."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        return "/"


# The validator badge of Swagger would send the description's address to a server on the internet.
_docs = Swagger(settings={"validatorUrl": None, "persistAuthorization": True})

api = Api(
    title="Parure",
    version=__version__,
    description=_ABOUT,
    openapi_url=f"/{V1}/openapi.json",
    docs_url="/api/docs",
    docs=_docs,
    renderer=Json(),
    urls_namespace="api",
)
install(api)
# What ends in a word of ours (…/photos, …/similar) stands before the style code alone, which takes any path.
api.add_router(f"/{V1}/products", photos.of_product)
api.add_router(f"/{V1}/products", search.of_product)
api.add_router(f"/{V1}/products", products.router)
api.add_router(f"/{V1}/photos", photos.router)
api.add_router(f"/{V1}", search.router)
api.add_router(f"/{V1}", seeing.router)
api.add_router(f"/{V1}", facets.router)
api.add_router(f"/{V1}/coverage", coverage.router)
api.add_router("", root.router)
