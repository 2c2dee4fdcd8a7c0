import math
from datetime import date

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from exports.canonical import (
    SEAL,
    canonical_bytes,
    canonical_of,
    quickly_encoded,
    read_canonical,
    read_sealed,
    sealed,
)


def test_keys_are_sorted_numbers_short_and_the_file_ends_in_one_newline() -> None:
    assert canonical_bytes({"b": 1.0, "a": [0.25, None, "é"]}) == '{"a":[0.25,null,"é"],"b":1}\n'.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**53])
def test_numbers_that_a_browser_would_lose_are_refused(value: float) -> None:
    with pytest.raises(ValueError):
        canonical_bytes({"value": value})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a":1}', "canonical form"),
        (b'{"a":1}\n\n', "canonical form"),
        (b'{"a": 1}\n', "canonical form"),
        (b'{"b":1,"a":1}\n', "canonical form"),
        (b'{"a":1,"a":1}\n', "canonical form"),
        (b'{"a":1.0}\n', "canonical form"),
        (b'{"a":1e-05}\n', "canonical form"),
        (b"1.0\n", "canonical form"),
        (b'{"a":1e999}\n', "canonical form"),
        (b'{"a":null,"b":1E2}\n', "canonical form"),
        (b'{"a":NaN}\n', "NaN is not a JSON number"),
        (b'{"a":\xff}\n', "not JSON"),
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":123456789012345678901}\n', "not JSON"),
    ],
)
def test_any_other_bytes_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_canonical(data)


def test_a_sealed_file_reads_back() -> None:
    fields = sealed({"note": "free text", "n": 3})
    assert read_sealed(canonical_bytes(fields)) == fields
    assert sealed(fields) == fields


def test_one_changed_letter_of_free_text_breaks_the_seal() -> None:
    fields = sealed({"note": "free text"}) | {"note": "free tex"}
    with pytest.raises(ValueError, match=SEAL):
        read_sealed(canonical_bytes(fields))


@pytest.mark.parametrize("data", [b"{}\n", b"[]\n", b"1\n", b"null\n"])
def test_a_file_without_seal_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_sealed(data)


TEXTS = st.text() | st.sampled_from(
    [
        "\x00",
        '\x00"',
        "\\u0000",
        "é",
        "\U0001f600",
        "\uffff",
        "\x7f",
        "1.0",
        "a:1.0,b",
        "[1e-05]",
        ":-0.0,1e+20,",
        '":1.0,"',
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-(2**53) + 1, 2**53 - 1)
    | st.sampled_from([0.0, -0.0, 1e-7, 1e-6, 0.00001, 2.5e-05, 1e15, 200.0, 5e-324, 0.1234567890123456])
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.slow
@given(VALUES)
def test_the_quick_way_writes_what_the_reference_writes(value: object) -> None:
    wanted = rfc8785.dumps(value) + b"\n"  # type: ignore[arg-type]
    assert canonical_bytes(value) == wanted
    assert canonical_of(value, quickly_encoded(value)) == wanted
    assert read_canonical(wanted) == value


@pytest.mark.parametrize("value", [{"a": {1}}, object(), [date(2026, 1, 2)], ["\ud800"], [2**64]])
def test_what_json_does_not_know_is_refused_quickly_too(value: object) -> None:
    with pytest.raises(ValueError, match="is not a JSON value"):
        quickly_encoded(value)


@pytest.mark.parametrize("value", [[2**53], {"a": 2.0**53}, {"a": 1e16}, {"a": -1e300, "b": "e"}])
def test_numbers_beyond_what_is_safe_are_refused_quickly_too(value: object) -> None:
    with pytest.raises(ValueError, match="beyond 2"):
        canonical_of(value, quickly_encoded(value))


@pytest.mark.parametrize("value", [{"a": {1}}, object(), {"a": float("nan")}, [2**53], [2.0**53], ["\ud800"]])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical_bytes(value)
