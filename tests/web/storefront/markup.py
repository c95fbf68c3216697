"""Reads a page as a visitor's software does: headings, links, pictures, fields and their names."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase

Attributes = dict[str, str]
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Elements by tag, text by tag, and everything that was left open or closed twice."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.texts: list[tuple[str, str]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.source = response.content.decode()  # type: ignore[attr-defined]
        self.feed(self.source)
        self.close()
        self.faults += [f"<{tag}> never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self._open[-1] if self._open else 'nothing'}>")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", " ".join(data.split())))

    def all(self, tag: str, **having: str) -> list[Attributes]:
        return [held for name, held in self.elements if name == tag and having.items() <= held.items()]

    def text(self, tag: str = "") -> str:
        return " ".join(text for held, text in self.texts if not tag or held == tag)

    def by_id(self, id_: str) -> Attributes:
        (found,) = (held for _, held in self.elements if held.get("id") == id_)
        return found

    def links_to(self, start: str) -> list[str]:
        return [held["href"] for held in self.all("a") if held.get("href", "").startswith(start)]

    def linked_data(self) -> Any:
        (text,) = (text for tag, text in self.texts if tag == "script")
        return json.loads(text)


def faults(page: Page) -> list[str]:
    """What is wrong with the page's structure: nothing, one hopes."""
    found = list(page.faults)
    ids = Counter(held["id"] for _, held in page.elements if "id" in held)
    found += [f"id {name} {number} times" for name, number in ids.items() if number > 1]
    found += [f"{len(page.all('h1'))} h1"] if len(page.all("h1")) != 1 else []
    found += [f"no alt: {held}" for held in page.all("img") if "alt" not in held]
    labelled = {held.get("for") for held in page.all("label")}
    fields = [held for held in page.all("input") if held.get("type") != "hidden"]
    found += [f"no label: {held}" for held in fields if held.get("id") not in labelled]
    found += [f"inline style: {held}" for _, held in page.elements if "style" in held]
    found += [f"inline handler: {held}" for _, held in page.elements if any(name.startswith("on") for name in held)]
    code = [held for held in page.all("script") if "src" not in held and held.get("type") != "application/ld+json"]
    return found + [f"inline script: {held}" for held in code]
