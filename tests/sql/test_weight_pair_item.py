"""weight_pair_item.sql: skills of a cell that enough families ask for, numbered in one order."""

from tests.drawn_tables import METHOD, DrawnWarehouse

LEAVE = METHOD["k_leave"]
COLUMNS = "occupation | skill_id | source_group | geo | n_numerator"


def items(drawn: DrawnWarehouse, *cells: str) -> list[tuple[object, ...]]:
    """Item, cell, occupation and skill of the shares drawn, by their number."""
    head = [name.strip() for name in COLUMNS.split("|")]
    rows = [dict(zip(head, (part.strip() for part in cell.split("|")), strict=True)) for cell in cells]
    drawn.load("weight_posting_share", rows)
    return [
        (row["item"], row["cell"], row["occupation"], row["skill_id"])
        for row in sorted(drawn.select("weight_pair_item"), key=lambda row: row["item"])
    ]


def test_skills_of_a_cell_are_numbered_by_their_ids_and_cells_by_their_names(drawn: DrawnWarehouse) -> None:
    cells = [f"{role} | {skill} | all | all | 20" for role in ("qa", "dev") for skill in ("go", "sql")]
    skills = sorted(("go", "sql"), key=lambda skill: drawn.id_of("skill_id", skill))
    wanted = [
        (1, 1, "dev", skills[0]),
        (2, 1, "dev", skills[1]),
        (3, 2, "qa", skills[0]),
        (4, 2, "qa", skills[1]),
    ]
    assert items(drawn, *cells) == wanted
    assert items(drawn, *reversed(cells)) == wanted


def test_a_skill_of_fewer_families_than_the_leaving_count_is_no_item(drawn: DrawnWarehouse) -> None:
    cells = (f"dev | go | all | all | {LEAVE}", f"dev | sql | all | all | {LEAVE - 1}")
    assert items(drawn, *cells) == [(1, 1, "dev", "go")]
    assert items(drawn) == []


def test_shares_of_one_source_or_country_are_not_paired(drawn: DrawnWarehouse) -> None:
    cells = ("dev | go | job-boards | all | 20", "dev | sql | all | DE | 20")
    assert items(drawn, *cells) == []
