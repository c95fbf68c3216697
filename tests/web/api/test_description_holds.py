"""Generated requests against the API's own description: no server error, and every answer is as described."""

from __future__ import annotations

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from parure import taxonomy
from parure.web.accounts.models import Token
from parure.web.catalogue.models import Photo, Product
from parure.web.catalogue.runtime import runtime
from parure.web.worker.loop import Worker
from parure.web.wsgi import application
from tests.web.api.calls import Make, add_photo, make_product
from tests.web.looking import use
from tests.web.pictures import jpeg

pytestmark = [
    pytest.mark.slow,
    # The client of schemathesis leaves files open that are streamed to it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = 10  # per operation
FILTERS = {*taxonomy.load().attributes, "price"}
OWN = {"q", "name", "limit", "offset", "box", "piece", "weights", "mask"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
bounded = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def token(any_database: str, picture: Make) -> str:
    """A token that may write, in a catalogue with one product and its photo, analysed piece by piece."""
    use()
    _, secret = Token.issue(User.objects.create_user("robot"), "fuzz")
    client = Client(headers={"Authorization": f"Bearer {secret}"}, SERVER_NAME="localhost")
    make_product(client, "E/3", title="Rose hoops", price="250", attributes={"type": ["earring"]})
    add_photo(client, "E/3", picture(0))
    worker = Worker(runtime())
    worker.finish()
    worker.close()
    return secret


@pytest.mark.usefixtures("token")
def test_no_request_of_the_public_breaks_the_api() -> None:
    assert hammer({}) >= 26


def test_no_request_with_a_token_breaks_the_api(token: str) -> None:
    assert hammer({"Authorization": f"Bearer {token}"}) >= 26


def hammer(headers: dict[str, str]) -> int:
    """Valid and invalid requests for every operation; returns how many operations there are."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        wild = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

        @bounded
        @given(case=st.one_of(wild), real=st.booleans())
        def check(case: Case, real: bool) -> None:
            if real:
                make_real(case)
            case.call_and_validate(checks=CHECKS, headers=headers)

        check()
    return len(operations)


def make_real(case: Case) -> None:
    """Let the request speak of what is there: without this nearly all end with 404 or at a filter of noise."""
    deleted = timezone.now() if "restore" in case.path else None
    for kind in (Product, Photo):
        kind.objects.update(deleted_at=deleted)
    photo = Photo.objects.select_related("product").earliest("pk")
    known = {"style_code": photo.product.style_code, "number": photo.pk}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = known[name]
    if isinstance(case.query, dict):
        case.query = {name: value for name, value in case.query.items() if name not in FILTERS}
    if "photos" in case.path and case.method == "PATCH":
        case.body = {"style_code": photo.product.style_code}
    if case.media_type == "multipart/form-data":
        sent = case.body if isinstance(case.body, dict) else {}
        words = {name: value for name, value in sent.items() if name in OWN}
        case.body = (
            {**words, "images": [jpeg(1), b"broken"]} if case.path.endswith("/photos") else {**words, "image": jpeg(2)}
        )
