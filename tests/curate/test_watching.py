"""From judged photos and a policy to outcomes: who stands above whom, and which names photos get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from parure.curate.duplicates import Tier
from parure.curate.duplicates_known import Known, KnownCopy
from parure.curate.judging_decisions import Decided
from parure.curate.planning import Scheme
from parure.curate.policy import Policy, PolicyRule, Ruling
from parure.curate.policy_yaml import default_policy
from parure.curate.same_picture import Comparison, Likeness
from parure.curate.template import DEFAULT_TEMPLATE, parse_template
from parure.curate.values import Decision, Scanned, Verdict
from parure.curate.watching import PERSON, Context, Outcome, outcomes
from tests.curate.judged import STYLES, digest, judge, photo, refused

FITS_ALL = Policy((), Ruling.APPROVE)
SCHEME = Scheme(parse_template(DEFAULT_TEMPLATE), dict.fromkeys(STYLES, "rings"), {})
RING = photo("AJ-1001 front.jpg")


def rule(
    files: Iterable[Scanned],
    policy: Policy | None = None,
    *,
    copies: Mapping[str, KnownCopy] | None = None,
    said: Iterable[Decision] = (),
    asked: Iterable[str] = (),
    scheme: Scheme = SCHEME,
) -> dict[str, Outcome]:
    told = list(said)
    judged = [each for _, each in sorted(judge(files, said=told).items())]
    context = Context(policy or default_policy(), scheme, Decided(told), copies or {}, {}, set(asked))
    return {each.entry.source: each for each in outcomes(judged, context)}


def same_picture(*, larger: bool = False, style: str | None = None) -> KnownCopy:
    known = Known("shop/a.jpg", "f" * 64, 100, style)
    return KnownCopy(Tier.SAME_PICTURE, known, Comparison(Likeness.SAME, 0.9), larger)


def good(choice: str = "keep", path: str = RING.path) -> Decision:
    return Decision("quality", (digest(path),), choice, by="Ana", at=1.0)


def test_each_verdict_has_its_outcome() -> None:
    found = rule(
        [RING, photo("IMG_7.jpg"), refused("cut.jpg", "truncated"), refused("note.txt", "not_a_photo", read=False)]
    )
    assert {path: (each.ruling.value, each.rule, each.target) for path, each in found.items()} == {
        "AJ-1001 front.jpg": ("approve", "fit", "rings/AJ-1001_front_1.jpg"),
        "IMG_7.jpg": ("queue", "unsure", None),
        "cut.jpg": ("reject", "unfit", "_quarantine/cut.jpg"),
        "note.txt": ("queue", "unsure", None),
    }


def test_nothing_is_approved_that_cannot_be_named_or_read() -> None:
    found = rule([photo("IMG_7.jpg"), refused("cut.jpg", "truncated")], FITS_ALL)
    assert {path: (each.ruling.value, each.reason.code, each.asks) for path, each in found.items()} == {
        "IMG_7.jpg": ("queue", "cannot_name", False),
        "cut.jpg": ("queue", "cannot_read", False),
    }


def test_a_template_without_the_style_names_every_photo() -> None:
    scheme = replace(SCHEME, template=parse_template("new/{stem}_{n}.jpg"))
    found = rule([photo("IMG_7.jpg")], FITS_ALL, scheme=scheme)
    assert found["IMG_7.jpg"].target == "new/IMG_7_1.jpg"


def test_what_was_never_read_is_rejected_where_it_lies() -> None:
    found = rule([refused("note.txt", "not_a_photo", read=False)], Policy((), Ruling.REJECT))
    assert (found["note.txt"].ruling, found["note.txt"].target) == (Ruling.REJECT, None)


def test_names_that_others_have_are_passed_over() -> None:
    scheme = replace(SCHEME, taken={"rings/aj-1001_front_1.jpg", "_quarantine/cut.jpg"})
    found = rule([RING, refused("cut.jpg", "truncated")], scheme=scheme)
    assert found[RING.path].target == "rings/AJ-1001_front_2.jpg"
    assert found["cut.jpg"].target == "_quarantine/cut-2.jpg"


def test_what_differs_by_case_alone_gets_two_names_in_the_quarantine() -> None:
    found = rule([refused("a/Cut.jpg", "truncated"), refused("a/cut.jpg", "empty")])
    assert {each.target for each in found.values()} == {"_quarantine/a/Cut.jpg", "_quarantine/a/cut-2.jpg"}


def test_a_copy_of_what_is_known_is_rejected_and_names_it() -> None:
    entry = rule([RING], copies={RING.path: same_picture()})[RING.path].entry
    assert (entry.verdict, entry.duplicate_of, entry.reasons[0].code) == (
        Verdict.DUPLICATE, "shop/a.jpg", "same_picture",
    )  # fmt: skip
    assert entry.reasons[0].detail == "The same picture as shop/a.jpg: as it is, 90 % shared."


def test_a_better_copy_and_one_under_another_name_are_asked_about() -> None:
    better = rule([RING], copies={RING.path: same_picture(larger=True)})[RING.path]
    assert (better.rule, better.ruling, better.asks, better.target) == ("better_copy", Ruling.QUEUE, True, None)
    misnamed = rule([RING], copies={RING.path: same_picture(style="AJ-1002")})[RING.path]
    assert misnamed.rule == "other_name"
    assert rule([RING], copies={RING.path: same_picture(style="AJ-1001")})[RING.path].rule == "known_picture"


def test_an_answer_to_what_the_policy_asked_settles_it() -> None:
    copies = {RING.path: same_picture(larger=True)}
    kept = rule([RING], copies=copies, said=[good()], asked=[RING.path])[RING.path]
    assert (kept.ruling, kept.rule, kept.target) == (Ruling.APPROVE, PERSON, "rings/AJ-1001_front_1.jpg")
    gone = rule([RING], copies=copies, said=[good("reject")], asked=[RING.path])[RING.path]
    assert (gone.ruling, gone.rule, gone.target) == (Ruling.REJECT, PERSON, f"_quarantine/{RING.path}")


def test_an_answer_to_another_question_does_not_make_a_copy_welcome() -> None:
    assert rule([RING], copies={RING.path: same_picture()}, said=[good()])[RING.path].rule == "known_picture"


def test_a_person_stands_above_the_policy() -> None:
    never = Policy((PolicyRule("never", Ruling.REJECT, path="*"),))
    assert rule([RING], never)[RING.path].rule == "never"
    assert rule([RING], never, said=[good()])[RING.path].rule == PERSON
    assert rule([RING], FITS_ALL, said=[good("reject")])[RING.path].rule == PERSON


def test_a_policy_turns_the_verdict_in_the_line_of_the_plan() -> None:
    never = Policy((PolicyRule("never", Ruling.REJECT, path="*", say="Not in spring."),))
    entry = rule([RING], never)[RING.path].entry
    assert (entry.verdict, entry.reasons[0].code, entry.reasons[0].detail) == (
        Verdict.REJECT,
        "never",
        "Not in spring.",
    )
    assert len(entry.reasons) > 1


def test_names_that_clash_go_to_a_person() -> None:
    scheme = replace(SCHEME, template=parse_template("{style_code}_{view}.jpg"))
    found = rule([RING, photo("AJ-1001_front b.jpg")], scheme=scheme)
    assert {(each.ruling, each.reason.code) for each in found.values()} == {(Ruling.QUEUE, "same_target")}
