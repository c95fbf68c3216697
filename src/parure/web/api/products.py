"""Products: list, read, create, change, delete and bring back."""

from __future__ import annotations

from django.db import transaction
from ninja import Query, Router, Status

from parure.errors import Conflict
from parure.web.api.auth import READ, WRITE, ApiRequest, writer
from parure.web.api.changes import NewProduct, Paging, ProductFields, change_of
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.reading import filter_parameters, page_size, selection
from parure.web.api.schemas import ProductOut, ProductPage
from parure.web.catalogue.listing import Order, listing
from parure.web.catalogue.products import delete_product, find_product, restore_product, write_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.values import Outcome

__all__ = ["router"]

router = Router(tags=["products"])


class ListQuery(Paging):
    order: Order = Order.NEWEST


@router.get(
    "",
    auth=READ,
    response={200: ProductPage, REFUSALS: ErrorBody},
    openapi_extra=filter_parameters(),
    url_name="products",
)
def list_products(request: ApiRequest, query: Query[ListQuery]) -> ProductPage:
    """Products inside the filters, in a fixed order. For words and ranking use search."""
    chosen = selection(request.GET, {"limit", "offset", "order"})
    limit = page_size(query.limit)
    page = listing(chosen, query.order, limit=limit, offset=query.offset)
    items = [ProductOut.of(view) for view in page.items]
    return ProductPage(items=items, total=page.total, limit=limit, offset=query.offset)


@router.post("", auth=WRITE, response={201: ProductOut, REFUSALS: ErrorBody})
def create_product(request: ApiRequest, body: NewProduct) -> Status[ProductOut]:
    """A new product. A style code that is taken, whatever its case, is a conflict."""
    change = change_of(body)
    with transaction.atomic():
        product, outcome = write_product(body.style_code, change, writer(request, body.source))
        if outcome is not Outcome.ADDED:
            raise Conflict(f"{product.style_code} is there already; change it with PATCH.")
    return Status(201, ProductOut.of(get_view(product)))


@router.post("/{path:style_code}/restore", auth=WRITE, response={200: ProductOut, REFUSALS: ErrorBody})
def restore(request: ApiRequest, style_code: str) -> ProductOut:
    """Bring back a deleted product with its photos."""
    return ProductOut.of(get_view(restore_product(style_code, writer(request))))


@router.get("/{path:style_code}", auth=READ, response={200: ProductOut, REFUSALS: ErrorBody}, url_name="product")
def read_product(request: ApiRequest, style_code: str) -> ProductOut:
    return ProductOut.of(get_view(find_product(style_code)))


@router.patch("/{path:style_code}", auth=WRITE, response={200: ProductOut, REFUSALS: ErrorBody})
def update_product(request: ApiRequest, style_code: str, body: ProductFields) -> ProductOut:
    """Change the fields and attributes that are named; the rest stays."""
    found = find_product(style_code)
    product, _ = write_product(found.style_code, change_of(body), writer(request, body.source))
    return ProductOut.of(get_view(product))


@router.delete("/{path:style_code}", auth=WRITE, response={204: None, REFUSALS: ErrorBody})
def delete(request: ApiRequest, style_code: str) -> Status[None]:
    """Take a product and its photos out of sight; nothing is lost and `restore` undoes it."""
    delete_product(style_code, writer(request))
    return Status(204, None)
