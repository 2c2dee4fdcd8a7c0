"""Pay in words: what counts as base pay, and what is refused."""

import pytest

from transforms.pay_text import Pay, read_pay_text, stated_pay

HEADER = "Northwind | Engineer | {} | {}"


def header(pay: str, place: str = "Lyon") -> Pay | None:
    """Pay of an advert whose first line names it."""
    line = HEADER.format(place, pay)
    return read_pay_text(f"{line}\nWe make maps.", len(line))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("€50k-70k", Pay(50e3, 70e3, "EUR", None, "year")),
        ("€50-70k", Pay(50e3, 70e3, "EUR", None, "year")),
        ("€50 - 70K", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50-70k €", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50k to 70k EUR", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50.000 bis 70.000 € im Jahr", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50.000 € bis zu 70.000 €", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50.000 hasta 70.000 € al año", Pay(50e3, 70e3, "EUR", None, "year")),
        ("bis zu 70.000 €", Pay(None, 70e3, "EUR", None, "year")),
        ("£12.21ph", Pay(12.21, 12.21, "GBP", None, "hour")),
        ("£300pd", Pay(300, 300, "GBP", None, "day")),
        ("£450 pw", Pay(450, 450, "GBP", None, "week")),
        ("£1,900 pcm", Pay(1900, 1900, "GBP", None, "month")),
        ("£35,000pa", Pay(35e3, 35e3, "GBP", None, "year")),
        ("45 000 SEK/mån", Pay(45e3, 45e3, "SEK", None, "month")),
        ("€50,000 – €70,000", Pay(50e3, 70e3, "EUR", None, "year")),
        ("€50.000-€70.000", Pay(50e3, 70e3, "EUR", None, "year")),
        ("50 000 - 70 000 EUR", Pay(50e3, 70e3, "EUR", None, "year")),
        ("£45k + bonus + equity", Pay(45e3, 45e3, "GBP", None, "year")),
        ("£45k+", Pay(45e3, None, "GBP", None, "year")),
        ("up to £90k", Pay(None, 90e3, "GBP", None, "year")),
        ("starting at £45k", Pay(45e3, None, "GBP", None, "year")),
        ("90-120k CHF", Pay(90e3, 120e3, "CHF", None, "year")),
        ("US$50-60k", Pay(50e3, 60e3, "USD", None, "year")),
        ("CA$90k-110k", Pay(90e3, 110e3, "CAD", None, "year")),
        ("A$90k-110k", Pay(90e3, 110e3, "AUD", None, "year")),
        ("$90k-110k USD", Pay(90e3, 110e3, "USD", None, "year")),
        ("USD 90k", Pay(90e3, 90e3, "USD", None, "year")),
        ("€60/hour", Pay(60, 60, "EUR", None, "hour")),
        ("€60-80 per hour", Pay(60, 80, "EUR", None, "hour")),
        ("£400-£500 a day", Pay(400, 500, "GBP", None, "day")),
        ("£450/day", Pay(450, 450, "GBP", None, "day")),
        ("€4,000 per month", Pay(4000, 4000, "EUR", None, "month")),
        ("15k-20k PLN/month", Pay(15e3, 20e3, "PLN", None, "month")),
        ("15000 - 20000 zł / month", Pay(15e3, 20e3, "PLN", None, "month")),
        ("₹2,500,000 per year", Pay(2.5e6, 2.5e6, "INR", None, "year")),
        ("€60k p.a.", Pay(60e3, 60e3, "EUR", None, "year")),
        ("€60,000 annually", Pay(60e3, 60e3, "EUR", None, "year")),
        ("₹6,00,000 - ₹9,00,000 P.A.", Pay(6e5, 9e5, "INR", None, "year")),
        ("PLN 14 000 - 18 000 net/month B2B", Pay(14e3, 18e3, "PLN", None, "month")),
        ("1500-2000 EUR gross monthly", Pay(1500, 2000, "EUR", None, "month")),
        ("350-450 GBP p/d", Pay(350, 450, "GBP", None, "day")),
        ("16 € pro Stunde", Pay(16, 16, "EUR", None, "hour")),
        ("3 200 € brut par mois", Pay(3200, 3200, "EUR", None, "month")),
        ("45 000 - 55 000 SEK per månad", Pay(45e3, 55e3, "SEK", None, "month")),
        ("€90 am Tag", None),
        ("80,000 US dollars per year", Pay(80e3, 80e3, "USD", None, "year")),
        ("80,000 Pounds per year", Pay(80e3, 80e3, "GBP", None, "year")),
        ("90k CDN", Pay(90e3, 90e3, "CAD", None, "year")),
        ("20000 NIS per month", Pay(20e3, 20e3, "ILS", None, "month")),
        ("45000 Kr per month", Pay(45e3, 45e3, None, "kr", "month")),
        ("450 000kr per year", Pay(450e3, 450e3, None, "kr", "year")),
        ("£60,000/year to £80,000/year", Pay(60e3, 80e3, "GBP", None, "year")),
        ("100k-120k kr", None),
        ("Salary: €60k-€80k / year", Pay(60e3, 80e3, "EUR", None, "year")),
    ],
)
def test_pay_in_a_header(written: str, wanted: Pay | None) -> None:
    assert header(written) == wanted


