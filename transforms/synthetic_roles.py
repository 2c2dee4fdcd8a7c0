"""What the synthetic labour market asks for: roles, their titles, and the true share of each skill.

All numbers are invented. A share is the probability that an advert of the role asks for the skill.
"""

from collections.abc import Mapping
from dataclasses import dataclass

RESIDUAL = "other"


@dataclass(frozen=True)
class SyntheticRole:
    """A role: how often it is advertised (share of adverts), under which titles, asking for what."""

    weight: float
    titles: tuple[str, ...]
    shares: Mapping[str, float]
    onet_soc_codes: tuple[str, ...] = ()


def _role(weight: float, titles: str, shares: str, onet: str = "") -> SyntheticRole:
    """Parse the compact notation below: titles divided by ``|``, shares as ``skill percent`` pairs."""
    words = shares.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return SyntheticRole(
        weight,
        tuple(title.strip() for title in titles.split("|")),
        {skill: int(percent) / 100 for skill, percent in pairs},
        tuple(onet.split()),
    )


ROLES: Mapping[str, SyntheticRole] = {
    "backend-developer": _role(
        0.200,
        "Backend Developer | Backend Engineer | Back-end Engineer | Backend Software Engineer",
        """python 45 postgresql 42 docker 40 java 30 kubernetes 28 aws 38 node.js 25 redis 22 websockets 20
        go 18 git 30 linux 20 kafka 15 mysql 18 mongodb 14 typescript 16 graphql 12 rabbitmq 9
        terraform 10 elasticsearch 10 django 13 spring-boot 14 grpc 7 jenkins 6 php 8""",
        "15-1252.00",
    ),
    "frontend-developer": _role(
        0.130,
        "Frontend Developer | Frontend Engineer | Front-end Developer | Front-end Engineer",
        """javascript 62 react 55 typescript 50 css 45 html 42 vue 18 angular 16 graphql 15 node.js 20
        git 30 webpack 14 jest 15 figma 16 next.js 18 redux 15 websockets 6 cypress 10 docker 8
        storybook 9 tailwind-css 12 sass 12 svelte 4 aws 6 web-accessibility 14 playwright 6""",
        "15-1254.00 15-1255.00",
    ),
    "full-stack-developer": _role(
        0.070,
        "Full Stack Developer | Full-stack Engineer | Full Stack Software Engineer",
        """javascript 48 react 45 typescript 42 node.js 38 postgresql 34 python 30 docker 28 aws 30 css 22
        html 22 git 28 graphql 14 mongodb 15 websockets 10 redis 12 kubernetes 14 mysql 14 next.js 14
        rails 10 django 10 vue 10 angular 8 jest 8 php 8 terraform 6""",
        "15-1252.00 15-1254.00",
    ),
    "software-engineer": _role(
        0.090,
        "Software Engineer | Software Developer",
        """python 36 java 32 c-plus-plus 18 go 14 docker 24 kubernetes 18 aws 28 git 32 linux 24 postgresql 20
        javascript 20 typescript 16 react 14 kafka 8 c-sharp 12 rust 6 redis 8 jenkins 8 mysql 10 azure 12
        scala 5 terraform 8 graphql 5 websockets 4""",
        "15-1252.00",
    ),
    "mobile-developer": _role(
        0.040,
        "Mobile Developer | iOS Developer | Android Developer | Mobile Engineer",
        """swift 45 kotlin 45 react-native 25 flutter 22 java 20 git 34 objective-c 12 firebase 22
        graphql 10 typescript 14 javascript 12 websockets 8 jenkins 6 figma 8 sqlite 10""",
        "15-1252.00",
    ),
    "data-engineer": _role(
        0.060,
        "Data Engineer | Data Platform Engineer",
        """python 70 sql 65 spark 45 airflow 38 aws 42 kafka 30 snowflake 26 dbt 24 docker 24 kubernetes 14
        postgresql 22 scala 14 databricks 18 bigquery 14 terraform 15 git 26 hadoop 12 redshift 12
        java 12 azure 16 linux 10 tableau 6""",
        "15-1243.00 15-1243.01",
    ),
    "data-scientist": _role(
        0.115,
        "Data Scientist | Data Scientist, Forecasting | Applied Data Scientist",
        """python 78 sql 55 machine-learning 52 pandas 34 scikit-learn 34 r 28 pytorch 24 tensorflow 22
        numpy 22 spark 18 statistics 40 tableau 14 aws 18 git 22 docker 12 nlp 14 airflow 8 jupyter 12
        xgboost 10 databricks 8 power-bi 8 snowflake 8 excel 10 matplotlib 8""",
        "15-2051.00",
    ),
    "machine-learning-engineer": _role(
        0.040,
        "Machine Learning Engineer | ML Engineer",
        """python 85 pytorch 58 tensorflow 36 machine-learning 50 docker 38 kubernetes 30 aws 34 sql 22
        spark 16 scikit-learn 26 nlp 20 computer-vision 18 mlflow 16 git 22 c-plus-plus 14 airflow 12 cuda 10
        linux 14 terraform 8 numpy 16""",
        "15-2051.00 15-1221.00",
    ),
    "devops-engineer": _role(
        0.120,
        "DevOps Engineer | Site Reliability Engineer | Senior DevOps Engineer",
        """kubernetes 62 terraform 55 docker 52 aws 55 linux 45 python 36 ansible 30 jenkins 22
        prometheus 28 grafana 26 git 32 helm 22 bash 26 azure 20 go 16 gitlab-ci 16 github-actions 14
        postgresql 12 elasticsearch 10 kafka 8 redis 8 nginx 12 argo-cd 10 vault 8""",
        "15-1244.00 15-1299.08",
    ),
    "security-engineer": _role(
        0.025,
        "Security Engineer | Application Security Engineer",
        """linux 40 python 42 aws 36 penetration-testing 32 siem 26 kubernetes 20 docker 16 splunk 16
        terraform 12 owasp 22 bash 14 burp-suite 12 azure 16 cryptography 10 git 12 wireshark 8""",
        "15-1212.00 15-1299.05",
    ),
    "embedded-engineer": _role(
        0.025,
        "Embedded Software Engineer | Embedded Engineer | Firmware Engineer",
        """c-plus-plus 68 c 62 linux 42 python 32 git 30 rtos 34 arm 26 rust 12 can-bus 14 bluetooth 16
        fpga 10 docker 8 bash 8 matlab 6""",
        "15-1252.00 17-2061.00",
    ),
    "qa-engineer": _role(
        0.025,
        "QA Engineer | Test Automation Engineer | Quality Assurance Engineer",
        """selenium 45 python 32 java 24 cypress 24 playwright 22 jira 30 postman 24 jenkins 22 git 24
        sql 22 javascript 20 typescript 14 docker 12 jmeter 10 cucumber 10 linux 8""",
        "15-1253.00",
    ),
    "engineering-manager": _role(
        0.020,
        "Engineering Manager | Software Engineering Manager",
        """aws 30 python 22 kubernetes 16 agile 44 scrum 26 java 14 docker 12 react 10 jira 14
        typescript 8""",
        "11-3021.00",
    ),
    "product-manager": _role(
        0.020,
        "Product Manager | Technical Product Manager",
        """jira 34 sql 26 agile 42 scrum 24 figma 16 tableau 10 excel 12 confluence 14 python 6""",
        "15-1299.09",
    ),
    "designer": _role(
        0.020,
        "Product Designer | UX Designer | UI/UX Designer",
        """figma 78 sketch 24 adobe-xd 14 photoshop 18 illustrator 16 html 14 css 16 web-accessibility 18
        jira 8 webflow 6""",
        "15-1255.00 27-1024.00",
    ),
    RESIDUAL: _role(
        0.020,
        "Payroll Clerk | Office Manager | Account Executive | Warehouse Coordinator",
        "excel 40 salesforce 20 sap 12 jira 6",
        "43-3051.00",
    ),
}

