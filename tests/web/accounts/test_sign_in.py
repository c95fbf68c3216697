"""The door: in with the right password, out by a form, no guessing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from parure.web.accounts import forms
from tests.web.storefront.markup import Page, faults

RIGHT = {"username": "ana", "password": "a long enough secret"}
WRONG = {"username": "ana", "password": "a wrong one"}


@pytest.fixture
def visitor(shop: Path) -> Client:
    User.objects.create_user(**RIGHT)
    return Client(SERVER_NAME="localhost")


def test_the_right_password_opens_and_leads_back(visitor: Client) -> None:
    response = visitor.post("/sign-in?next=/status", {**RIGHT, "next": "/status"})
    assert response.headers["Location"] == "/status"
    assert "Sign out" in Page(visitor.get("/status")).text("button")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(visitor: Client, away: str) -> None:
    assert visitor.post("/sign-in", {**RIGHT, "next": away}).headers["Location"] == "/"


def test_a_wrong_password_is_said_on_the_page(visitor: Client) -> None:
    page = Page(visitor.post("/sign-in", WRONG))
    assert page.all("div", role="alert")
    assert page.by_id("id_username")["value"] == "ana"
    assert "a wrong one" not in page.source
    assert faults(page) == []


def test_the_page_is_sound(visitor: Client) -> None:
    assert faults(Page(visitor.get("/sign-in"))) == []


def test_who_is_inside_is_not_asked_again(visitor: Client) -> None:
    visitor.force_login(User.objects.get())
    assert visitor.get("/sign-in").status_code == 302


def test_leaving_needs_a_form(visitor: Client) -> None:
    visitor.force_login(User.objects.get())
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.post("/sign-out").headers["Location"] == "/"
    assert "Sign in" in Page(visitor.get("/")).text("a")


def test_after_too_many_wrong_passwords_even_the_right_one_waits(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_TRIES", 2)
    for _ in range(forms.MAX_TRIES):
        visitor.post("/sign-in", WRONG)
    response = visitor.post("/sign-in", RIGHT)
    assert response.status_code == 200
    assert "Wait 15 minutes" in Page(response).text("p")


def test_one_success_forgets_the_failures(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_TRIES", 2)
    for _ in range(forms.MAX_TRIES - 1):
        visitor.post("/sign-in", WRONG)
    visitor.post("/sign-in", RIGHT)
    visitor.post("/sign-out")
    visitor.post("/sign-in", WRONG)
    assert visitor.post("/sign-in", RIGHT).status_code == 302
