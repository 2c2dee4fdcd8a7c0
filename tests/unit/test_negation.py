import pytest

from transforms.negation import NOT_NEEDED_AFTER, negated_stretches


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("No experience with Rust needed. We use Go.", "Rust", True),
        ("No experience with Rust needed. We use Go.", "Go", False),
        ("No PHP experience necessary", "PHP", True),
        ("No PHP experience is useless", "PHP", False),
        ("We never use PHP", "PHP", True),
        ("We write C#. Not PHP.", "PHP", True),
        ("Not PHP alone matters. Go", "Go", False),
        ("Nobody here writes PHP. We use Go", "PHP", True),
        ("Nobody here writes PHP. We use Go", "Go", False),
        ("Nobody writes better Go", "Go", False),
        ("C++ (no Rust yet, but we are curious)", "Rust", True),
        ("We don't, however, use PHP", "PHP", True),
        ("We are not, however, looking for PHP", "PHP", True),
        ("We do not use PHP here", "PHP", True),
        ("We don’t use PHP but Go", "PHP", True),
        ("We don’t use PHP but Go", "Go", False),
        ("We use Go instead of Java, with Redis", "Java", True),
        ("We use Go instead of Java, with Redis", "Redis", False),
        ("Instead of Jenkins we use Buildkite", "Buildkite", False),
        ("You don't need to know Scala", "Scala", True),
        ("You don't have to be told: code in Perl", "Perl", False),
        ("There is no better place for Go", "Go", False),
        ("not only Go", "Go", False),
        ("We moved away from Perl, and write Go", "Perl", True),
        ("We moved away from Perl, and write Go", "Go", False),
        ("We move Go services to the cloud", "Go", False),
        ("We ditched Perl for Go", "Perl", True),
        ("We got rid of Perl, now it is Go", "Perl", True),
        ("We are phasing out Perl, and use Go", "Perl", True),
        ("We phase in Perl", "Perl", False),
        ("We dropped Perl for Go", "Perl", True),
        ("Our costs dropped Perl by Perl", "Perl", False),
        ("This is not a Java role.", "Java", True),
        ("You are not a Java expert? Fine", "Java", False),
        ("We don't write Java", "Java", True),
        ("You can't do this job without Python", "Python", False),
        ("We no longer use Perl", "Perl", True),
        ("No longer alone: use Perl", "Perl", False),
        ("we don't use it but value experience in Elm", "Elm", False),
    ],
)
def test_negated_stretches(text: str, word: str, expected: bool) -> None:
    at = text.index(word)
    assert any(start <= at < end for start, end in negated_stretches(text)) is expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" is not required.", True),
        (" experience isn't needed", True),
        (" knowledge not necessary", True),
        (" is not required but a plus", False),
        (" is required", False),
        (" not essential.", True),
        (", not required", True),
        (" (not required)", True),
        (" (not required, but a plus)", False),
        (", not only required", False),
        (" and a degree is not required", False),
    ],
)
def test_not_needed_after(after: str, expected: bool) -> None:
    assert bool(NOT_NEEDED_AFTER.match(after)) is expected
