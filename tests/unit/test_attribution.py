import pytest

from exports.attribution import attribution_text


def test_onet_is_named_as_its_licence_asks() -> None:
    text = attribution_text("onet", "onet", "29.2", "CC BY 4.0", None, False)
    assert "O*NET 29.2 Database" in text
    assert "Used under the CC BY 4.0 license." in text
    assert "O*NET® is a trademark of USDOL/ETA." in text
    assert "has not approved, endorsed, or tested these modifications." in text


def test_esco_is_named_and_said_to_be_modified() -> None:
    text = attribution_text("esco", "esco", "1.2.0", "as stated by its portal.", None, False)
    assert text.startswith("This service uses the ESCO classification of the European Commission.")
    assert "has modified it" in text
    assert text.endswith("as stated by its portal.")


def test_any_other_source_is_named_with_version_publisher_and_licence() -> None:
    text = attribution_text("postings", "board", "2020", "CC0-1.0", "Some Board", False)
    assert text == (
        "board 2020, Some Board. Licence as stated with the data: CC0-1.0. Only counts are derived."
    )


@pytest.mark.parametrize("kind", ["onet", "esco", "postings"])
def test_a_synthetic_source_borrows_no_publisher(kind: str) -> None:
    text = attribution_text(kind, "made-up", "1", "CC0-1.0", "Somebody", True)
    assert "synthetic" in text
    for name in ("USDOL", "European Commission", "Somebody"):
        assert name not in text
