import pytest

from transforms.language import language

HEBREW = "אנחנו מחפשים מפתחת תוכנה מנוסה לצוות שלנו בתל אביב עם ניסיון ב Python ו AWS"
POLISH = "Szukamy programisty do pracy w Krakowie. Oferujemy umowę na czas nieokreślony. Java, Spring, SQL"
GERMAN = "Wir suchen eine Entwicklerin für unser Team in Köln. Du arbeitest mit Java und Spring."

NAMES_IN_GERMAN = (
    "Wir suchen einen Software Developer mit Java, Docker, AWS. Team, Remote, Full Time, Company Bike."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "none"),
        ("N/A - 12345", "none"),
        ("We are looking for a backend developer to join our team in Oslo.", "en"),
        ("Acme | Berlin | Node.js, React, PostgreSQL, AWS, Docker, Kubernetes", "en"),
        ("Acme | Köln | Golang, Kubernetes | We write Go and you will too", "en"),
        ("Acme | Remote EST | Sales per Com | full time software engineer team company", "en"),
        (NAMES_IN_GERMAN, "other"),
        (HEBREW, "other"),
        (POLISH, "other"),
        (GERMAN, "other"),
        ("Nous cherchons une développeuse pour notre équipe à Lyon, avec Python et des tests", "other"),
        ("招聘后端工程师,熟悉分布式系统与数据库,工作地点上海,欢迎加入我们的团队一起成长", "other"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language(text) == expected


def test_an_english_advert_after_a_long_list_of_places_stays_english() -> None:
    places = "Zürich, Genève, München, Kraków, Łódź, São Paulo, Malmö, Århus, " * 8
    assert (
        language(places + "We are hiring engineers to work on our search and you will love it here") == "en"
    )
