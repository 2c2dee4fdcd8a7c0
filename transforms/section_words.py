"""Headings and phrases by which the parts of an advert are told; read by transforms.section."""

HEADINGS: dict[str, str] = {
    "company": (
        r"about (?:us|the company|our company|company|the (?:organi[sz]ation|trust|employer|business|"
        r"firm)|(?!you\b|your\b|(?:the|this|our) (?:role|job|position|opportunity|work|stack|tech))"
        r"[a-z][\w&.' -]{1,40})|"
        r"who we are|company(?: (?:description|overview|profile|background|info|information))?|"
        r"our (?:story|mission|values|culture|vision)|what we do|our company|the company|about|intro|"
        r"introduction|mission|company culture|background"
    ),
    "duties": (
        r"(?:key |main |primary |your |core |job |the |essential )?(?:duties|responsibilities|"
        r"accountabilities|tasks|functions)(?: (?:and|&) (?:duties|responsibilities|tasks|accountabilities|"
        r"requirements))?|what you(?:'ll| will|'d) (?:do|be doing|work on)|what you(?:'ll|"
        r" will) be (?:doing|working on|responsible for)|your (?:role|job|mission|day)|the (?:role|job|"
        r"position|opportunity|work)|(?:job|role|position) (?:description|summary|overview|purpose|"
        r"duties)|about (?:the|this) (?:role|job|position|opportunity)|you will|you'll|day to day|"
        r"in this role(?:,? you will)?|responsibilities include|what we (?:need you to do|want you to do)|"
        r"overview"
    ),
    "requirements": (
        r"(?:minimum |basic |key |job |essential |required |technical |our |the |core |"
        r"position )?(?:requirements?|qualifications?|skills?|skill ?set|experience|must[ -]haves?|"
        r"criteria|competenc(?:ies|es)|knowledge)(?: (?:and|&|/) (?:experience|skills?|qualifications?|"
        r"requirements?|abilities|knowledge|education|competencies))*(?: required| needed)?|"
        r"what (?:you(?:'ll)? (?:need|bring|have|should have|'ve got)|we(?:'re| are)? (?:look(?:ing)? for|"
        r"need|require|expect|want)|(?:we|you)(?:'d| would) (?:like|need).{0,20})|who you are|about you|"
        r"we (?:expect|require)|(?:this (?:role|job) (?:is|might be) for you|you(?:'ll| will|'d| would|'re| are|"
        r" may| might| could) [^:.]{2,28}) if(?: you(?:'ve|'re| have| are)?)?|"
        r"you have|you (?:are|bring|must have|should have)|your (?:profile|skills|experience|background)|"
        r"we(?:'re| are) looking for|looking for|ideal candidate|the ideal candidate|musts?|must have|"
        r"should(?: haves?)?|minimum|"
        r"required|"
        r"you|need|what matters|person specification|you(?:'ve| have) got|you might be a (?:good )?fit if|"
        r"essential(?: criteria| skills)?|you should apply if"
    ),
    "body": (
        r"(?:our )?(?:tech(?:nology|nical|nologies)?|full|current|dev(?:elopment)?|"
        r"software)?[ -]?stack(?: includes?)?|technolog(?:y|ies)(?: we use)?|what we use|tech|tools|(?:skills|"
        r"technologies|languages) (?:we use|used)|programming languages?|(?:how|where) (?:we|you'll) work|"
        r"backend|frontend|back[ -]end|front[ -]end|infrastructure|languages|(?:current |open |"
        r"available )?(?:positions?|roles?|openings?|jobs?)"
    ),
    "nice_to_have": (
        r"what (?:would|will|could|might|can) (?:set you apart|make you stand out)|"
        r"nice|(?:nice|good|great)[ -]to[ -]haves?s?|bonus(?: points?| skills?)?(?: (?:if|for|if you have))?|"
        r"(?:additional |other )?preferred(?: (?:qualifications?|skills?|experience|requirements?))?"
        r"(?: (?:and|&) (?:experience|skills))?|desir(?:able|"
        r"ed)(?: (?:criteria|skills?|qualifications?|experience|requirements?))?|"
        r"plus(?:es)?|a plus|pluses include|(?:it's )?(?:a )?(?:big |huge )?(?:plus|bonus)(?: if.{0,20})?|"
        r"extra (?:points|credit)|optional|useful|even better if(?: you have)?|could(?: haves?)?|"
        r"additional (?:skills|qualifications)|brownie points.{0,12}|"
        r"nice[ -]to[ -]have skills|ideally|extras|want|even better|we(?:'d| would) (?:appreciate|love)(?: to see)?"
    ),
    "benefits": (
        r"(?:the |our |key |company |employee |some |job )?(?:benefits?|perks?|compensation|rewards?|"
        r"remuneration|salary|pay|package|salary range)(?: (?:and|&|/|\+) (?:benefits?|perks?|"
        r"compensation|salary|rewards?|more))*(?: package| include| offered)?|what we(?:'ll|"
        r" can)? (?:offer|provide|give)(?: you)?|we offer|why (?:join )?(?:us|work (?:here|with us|"
        r"for us)|join(?: us)?)|why you(?:'ll|'d| will) (?:love|like|want).{0,30}|what(?:'s|"
        r" is) in it for you|what you(?:'ll)? get|in return.{0,20}|working (?:for|with) us|"
        r"employee benefits"
    ),
    "equal_opportunity": (
        r"(?:equal (?:employment )?opportunit(?:y|ies)|eeo|diversity|diversity(?:, equity)?,? (?:and|"
        r"&) inclusion|inclusion|our commitment to.{0,30}|accessibility|accommodations?)(?: (?:statement|"
        r"employer|policy))*"
    ),
    "legal": (
        r"legal|disclaimer|privacy(?: (?:policy|notice|statement))?|notice.{0,20}|additional information|"
        r"disclosure and barring.{0,30}|certificate of sponsorship|security clearance|"
        r"important information|gdpr"
    ),
    "address": (
        r"(?:job |office |our |work )?(?:locations?|address|offices?)|contact(?: (?:us|info|information|"
        r"details))?|where|how to apply|to apply|apply|application process|interview process|"
        r"hiring process|our hiring process|the process|links?|more info(?:rmation)?|website|interested"
    ),
}
"""Heading by section, as it stands alone on a line or before a colon (folded, without bullets and marks)."""