@pytest.mark.parametrize(
    ("place", "currency"),
    [
        ("Boston, MA", "USD"),
        ("Remote (US)", "USD"),
        ("San Diego, CA", "USD"),
        ("Toronto", "CAD"),
        ("Sydney", "AUD"),
        ("Singapore", "SGD"),
        ("Remote (US or Canada)", None),
        ("Remote", None),
        ("Lyon", None),
        ("Mexico City, Mexico", None),
    ],
)
def test_whose_dollar_it_is(place: str, currency: str | None) -> None:
    found = header("$90k-$110k", place)
    assert found is not None
    assert (found.currency, found.sign) == (currency, None if currency else "$")


def test_words_of_one_country_tell_the_dollar() -> None:
    text = "Northwind | Engineer | Remote | $90k\nWe offer 401(k) and health care."
    found = read_pay_text(text, text.index("\n"))
    assert found == Pay(90e3, 90e3, "USD", None, "year")


@pytest.mark.parametrize(
    "written",
    [
        "401k",
        "401(k) match",
        "€120k OTE",
        "OTE €120k",
        "€120k total compensation",
        "total comp €120k",
        "€120k TC",
        "€5k signing bonus",
        "bonus of €20k",
        "€100k in equity",
        "€2,000 learning budget",
        "€30M series B",
        "raised €30k",
        "€30k revenue",
        "€30k MRR",
        "€2 billion",
        "€3.5m",
        "100k-130k",
        "100k users",
        "€5000",
        "€90k - €20k",
        "€30k - €200k",
        "€3/hour",
        "€2000/hour",
        "€9,000,000",
        "€50k or £60k-70k",
        "15k-20k PLN",
        "competitive",
        "€",
        "",
    ],
)
def test_what_is_no_pay_or_leaves_it_open(written: str) -> None:
    assert header(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "We have raised €40k-€60k from friends.",
        "Our customers save €40,000 a year.",
        "A market worth €50,000 per year for each shop.",
        "Houses there go for €150,000 to €450,000.",
        "You get €3,000 per year for conferences.",
        "We reached €80k MRR in May.",
        "Referral reward: €25,000.",
        "It costs €40,000 a year to run.",
    ],
)
def test_money_in_prose_is_no_pay(text: str) -> None:
    assert stated_pay(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Salary range: €60,000 to €80,000.",
        "Compensation is €60k-€80k plus equity.",
        "We pay €60-80k.",
        "Backend Engineer (€60k-80k, 0.5% equity)",
        "The base salary is between €60,000 and €80,000 per year.",
        "Minimum salary: €60,000. Maximum salary: €80,000.",
    ],
)
def test_pay_in_prose(text: str) -> None:
    assert read_pay_text(text) == Pay(60e3, 80e3, "EUR", None, "year")


def test_several_pays_are_refused_but_the_header_decides() -> None:
    line = "Northwind | Engineer | €60k"
    body = "\nJunior: €40k-€50k\nSenior: €70k-€80k"
    assert read_pay_text(body) is None
    assert read_pay_text(line + body, len(line)) == Pay(60e3, 60e3, "EUR", None, "year")


