import csv
from pathlib import Path

import pytest

from transforms.role import RoleFault, compile_roles, roles

CONFIG = Path(__file__).parents[2] / "config" / "occupations.csv"
ROWS = list(csv.DictReader(CONFIG.open(encoding="utf-8", newline="")))
RULES = compile_roles(ROWS)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Backend Developer", "backend-developer"),
        ("Back-End Developer", "backend-developer"),
        ("BACK END ENGINEERS", "backend-developer"),
        ("Server-side engineer", "backend-developer"),
        ("API Engineer", "backend-developer"),
        ("Software Engineer (Backend)", "backend-developer"),
        ("Software Engineer, Backend", "backend-developer"),
        ("Software Engineer - Backend, Payments", "backend-developer"),
        ("Backend / Full-stack Engineer", "backend-developer full-stack-developer"),
        ("Frontend and backend engineers", "backend-developer frontend-developer"),
        ("Frontend, Backend & Data Engineers", "backend-developer data-engineer frontend-developer"),
        ("Software Engineer (Frontend/Backend)", "backend-developer frontend-developer"),
        ("Senior C# full stack (emphasis on backend) web developer", "full-stack-developer"),
        ("Fullstack Developer", "full-stack-developer"),
        ("UI Engineer", "frontend-developer"),
        ("React Developer", "frontend-developer"),
        ("React Native Developer", "mobile-developer"),
        ("iOS/Android Engineer", "mobile-developer"),
        ("Mobile Crane Operator", "other"),
        ("Software Engineer", "software-engineer"),
        ("Java Developer", "software-engineer"),
        ("C++ Engineer", "software-engineer"),
        ("Developer", "software-engineer"),
        ("Engineer", "other"),
        ("Business Developer", "other"),
        ("Site Reliability Engineer", "devops-engineer"),
        ("SRE", "devops-engineer"),
        ("DevSecOps Engineer", "devops-engineer"),
        ("Data Scientist / Data Engineer", "data-engineer data-scientist"),
        ("Data Analyst", "other"),
        ("Data Center Technician", "other"),
        ("Machine Learning and Data Engineer", "data-engineer machine-learning-engineer"),
        ("ML Engineer", "machine-learning-engineer"),
        ("Computer Vision Scientist", "machine-learning-engineer"),
        ("Application Security Engineer", "security-engineer"),
        ("Security Officer", "other"),
        ("Security Guard", "other"),
        ("Embedded Software Engineer", "embedded-engineer"),
        ("Firmware Engineer", "embedded-engineer"),
        ("QA Engineer", "qa-engineer"),
        ("Software Engineer in Test", "qa-engineer"),
        ("Test Automation Engineer", "qa-engineer"),
        ("Quality Engineer", "other"),
        ("QA Pharmacist", "other"),
        ("Engineering Manager, Backend", "engineering-manager"),
        ("Manager, Software Engineering", "engineering-manager"),
        ("Senior Manager, Software Engineering", "engineering-manager"),
        ("Director, Mobile Engineering", "engineering-manager"),
        ("Manager, Engineering (Data Science)", "engineering-manager"),
        ("Manager, Civil Engineering", "other"),
        ("Director, Engineering Guidelines", "other"),
        ("Product Manager, Software Engineering", "product-manager software-engineer"),
        ("Manager, Software Engineer", "software-engineer"),
        ("VP of Engineering", "engineering-manager"),
        ("Director of Business Development", "other"),
        ("Civil Engineering Manager", "other"),
        ("Product Manager", "product-manager"),
        ("Product Marketing Manager", "other"),
        ("Product Designer", "designer"),
        ("UX/UI Designer", "designer"),
        ("Mechanical Designer", "other"),
        ("Interior Designer", "other"),
        ("Logic Design Engineer", "other"),
        ("Sales Engineer", "other"),
        ("Solutions Engineer", "other"),
        ("Civil Engineer", "other"),
        ("Registered Nurse", "other"),
        ("", "other"),
    ],
)
def test_roles_of_a_title(title: str, expected: str) -> None:
    assert roles([title], RULES) == tuple(expected.split())


def test_titles_add_up_and_other_stands_alone() -> None:
    assert roles(["Cook", "Designer", "QA Engineer", "Designer"], RULES) == ("designer", "qa-engineer")
    assert roles([], RULES) == ("other",)


def test_each_role_has_reviewed_codes_with_their_zeros() -> None:
    assert [row["kind"] for row in ROWS].count("role") == 15
    for row in ROWS:
        assert all(len(code) == 10 and code[7] == "." for code in row["onet_soc_codes"].split()), row
        assert all(len(code) == 4 and code.isdigit() for code in row["isco_codes"].split()), row
        if row["kind"] == "role":
            assert row["onet_soc_codes"] and row["esco_labels"] and row["isco_codes"] and row["note"]


def test_all_broken_rows_are_listed_at_once() -> None:
    row = {"occupation": "a", "kind": "role", "title_rules": "(", "exclude_rules": "", "specificity": "1"}
    with pytest.raises(RoleFault, match=r"(?s)a: .*b: a role without title_rules"):
        compile_roles([row, {**row, "occupation": "b", "title_rules": ""}])