_PHRASES: dict[str, str] = {
    "equal_opportunity": (
        "equal opportunit|equal employment|equal access employer|affirmative action|"
        "without regard to|regardless of race|regardless of gender|regardless of age|"
        "sexual orientation|gender identity|protected veteran|veteran status|national origin|"
        "marital status|protected characteristic|protected by law|on the basis of race|"
        "people of color|underrepresented|under-represented|gender expression|"
        "all qualified applicants|we do not discriminate|we don't discriminate|celebrate diversity|"
        "we value diversity|inclusive environment|reasonable accommodation|disability status|"
        "applicants with disabilities|people with disabilities|diverse backgrounds"
    ),
    "legal": (
        "privacy policy|privacy notice|background check|criminal record|"
        "criminal histor|e-verify|by applying|by submitting|drug test|drug screen|"
        "disclosure and barring|dbs check|rehabilitation of offenders|agencies please|no agencies|"
        "no recruiters|unsolicited resumes|work authorization|authorized to work|right to work|"
        "certificate of sponsorship|process your data|process your personal|your personal data|under the gdpr"
    ),
    "address": (
        "headquartered in|headquartered at|our office is|our offices are|our office in|offices in|"
        "based out of"
    ),
    "benefit": (
        "health insurance|dental|vision insurance| vision,|medical,|401k|401(k)|paid time off| pto|"
        "paid vacation|parental leave|maternity|paternity|life insurance|health care|"
        "healthcare coverage|healthcare benefits|free lunch|lunches|snacks|catered|gym |wellness|"
        "stock options|equity|competitive salary|unlimited vacation|flexible hours|flexible working|"
        "commuter|relocation|pension|annual leave|days holiday|days off|sick leave|childcare|"
        "retirement plan|bonus scheme|learning budget|training budget|conference budget|"
        "company retreats|macbook|standing desk|visa sponsorship|happy hour|cycle to work|"
        "health benefits|days of vacation"
    ),
    "preferred": (
        "nice to have|nice-to-have|nice to haves|a plus|big plus|huge plus|are plus| bonus if|"
        "nice plus|strong plus|great plus|definite plus|real plus|major plus|: plus|(plus)| plus.|"
        "bonus points|is a bonus|a bonus|bonus:|preferred|preferably|ideally|desirable|desired|"
        "would be great|would be nice|not required but|but not required|not a must|advantageous|"
        "an advantage|strong advantage|big advantage|clear advantage|real advantage|distinct advantage|"
        "definite advantage|added advantage|great advantage|be of advantage|be advantage|"
        "good to have|brownie points|extra points|pluses|is beneficial|a bonus.|"
        "optionally|is optional|are optional| optional.|not mandatory|bonuses:|"
        "helpful but not|not necessary but|is helpful|also welcome| welcome.|an asset|be beneficial|be useful|"
        "be helpful|is useful|strong asset|be welcomed|great if you|better if you|"
        "nice if |love to see|(optional|(bonus|, great.|, great;|, great!|, awesome|, even better|, all the better|"
        "- great,|? great,|would be amazing|would be awesome|would be fantastic|would be ideal|would be excellent|"
        "highly regarded|well regarded|highly valued|"
        "love it if|love if|perfect world|ideal world| helpful.| helps.|"
        "is appreciated|are appreciated|be appreciated|ly appreciated|icing on the cake|nice extra|be a benefit|"
        "be of benefit|n't hurt|thrilled if|delighted if| beneficial.|[optional|"
        "love you to|love someone with|useful skill|(nice)|given preference|d be awesome if|d be great if|"
        "d be cool if|d be nice if|"
        "prefer someone|prefer people|prefer candidate|prefer applicant|"
        "prefer experience|prefer knowledge|prefer if you|prefer you| appreciated.|considered a plus|"
        "useful experience|extra credit|it helps if|is welcome|are welcome|big bonus|huge bonus|nice bonus|bonus."
    ),
    "required": (
        "must have|must-have|you must|required|requires|is a must|are a must|requirement|essential|"
        "mandatory| we require|not be considered|need not apply|do not apply|don't apply|should not apply|"
        "you have experience|you should have|you'll need|you will need|need to have|"
        "should be proficient|must be|"
        "candidate will have|candidates will have|candidate has |candidate should have|candidates should have|"
        "candidate should be|candidates should be|applicants should have|"
        "strong experience|proficiency in|proficient in|you need to know"
    ),
    "work": (
        "you will|you'll|we are looking for|we're looking for|we are hiring|we're hiring|our stack|"
        "tech stack|the stack|technology stack|experience with|experience in|responsible for|"
        "we are seeking|looking to hire|we're seeking|seeking a|technologies:|technologies we use|"
        "our backend|our back-end|our frontend|our front-end|built with|written in|our tools|"
        "knowledge of|familiar with|familiarity with|proficien|engineer (|engineers (|engineer -|"
        "engineer:|developer (|developers (|developer -|developer:|designer -|"
        "designer:|you have |you are |join us as|we work with|we use |you know|you like|"
        "open positions|open roles|backend:|frontend:|stack:|stack is|senior "
    ),
}

