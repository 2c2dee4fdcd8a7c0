"""The words of the synthetic adverts. Every sentence is invented; none names a real employer or person."""

GREETING_HEADINGS = ("About {company}", "About us", "Who we are")
ABOUT = (
    "This advert is synthetic: {company} does not exist and neither does the job.",
    "{company} is an invented company in a synthetic labour market; please do not apply.",
    "Note: generated text. {company} was made up by a program to try out other programs.",
)
ABOUT_CUSTOMERS = (
    "Our imaginary customers run small clinics and bakeries.",
    "We plan deliveries for imaginary shops in towns that are on no map.",
    "Since 2012 we have printed tickets for trains that never leave.",
)
ABOUT_WITH_TOOLS = "Before they met us, our customers kept everything in {tool}."
DUTIES_HEADINGS = ("What you will do", "Your tasks", "Responsibilities", "The role")
DUTIES = (
    "You plan, write and look after services that colleagues can rely on.",
    "You take part in design talks and review the work of others.",
    "You find out what users need and turn it into small, finished steps.",
    "You keep what we have running, and you retire what nobody needs.",
    "You write down decisions so that others can follow them.",
    "You help newer colleagues to find their way.",
)
DUTIES_WITH_SKILLS = (
    "In daily work you will meet {skills}.",
    "Our tools of every day are {skills}.",
    "You extend what we have built on {skills}.",
    "You look after the parts that rest on {skills}.",
)
DUTIES_WITH_EMPLOYER = "You join a team of six at {company}."
REQUIREMENT_HEADINGS = ("Requirements", "What you bring", "Your profile", "Qualifications")
REQUIREMENTS_WITH_SKILLS = (
    "Several years of work with {skills}",
    "You know {skills} well",
    "Solid experience with {skills}",
    "You have shipped things with {skills}",
    "Good knowledge of {skills}",
    "Hands-on practice in {skills}",
)
REQUIREMENTS = (
    "You explain things plainly, in writing and aloud",
    "You finish what you begin",
    "Three or more years in a similar job",
    "You ask when something is unclear",
)
PREFERRED_HEADINGS = ("Nice to have", "Bonus points", "It would be a plus if you bring")
PREFERRED_WITH_SKILLS = (
    "Some experience with {skills}",
    "First steps with {skills}",
    "You have tried {skills}",
)
NEGATIONS = (
    "No experience with {skill} needed.",
    "No knowledge of {skill} required.",
)
BENEFITS_HEADINGS = ("Benefits", "What we offer", "Perks")
BENEFITS = (
    "Health insurance, dental insurance and a pension plan",
    "Thirty days of paid leave and free fruit",
    "Language lessons, a gym card and a bicycle",
    "Paid parental leave",
)
BENEFITS_WITH_TOOLS = "A yearly sum for courses and certificates, for example {tool}"
EQUAL_HEADINGS = ("Equal opportunity", "Diversity")
EQUAL = (
    "{company} is an equal opportunity employer: age, religion, pregnancy, disability, origin and veteran "
    "status play no part in who we hire.",
    "Equal opportunity employer. We welcome everyone and decide without regard to race, sex, pregnancy, "
    "faith, age, disability or marital status.",
)
ADDRESS_HEADINGS = ("Address", "Where to find us")
ADDRESS = ("{company}, 12 Go to Street, Exampleville", "{company}, 3 Old Swift Lane, Exampleville")
TOOLS_IN_BOILERPLATE = ("Excel", "Salesforce", "SAP", "Oracle")

OTHER_LANGUAGE = (
    "Diese Anzeige ist erfunden, und die Firma {company} gibt es nicht. Wir suchen für unser Team in der "
    "Stadt jemanden, der mit uns Dienste plant, baut und pflegt. Du kennst dich mit {skills} gut aus, "
    "arbeitest gerne mit anderen zusammen und sprichst fließend Deutsch. Wir bieten dir dreißig Tage "
    "Urlaub, eine Krankenversicherung und flexible Arbeitszeiten."
)
