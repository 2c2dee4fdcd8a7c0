"""Taxonomy releases of the synthetic market: O*NET-shaped text files and an ESCO-shaped package.

Layouts, codes and the short labels of ESCO occupations are the official ones, so that the mappings of
config/occupations.csv resolve; every O*NET title, skill label, alternative label and description is ours.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from transforms.synthetic_roles import RESIDUAL, ROLES, WRITTEN_FORMS

ONET_TITLES = {
    "11-2021.00": "Leaders of Selling Plans",
    "11-3021.00": "Leaders of Computing Teams",
    "11-9041.00": "Leaders of Building Teams",
    "13-1082.00": "Planners of Joint Work",
    "15-1211.00": "Studiers of Computing Needs",
    "15-1212.00": "Guards of Information",
    "15-1221.00": "Explorers of Computing",
    "15-1242.00": "Keepers of Databases",
    "15-1243.00": "Planners of Databases",
    "15-1243.01": "Planners of Large Data Stores",
    "15-1244.00": "Keepers of Networks and Machines",
    "15-1251.00": "Writers of Programs",
    "15-1252.00": "Makers of Software",
    "15-1253.00": "Testers of Software",
    "15-1254.00": "Makers of Web Sites",
    "15-1255.00": "Designers of Screens",
    "15-1299.05": "Builders of Defences",
    "15-1299.07": "Builders of Ledgers",
    "15-1299.08": "Planners of Whole Systems",
    "15-1299.09": "Planners of Computing Work",
    "15-2051.00": "Finders of Patterns",
    "15-2051.01": "Finders of Business Patterns",
    "17-2061.00": "Makers of Small Machines",
    "17-2072.00": "Makers of Circuits",
    "27-1021.00": "Designers of Things",
    "27-1024.00": "Designers of Pictures",
    "43-3051.00": "Keepers of Wage Lists",
}
"""O*NET-SOC 2019 codes with invented titles."""

SKILLS_WITHOUT_PRODUCT = frozenset(
    {
        *("web-accessibility", "agile", "computer-vision", "cryptography"),
        *("machine-learning", "nlp", "penetration-testing", "statistics"),
    }
)
"""Skills that are no technology: absent from the O*NET-shaped files."""

NEW_IN_29_2 = frozenset({"dbt", "next.js", "svelte", "playwright", "argo-cd", "websockets"})
GONE_IN_29_2 = ("Example Punch Card Sorter", "Example Paper Tape Reader")

ESCO_OCCUPATIONS = {
    "software developer": ("2512", "backend-developer"),
    "user interface developer": ("2512", "frontend-developer"),
    "web developer": ("2513", "frontend-developer"),
    "mobile application developer": ("2514", "mobile-developer"),
    "data engineer": ("2511", "data-engineer"),
    "data scientist": ("2511", "data-scientist"),
    "artificial intelligence engineer": ("2511", "machine-learning-engineer"),
    "computer vision engineer": ("2511", "machine-learning-engineer"),
    "cloud DevOps engineer": ("2512", "devops-engineer"),
    "embedded systems security engineer": ("2529", "security-engineer"),
    "ethical hacker": ("2529", "security-engineer"),
    "ICT security administrator": ("2529", "security-engineer"),
    "embedded systems software developer": ("2514", "embedded-engineer"),
    "embedded system designer": ("2511", "embedded-engineer"),
    "software tester": ("2519", "qa-engineer"),
    "ICT test analyst": ("2519", "qa-engineer"),
    "software manager": ("1330", "engineering-manager"),
    "ICT product manager": ("1330", "product-manager"),
    "product manager": ("1223", "product-manager"),
    "user interface designer": ("2513", "designer"),
    "web designer": ("2513", "designer"),
    "graphic designer": ("2166", "designer"),
    "keeper of wage lists": ("4313", RESIDUAL),
}
"""Label, ISCO-08 group, and the role whose skills it is related to."""

ISCO_TITLES = {
    "1223": "Leaders of invention",
    "1330": "Leaders of computing services",
    "2166": "Designers of pictures and screens",
    "2511": "Studiers of systems",
    "2512": "Makers of software",
    "2513": "Makers for the web",
    "2514": "Makers of applications",
    "2519": "Other makers of software",
    "2529": "Other database and network people",
    "4313": "Keepers of wage lists",
}
GENERAL_SKILLS = (
    "explain a plan to colleagues",
    "lead a small team",
    "write clear reports",
    "talk to customers",
    "insurance",
    "pregnancy",
)
"""No product. The last two are topics elsewhere but boilerplate in adverts: they must not be counted."""

BASE = "http://example.org/esco"


def onet_members(release: str) -> dict[str, bytes]:
    """Files of one O*NET-shaped release (29.0 or 29.2) by their path in the zip; 29.2 is CRLF."""
    folder = f"db_{release.replace('.', '_')}_text"
    end = "\r\n" if release == "29.2" else "\n"
    titles = [(code, title, _description(title)) for code, title in ONET_TITLES.items()]
    alternates = [
        (code, title, "n/a", "99")
        for role in ROLES.values()
        for code in role.onet_soc_codes
        for title in role.titles
    ]
    files: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
        "Occupation Data.txt": (("O*NET-SOC Code", "Title", "Description"), titles),
        "Alternate Titles.txt": (
            ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"),
            sorted(set(alternates)),
        ),
        "Technology Skills.txt": (
            ("O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"),
            _technologies(release),
        ),
    }
    members = {f"{folder}/{name}": _tabbed(header, rows, end) for name, (header, rows) in files.items()}
    note = f"A synthetic file set in the layout of release {release}. Its words are invented.{end}"
    return {f"{folder}/Read Me.txt": note.encode(), **members}


def esco_members() -> dict[str, bytes]:
    """Files of the ESCO-shaped package by their name in the zip."""
    skills = [(f"{BASE}/skill/{number:04d}", *row) for number, row in enumerate(_esco_skills())]
    uris = {label: uri for uri, label, *_ in skills}
    occupations = [
        (f"{BASE}/occupation/{number:04d}", label, isco, slug)
        for number, (label, (isco, slug)) in enumerate(ESCO_OCCUPATIONS.items())
    ]
    relations = []
    for uri, label, _, slug in occupations:
        for skill, share in ROLES[slug].shares.items():
            name = WRITTEN_FORMS[skill][0]
            kind = "essential" if share >= 0.3 else "optional"
            relations.append((uri, label, kind, _skill_type(skill), uris[name], name))
    return {
        "occupations_en.csv": _commas(OCCUPATION_HEADER, [_occupation_row(*row[:3]) for row in occupations]),
        "skills_en.csv": _commas(SKILL_HEADER, [_skill_row(*row) for row in skills]),
        "occupationSkillRelations_en.csv": _commas(RELATION_HEADER, relations),
        "ISCOGroups_en.csv": _commas(ISCO_HEADER, _isco_rows()),
    }


def crosswalk_file() -> bytes:
    """The pairs of both taxonomies in the layout of the official crosswalk: rows about itself, then the header."""
    about = [
        *(("Mapping project name", "A synthetic crosswalk"), ("Mapping project version", "1")),
        *(("Classification 1 Name", "O*NET"), ("Classification 1 Version", "O*NET-SOC 2019")),
        *(("Classification 2 Name", "ESCO"), ("Classification 2 Version", "v1.2.0"), ("", "")),
    ]
    rows = [(*pair, *("" for _ in CROSSWALK_HEADER[2:])) for pair in about]
    rows.append(CROSSWALK_HEADER)
    for number, (label, (_, slug)) in enumerate(ESCO_OCCUPATIONS.items()):
        if slug == RESIDUAL:
            continue
        codes = ROLES[slug].onet_soc_codes
        for code in codes:
            match = "exactMatch" if len(codes) == 1 else "closeMatch"
            uri = f"{BASE}/occupation/{number:04d}"
            rows.append((code, ONET_TITLES[code], "", uri, label, "", match))
    group = ("43-3051.00", ONET_TITLES["43-3051.00"], "", f"{BASE}/isco/C4313", ISCO_TITLES["4313"], "")
    rows.append((*group, "exactISCO"))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


CROSSWALK_HEADER = (
    *("O*NET Id", "O*NET Title", "O*NET Description", "ESCO or ISCO URI", "ESCO or ISCO Title"),
    *("ESCO or ISCO Description", "Type of Match"),
)
OCCUPATION_HEADER = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,"
    "regulatedProfessionNote,scopeNote,definition,inScheme,description,code"
)
SKILL_HEADER = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,"
    "scopeNote,definition,inScheme,description"
)
RELATION_HEADER = "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel"
ISCO_HEADER = "conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description"
MODIFIED = "2025-01-01T00:00:00.000Z"


def _technologies(release: str) -> list[tuple[str, ...]]:
    by_code: dict[str, dict[str, float]] = {}
    for role in ROLES.values():
        for code in role.onet_soc_codes:
            shares = by_code.setdefault(code, {})
            for skill, share in role.shares.items():
                shares[skill] = max(share, shares.get(skill, 0))
    rows = []
    for code, shares in sorted(by_code.items()):
        for skill, share in sorted(shares.items()):
            if skill in SKILLS_WITHOUT_PRODUCT or (release != "29.2" and skill in NEW_IN_29_2):
                continue
            flags = ("Y" if share >= 0.2 else "N", "Y" if share >= 0.4 else "N")
            rows.append((code, WRITTEN_FORMS[skill][0], "99000001", "Synthetic software", *flags))
    if release != "29.2":
        rows += [("15-1252.00", name, "99000002", "Synthetic devices", "N", "N") for name in GONE_IN_29_2]
    return sorted(rows)


def _esco_skills() -> Iterable[tuple[str, tuple[str, ...], str, str]]:
    """Label, alternative labels, type and reuse level of each ESCO-shaped skill."""
    for skill, forms in WRITTEN_FORMS.items():
        yield forms[0], forms[1:], _skill_type(skill), "sector-specific"
    for label in GENERAL_SKILLS:
        yield label, (), "skill/competence", "transversal"


def _skill_type(skill: str) -> str:
    return "skill/competence" if skill in SKILLS_WITHOUT_PRODUCT else "knowledge"


def _occupation_row(uri: str, label: str, isco: str) -> tuple[str, ...]:
    scheme, number = f"{BASE}/concept-scheme/occupations", uri.rsplit("/", 1)[1]
    return (
        *("Occupation", uri, isco, label, f"{label} (made up)\nsynthetic {label}", "", "released", MODIFIED),
        *("", "", "", scheme, _description(label), f"{isco}.{int(number)}"),
    )


def _skill_row(uri: str, label: str, others: Sequence[str], kind: str, reuse: str) -> tuple[str, ...]:
    return (
        *("KnowledgeSkillCompetence", uri, kind, reuse, label, "\n".join(others), "", "released", MODIFIED),
        *("", "", f"{BASE}/concept-scheme/skills", _description(label)),
    )


def _isco_rows() -> list[tuple[str, ...]]:
    """Four-digit groups and every group above them."""
    codes = sorted({code[:digits] for code in ISCO_TITLES for digits in (1, 2, 3, 4)})
    scheme = f"{BASE}/concept-scheme/occupations"
    rows: list[tuple[str, ...]] = []
    for code in codes:
        label = ISCO_TITLES.get(code, f"Synthetic group {code}")
        rows.append(
            ("ISCOGroup", f"{BASE}/isco/C{code}", code, label, "released", "", scheme, _description(label))
        )
    return rows


def _description(label: str) -> str:
    return f"Synthetic entry: {label}."


def _tabbed(header: Sequence[str], rows: Iterable[Sequence[str]], end: str) -> bytes:
    return "".join("\t".join(row) + end for row in (header, *rows)).encode()


def _commas(header: str, rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    out.write(header + "\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