_PHRASES |= {
    "we": " we | we're| we've| we'll| our | us | us,| us.",
    "you": " you | you'll| you're| your |candidate|applicant| who ",
    "ask": (
        "experience with|experience in|experience of|experience using|experience work|experience or|"
        "experience and|"
        "experience (|experience:|experience,|experience.|experienced|prior experience|proven experience|"
        "relevant experience|work experience|hands-on experience|years' experience|years experience|"
        "knowledge of|"
        "knowledge in|of knowledge|working knowledge|technical knowledge|good knowledge|strong knowledge|"
        " skill|"
        "understanding of|familiar|proficien|expertise|expert in|background|ability to| be able to|degree|"
        " know |fluent|comfortable|competen|qualif| years of|responsib|looking for|seeking|hiring|hire |"
        " needs a| need a| need some|strong |someone|interested in|interest in|passionate about|"
        "would like to|role| position| candidate|"
        "post holder|postholder|incumbent|opportunity to|opportunities|openings| to work on|you work on|"
        "ll work on|be working on|vacanc"
    ),
    "stack": (
        "our database is|our store is|"
        " we use| we write| we work with| we deploy| we rely on| we develop in| we mostly| we mainly|"
        " we're using| we are using| we currently use| we primarily| stack|built with|built on|built in|"
        "built using|written in|written with|powered by|back-end is|backend is|front-end is|frontend is|"
        "hosted on|"
        "our backend|our frontend|our back-end|our front-end|our infrastructure|our codebase|our code|"
        "runs on| run on|technologies:|technologies include|technologies we|tech:|tools:|tools we|keywords:|"
        "is done with|is done in| are in | app is in|language is|languages are|work is in|our work is"
    ),
    "use": (
        " we run| we love| technolog| tools|back-end|backend|front-end|frontend| using |hosted|codebase|"
        "framework|"
        "infrastructure|based on|programming language| for our | projects with|our apps|our services|"
        "our servers|"
        " we may use| in-house"
    ),
    "tells": (
        " helps |"
        " startup| start-up|our mission|mission is|on a mission|mission to|our vision|leading provider|"
        "leader in|"
        "leaders in|industry leader|world leader|'s leading|a leading |the leading |revolutioni|"
        "is transforming|"
        " founded |-backed|backed startup| are backed| is backed| funded | raised |series a|series b|"
        "customers are|clients are|help companies|"
        "helps companies|helping companies| empowers |provider of|company that|platform that|platform for|"
        "tool that| we help| we provide| we offer| we believe| we are a | we're a | we are an | we're an |"
        " we build | we're building | we are building | we make | we sell |is building|is developing |"
        "are building the|the future of|the world's| used by | trusted |company, | companies |meetup|"
        " sponsor |"
        " global expert| global leader| specialists in|clients, | creates | provides | offers |"
        " developers can | users can | customers can | companies can | businesses can | clients can |lets you |"
        "allows you to|enables you to|lets developers|allows developers|enables developers|enabling developers|"
        "allows users|lets users|enables users|allowing users|allows customers|enables customers|allows companies|"
        "enables companies|enabling companies|we also offer|we partner with|making it easy|makes it easy|"
        "making it easier|makes it easier| they offer | they provide |leading the way|"
        "services include|products include|solutions include|"
        " delivers | develops | builds | makes | sells |interview|"
        "phone screen|coding challenge|take-home|take home|whiteboard"
    ),
    "seek": "look for|looking for|looks for|expect| need |seek| want | require|hire|hiring|must |you",
    "duty": (
        " you will | you'll | you would | you'd |responsible for| who will | who can |candidate will|"
        "holder will|"
        " role will| position will| job will|will be responsible| will lead| will use| will work|"
        " will support| will build| will design| will develop| will perform| will create| will provide|"
        " will assist|"
        "your job|your role|your work|your tasks"
    ),
    "demand": (
        " you have| you've| you know| you can | you speak | you read | you are | you're | you should |"
        " you need| "
        "you bring|"
        " knows | who know| you have used|experience with|experience in|experience of|experience using|"
        "knowledge of|"
        "fluency in|fluent in|grasp of|is needed|are needed| needed.| needed:| needed,|proven| at least |"
        " minimum|years |expect |strong in | background in|"
        "proficien|skilled in|skills in|should know|should be able|should have|familiar with|know your way|"
        "expertise in|must |understanding of|comfortable with|hands-on exp|hands-on with|versed in|"
        "a must| matters"
    ),
    "others": (
        "clients are|clients include|customers are|customers include|investors|backers|acquired by|"
        "used by some|companies including|companies such as|brands like|brands such as|customers like|"
        "customers such as|"
        "clients like|clients such as|customers range|clients range|founders of|founder of|veterans of|"
        "veterans from|have worked at|worked at|"
        "winner of|award|alumni| ex-|formerly of|previously at|trusted by|companies like|"
        "partners include|used by companies|previously invested in|organizations such as|organisations such as|"
        "organizations like|organisations like"
    ),
    "be": " is | are | has | have been | was | were | consists | combines ",
}
"""Whom a sentence speaks of and whether it asks for anything; read where no heading says so."""

CUES: dict[str, tuple[str, ...]] = {kind: tuple(phrases.split("|")) for kind, phrases in _PHRASES.items()}
"""Plain phrases by what they say of the sentence that holds them; "?" stands for any dash that is no hyphen."""