def test_the_same_pay_said_twice_is_one() -> None:
    text = "Pay: €60-80 per hour (€10k-13k per month)\nPay: €60-80 per hour"
    assert read_pay_text(text) == Pay(60, 80, "EUR", None, "hour")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The hourly rate is £45.", Pay(45, 45, "GBP", None, "hour")),
        ("Monthly gross salary: €3,100", Pay(3100, 3100, "EUR", None, "month")),
        ("We meet monthly. Salary: €3,100", None),
        ("Monthly salary: €3,100", Pay(3100, 3100, "EUR", None, "month")),
        ("AUD 130k + super", Pay(130e3, 130e3, "AUD", None, "year")),
        ("We pay €1,000 a month to start.", Pay(1000, 1000, "EUR", None, "month")),
        ("Minimum salary: €60,000. Maximum salary: £80,000.", None),
        ("Minimum salary: €80,000. Maximum salary: €60,000.", None),
        ("A hundred dollars. Minimum salary: €60,000.", Pay(60e3, None, "EUR", None, "year")),
    ],
)
def test_words_before_and_after_the_amount(text: str, wanted: Pay | None) -> None:
    assert read_pay_text(text) == wanted


@pytest.mark.parametrize(
    "place", ["Remote (US only).", "US-based.", "Remote in the US.", "We hire remotely (US)."]
)
def test_a_country_whose_workers_alone_are_wanted_tells_the_dollar(place: str) -> None:
    assert read_pay_text(f"Salary: $100k. {place}") == Pay(100e3, 100e3, "USD", None, "year")