ROLE_PAIRS = (
    ("backend-developer", "frontend-developer", "Backend and Frontend Engineers"),
    ("backend-developer", "devops-engineer", "Backend Engineer / DevOps Engineer"),
    ("data-engineer", "data-scientist", "Data Engineers and Data Scientists"),
)
"""Adverts that name two roles, which no rule can count for one of them."""

TOGETHER = frozenset(
    {
        *("docker", "kubernetes", "terraform", "aws", "helm", "prometheus", "grafana"),
        *("kafka", "spark", "pytorch", "react", "typescript", "next.js"),
    }
)
"""Skills that lean to the same adverts; the others of a role lean away, shares staying as declared."""

WRITTEN_FORMS: Mapping[str, tuple[str, ...]] = {
    "web-accessibility": ("web accessibility",),
    "adobe-xd": ("Adobe XD",),
    "agile": ("agile",),
    "airflow": ("Airflow", "Apache Airflow"),
    "angular": ("Angular",),
    "ansible": ("Ansible",),
    "argo-cd": ("Argo CD", "ArgoCD"),
    "arm": ("ARM",),
    "aws": ("AWS", "Amazon Web Services"),
    "azure": ("Azure", "Microsoft Azure"),
    "bash": ("Bash",),
    "bigquery": ("BigQuery",),
    "bluetooth": ("Bluetooth",),
    "burp-suite": ("Burp Suite",),
    "c": ("C",),
    "c-sharp": ("C#",),
    "c-plus-plus": ("C++",),
    "can-bus": ("CAN bus",),
    "computer-vision": ("computer vision",),
    "confluence": ("Confluence",),
    "cryptography": ("cryptography",),
    "css": ("CSS", "CSS3"),
    "cucumber": ("Cucumber",),
    "cuda": ("CUDA",),
    "cypress": ("Cypress",),
    "databricks": ("Databricks",),
    "dbt": ("dbt",),
    "django": ("Django",),
    "docker": ("Docker",),
    "elasticsearch": ("Elasticsearch", "ElasticSearch"),
    "excel": ("Excel", "Microsoft Excel"),
    "figma": ("Figma",),
    "firebase": ("Firebase",),
    "flutter": ("Flutter",),
    "fpga": ("FPGA",),
    "git": ("Git",),
    "github-actions": ("GitHub Actions",),
    "gitlab-ci": ("GitLab CI",),
    "go": ("Go", "Golang"),
    "grafana": ("Grafana",),
    "graphql": ("GraphQL",),
    "grpc": ("gRPC",),
    "hadoop": ("Hadoop",),
    "helm": ("Helm",),
    "html": ("HTML", "HTML5"),
    "illustrator": ("Adobe Illustrator",),
    "java": ("Java",),
    "javascript": ("JavaScript", "Javascript"),
    "jenkins": ("Jenkins",),
    "jest": ("Jest",),
    "jira": ("Jira", "JIRA"),
    "jmeter": ("JMeter",),
    "jupyter": ("Jupyter",),
    "kafka": ("Kafka", "Apache Kafka"),
    "kotlin": ("Kotlin",),
    "kubernetes": ("Kubernetes", "kubernetes", "k8s"),
    "linux": ("Linux",),
    "machine-learning": ("machine learning",),
    "matlab": ("MATLAB",),
    "matplotlib": ("Matplotlib",),
    "mlflow": ("MLflow",),
    "mongodb": ("MongoDB",),
    "mysql": ("MySQL",),
    "next.js": ("Next.js",),
    "nginx": ("nginx",),
    "nlp": ("NLP", "natural language processing"),
    "node.js": ("Node.js", "NodeJS", "node.js"),
    "numpy": ("NumPy",),
    "objective-c": ("Objective-C",),
    "owasp": ("OWASP",),
    "pandas": ("pandas", "Pandas"),
    "penetration-testing": ("penetration testing",),
    "php": ("PHP",),
    "photoshop": ("Photoshop",),
    "playwright": ("Playwright",),
    "postgresql": ("PostgreSQL", "Postgres", "postgresql"),
    "postman": ("Postman",),
    "power-bi": ("Power BI",),
    "prometheus": ("Prometheus",),
    "python": ("Python", "python"),
    "pytorch": ("PyTorch",),
    "r": ("R",),
    "rabbitmq": ("RabbitMQ",),
    "react": ("React", "React.js", "ReactJS"),
    "react-native": ("React Native",),
    "redis": ("Redis",),
    "redshift": ("Amazon Redshift",),
    "redux": ("Redux",),
    "rtos": ("RTOS",),
    "rails": ("Ruby on Rails",),
    "rust": ("Rust",),
    "salesforce": ("Salesforce",),
    "sap": ("SAP",),
    "sass": ("Sass",),
    "scala": ("Scala",),
    "scikit-learn": ("scikit-learn",),
    "scrum": ("Scrum",),
    "selenium": ("Selenium",),
    "siem": ("SIEM",),
    "sketch": ("Sketch",),
    "snowflake": ("Snowflake",),
    "spark": ("Spark", "Apache Spark"),
    "splunk": ("Splunk",),
    "spring-boot": ("Spring Boot",),
    "sql": ("SQL",),
    "sqlite": ("SQLite",),
    "statistics": ("statistics",),
    "storybook": ("Storybook",),
    "svelte": ("Svelte",),
    "swift": ("Swift",),
    "tableau": ("Tableau",),
    "tailwind-css": ("Tailwind CSS",),
    "tensorflow": ("TensorFlow",),
    "terraform": ("Terraform",),
    "typescript": ("TypeScript",),
    "vault": ("HashiCorp Vault",),
    "vue": ("Vue.js", "Vue"),
    "webflow": ("Webflow",),
    "webpack": ("webpack", "Webpack"),
    "websockets": ("WebSockets", "WebSocket", "websockets"),
    "wireshark": ("Wireshark",),
    "xgboost": ("XGBoost",),
}
"""How adverts write a skill. The first form is the commonest."""
