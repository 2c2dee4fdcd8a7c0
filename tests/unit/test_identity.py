import base64
import hashlib

from transforms.identity import (
    mint,
    occupation_id_of,
    posting_version,
    skill_id_of,
    slug_of,
)


def test_mint_follows_the_contract() -> None:
    digest = hashlib.sha256(b"onet-soc|2019|15-1252.00").digest()
    expected = "occ_" + base64.b32encode(digest).decode()[:16].lower()
    assert mint("occ", "onet-soc", "2019", "15-1252.00") == expected


def test_ids_are_frozen() -> None:
    """Ids are published: these two must never change."""
    assert skill_id_of("skillweights", "websockets") == mint("skl", "skillweights", "", "websockets")
    assert skill_id_of("skillweights", "websockets") == "skl_gw3kmw52tof67wkt"
    assert occupation_id_of("backend-developer") == "occ_tcco3bjgdpv5zbn5"


def test_editions_and_schemes_differ() -> None:
    ids = {
        mint("occ", "onet-soc", "2010", "15-1132.00"),
        mint("occ", "onet-soc", "2019", "15-1132.00"),
        mint("occ", "esco", "", "15-1132.00"),
    }
    assert len(ids) == 3


def test_posting_version_tells_null_from_empty() -> None:
    assert posting_version(None, "x", "plain", "t") != posting_version("", "x", "plain", "t")
    assert posting_version("t", None, "plain", None) != posting_version(None, "t", "plain", None)
    assert posting_version("a", "b", "plain", "c") != posting_version("a", "b", "html", "c")
    assert len(posting_version(None, None, "plain", None)) == 32


def test_slug_spells_symbols_out() -> None:
    assert slug_of("C++") == "c-plus-plus"
    assert slug_of("C#") == "c-sharp"
    assert slug_of(".NET") == "dotnet"
    assert slug_of("Microsoft .NET Framework") == "microsoft-dotnet-framework"
    assert slug_of("ASP.NET") == "asp-net"
    assert slug_of("R&D") == "r-and-d"
    assert slug_of("café's menu (English)") == "cafes-menu-english"
    assert slug_of("語") == ""