def test_us_the_people_is_no_country() -> None:
    assert read_pay_text("Salary: $100k. Join us remotely, only with us.") == Pay(
        100e3, 100e3, None, "$", "year"
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("15,50 € pro Stunde", Pay(15.5, 15.5, "EUR", None, "hour")),
        ("Stundenlohn: 15,50 €", Pay(15.5, 15.5, "EUR", None, "hour")),
        ("Jahresgehalt: 55.000 €", Pay(55e3, 55e3, "EUR", None, "year")),
        ("15,50 €/Std.", Pay(15.5, 15.5, "EUR", None, "hour")),
        ("£13,50 per hour", Pay(13.5, 13.5, "GBP", None, "hour")),
        ("15,50 - 17,00 € pro Stunde", Pay(15.5, 17, "EUR", None, "hour")),
        ("€3.500,00 bruto per maand", Pay(3500, 3500, "EUR", None, "month")),
        ("3.500 € monatlich", Pay(3500, 3500, "EUR", None, "month")),
        ("ab 55.000 € jährlich", Pay(55e3, None, "EUR", None, "year")),
        ("DKK 55.000-65.000 pr. måned", Pay(55e3, 65e3, "DKK", None, "month")),
        ("€10,15,20 per hour", None),
        ("€60,70k a year", None),
        ("€52,5k a year", Pay(52_500, 52_500, "EUR", None, "year")),
        ("€1,5 Millionen jährlich", None),
        ("15,50 €", None),
        ("10,50 € pro Stück", None),
        ("$85,00 per month", None),
    ],
)
def test_decimals_and_periods_of_the_continent(text: str, wanted: Pay | None) -> None:
    assert read_pay_text(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("£30-35,000", Pay(30e3, 35e3, "GBP", None, "year")),
        ("£30-£35,000", Pay(30e3, 35e3, "GBP", None, "year")),
        ("£5-35,000", None),
        ("£30-35,125", None),
        ("£15-20,000", None),
        ("£500-1,000", None),
        ("NOK 650 000 - 750 000", Pay(650e3, 750e3, "NOK", None, "year")),
        ("NOK 65 000 - 75 000", None),
        ("PLN 25 000 - 30 000", None),
        ("Salary: PLN 300 000", Pay(300e3, 300e3, "PLN", None, "year")),
        ("25 000 – 30 000 PLN net + VAT / month (B2B).", Pay(25e3, 30e3, "PLN", None, "month")),
        ("15 000 - 20 000 PLN B2B monthly", Pay(15e3, 20e3, "PLN", None, "month")),
        ("25 000 – 30 000 PLN net + VAT", None),
        ("INR 25-40 LPA", Pay(2.5e6, 4e6, "INR", None, "year")),
        ("₹4.5 LPA", Pay(450e3, 450e3, "INR", None, "year")),
        ("12 LPA", Pay(1.2e6, 1.2e6, "INR", None, "year")),
        ("₹12 lakhs per annum", Pay(1.2e6, 1.2e6, "INR", None, "year")),
        ("CTC: 18 LPA", None),
        ("₹12 lakhs", None),
        ("₹1 LPA", None),
        ("$12 LPA", None),
        ("12k LPA", None),
        ("12 LPA a month", None),
        ("We serve 12 lakh customers.", None),
        ("Rs. 50,000 per month", Pay(50e3, 50e3, None, "Rs", "month")),
        ("Rs. 50,000 per month in Pune", Pay(50e3, 50e3, "INR", None, "month")),
        ("Rs 50,000 per month in Lahore", Pay(50e3, 50e3, "PKR", None, "month")),
        ("Rs 50,000 per month in Lahore or Pune", Pay(50e3, 50e3, None, "Rs", "month")),
        ("Rs. 50,000", None),
        ("engineers 50,000 per month", None),
        ("Pay: NZ$90k", Pay(90e3, 90e3, "NZD", None, "year")),
        ("San Jose, CA $90,000 a year", Pay(90e3, 90e3, "USD", None, "year")),
        ("San Jose, CA\n$90,000 a year", Pay(90e3, 90e3, "USD", None, "year")),
        ("$500 sign-on bonus! $18/hr in Austin, TX.", Pay(18, 18, "USD", None, "hour")),
        ("Sign-on bonus of $25,000 a year!", None),
        ("£2,500 biweekly", None),
        ("You get a $600/month commuter stipend.", None),
        ("€3,000 per month. Commission on top", Pay(3000, 3000, "EUR", None, "month")),
        ("€3,000 per month commission", None),
        ("Pay: $40/hr. to $44/hr. in Austin, TX", Pay(40, 44, "USD", None, "hour")),
    ],
)
def test_thousands_and_currencies(text: str, wanted: Pay | None) -> None:
    assert read_pay_text(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OTE £90k (£60k base + £30k commission).", 60e3),
        ("£60k basic, OTE £90k", 60e3),
        ("Basic £60k. OTE £90k.", 60e3),
        ("£90k OTE (£60k basic)", 60e3),
        ("£60k basic + commission (OTE £90k)", 60e3),
        ("Total comp £90k (base £60k).", 60e3),
        ("£80k - £90k OTE. Basic £60,000 (£28.85 per hour).", 60e3),
        ("OTE £90k basic salary £60k", 60e3),
        ("OTE £90k", None),
        ("OTE £90k (half of it commission)", None),
        ("Package £90k incl. car", None),
        ("Bonus: £60k in shares", None),
        ("We raised £60k on basic terms", None),
    ],
)
def test_the_base_is_the_pay_beside_what_is_added(text: str, wanted: float | None) -> None:
    found = read_pay_text(text)
    assert found == (Pay(wanted, wanted, "GBP", None, "year") if wanted else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Up to £34k DOE.", Pay(None, 34e3, "GBP", None, "year")),
        ("£34k DOE", Pay(34e3, 34e3, "GBP", None, "year")),
        ("£34k OBO", Pay(34e3, 34e3, "GBP", None, "year")),
        ("£34k, depending on experience", Pay(34e3, 34e3, "GBP", None, "year")),
        ("Day rate: £450-£500 outside IR35", Pay(450, 500, "GBP", None, "day")),
        ("Hourly: £18.", Pay(18, 18, "GBP", None, "hour")),
        ("Paid monthly: vouchers of £18", None),
        ("Hour rate £60", Pay(60, 60, "GBP", None, "hour")),
        ("A rate of £450 for the day", None),
        ("Circa £50k.", Pay(50e3, 50e3, "GBP", None, "year")),
        ("Leeds\nUp to £50,000\nFull time", Pay(None, 50e3, "GBP", None, "year")),
        ("£50k.", None),
        ("£40,000 DOE grant", None),
        ("We have orders of circa £50k.", None),
        ("Circa £50k of orders", None),
        ("Sign-on bonus\nUp to £25,000", None),
        ("Up to £25,000 for every machine", None),
        ("Up to £500.", None),
    ],
)
def test_words_that_make_one_amount_pay(text: str, wanted: Pay | None) -> None:
    assert read_pay_text(text) == wanted
