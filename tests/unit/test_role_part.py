"""Adverts that speak of several jobs: where each has a part of its own, and where the text can't be split."""

from functools import cache
from itertools import pairwise

import pytest

from flows.configuration import read_configuration
from transforms.role import RoleRules, compile_roles
from transforms.role_part import Part, all_roles, role_parts, separated_roles

HEADER = "Northwind | Several roles | Lyon | Onsite\n"
BACKEND = "you will build the services behind our maps in Go and PostgreSQL."
FRONTEND = "you will draw the maps in the browser with TypeScript and React."


@cache
def rules() -> RoleRules:
    return compile_roles(read_configuration().occupations)


def parts(body: str) -> list[Part]:
    return role_parts(HEADER + body, len(HEADER) - 1, rules())


def drawn(body: str) -> dict[str, str]:
    """Text of each separated role's parts."""
    text = HEADER + body
    found = separated_roles(parts(body))
    return {role: " / ".join(text[part.start : part.end] for part in own) for role, own in found.items()}


@pytest.mark.parametrize(
    "shape",
    [
        "Backend Engineer: {b}\nFrontend Engineer: {f}\nApply at our site.",
        "* Backend Engineer - {b}\n* Frontend Engineer - {f}\nWe are a small firm.",
        "1. Senior Backend Engineer (Go) — {b}\n2. Frontend Developer (m/f) — {f}\nTo apply, write to us.",
        "Backend Engineer\n{b}\nFrontend Engineer\n{f}\nBenefits\nA nice office.",
        "Backend Engineer:\n- {b}\n- Five years of it.\nFrontend Engineer:\n- {f}\nWe are a small firm.",
        "- Backend Engineer | €60k | {b}\n- Frontend Engineer | €50k | {f}",
        "Backend Engineer\nhttps://northwind.example/1\n{b}\n\nFrontend Engineer\n{f}\nQuestions? Write to us.",
        "BACKEND ENGINEER (Remote)\n{b}\n--\nFRONTEND ENGINEER (Remote)\n{f}\n--\nQuestions? Write to us.",
    ],
)
def test_each_role_has_its_own_part(shape: str) -> None:
    found = drawn("We make maps for everybody.\n" + shape.format(b=BACKEND, f=FRONTEND))
    assert sorted(found) == ["backend-developer", "frontend-developer"]
    assert BACKEND in found["backend-developer"] and FRONTEND not in found["backend-developer"]
    assert FRONTEND in found["frontend-developer"] and BACKEND not in found["frontend-developer"]
    assert not any("firm" in part or "apply" in part.lower() or "office" in part for part in found.values())
    assert not any("everybody" in part for part in found.values())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "We look for backend and frontend engineers who know Go, PostgreSQL, TypeScript and React.",
        "- Backend Engineer\n- Frontend Engineer\nOur stack is Go, PostgreSQL, TypeScript and React, and we like it.",
        "- Backend Engineer https://northwind.example/careers/backend-engineer-of-maps-and-more\n"
        "- Frontend Engineer https://northwind.example/careers/frontend-engineer-of-maps-and-more",
        f"Backend Engineer: {BACKEND}",
        f"Backend Engineer: {BACKEND}\nBackend Engineer: {BACKEND}",
        f"For a backend role {BACKEND}\nFor a frontend role {FRONTEND}",
        f"Backend: {BACKEND}\nFrontend: {FRONTEND}",
        "Our backend engineers are kind people who build services.\nYour frontend engineer friends draw maps.",
    ],
)
def test_what_can_not_be_split(body: str) -> None:
    assert parts(body) == []


def test_a_part_that_names_two_roles_separates_neither() -> None:
    body = (
        f"Backend / Frontend Engineer: {BACKEND}\nBackend Engineer: {BACKEND}\n"
        f"Product Designer: {FRONTEND}\nData Engineer: {FRONTEND}"
    )
    assert sorted(drawn(body)) == ["data-engineer", "designer"]
    assert [part.role for part in parts(body)] == ["other", "backend-developer", "designer", "data-engineer"]


def test_a_role_named_but_not_told_is_not_separated() -> None:
    body = f"- Backend Engineer: {BACKEND}\n- Frontend Engineer\n- Data Engineer: {FRONTEND}"
    assert sorted(drawn(body)) == ["backend-developer", "data-engineer"]


def test_an_item_of_the_list_whose_job_is_not_made_out_is_nobody_s() -> None:
    body = f"- Backend Engineer: {BACKEND}\n- Something with maps and Cobol\n- Data Engineer: {FRONTEND}"
    assert [part.role for part in parts(body)] == ["backend-developer", "other", "data-engineer"]


def test_two_parts_of_one_role_are_both_its_own() -> None:
    body = f"Junior Backend Engineer: {BACKEND}\nSenior Backend Engineer: {BACKEND}\nDesigner: {FRONTEND}"
    assert drawn(body)["backend-developer"].count(BACKEND) == 2


def test_the_last_part_does_not_swallow_what_is_said_of_the_firm() -> None:
    body = (
        f"Backend Engineer\n{BACKEND}\nFrontend Engineer\n{FRONTEND}\nNorthwind began as a club of walkers."
    )
    assert "walkers" not in drawn(body)["frontend-developer"]


def test_parts_are_in_order_and_do_not_overlap() -> None:
    body = f"Backend Engineer: {BACKEND}\nFrontend Engineer: {FRONTEND}\n" * 20
    found = parts(body)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert len(found) == 40


def test_a_general_title_is_what_the_parts_are_together() -> None:
    found = parts(f"Backend Engineer: {BACKEND}\nFrontend Engineer: {FRONTEND}")
    names = ("backend-developer", "frontend-developer")
    assert all_roles(["Software Engineers"], found, rules()) == names
    assert all_roles(["Data Scientist"], found, rules()) == ("backend-developer", "data-scientist", names[1])
    assert all_roles(["Several roles"], found, rules()) == names
    assert all_roles(["Software Engineers"], [], rules()) == ("software-engineer",)


def test_letters_that_grow_in_lower_case_shift_no_offset() -> None:
    body = f"İİİİ maps\nBackend Engineer: {BACKEND}\nFrontend Engineer: {FRONTEND}"
    assert BACKEND in drawn(body)["backend-developer"]
