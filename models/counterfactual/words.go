package counterfactual

import "stance/features/text"

// The function words that the grammar of clauses needs.
var (
	// offices make a noun phrase with the name of a country that still means
	// the state. True for those that are plural.
	offices = map[string]bool{"president": false, "prime": false, "minister": false,
		"ministers": true, "ministry": false,
		"foreign": false, "defence": false, "defense": false, "interior": false, "finance": false, "trade": false,
		"chancellor": false, "premier": false, "leader": false, "leaders": true,
		"government": false, "parliament": false,
		"lawmakers": true, "senate": false, "congress": false, "cabinet": false, "officials": true,
		"authorities": true,
		"army":        false, "military": false, "navy": false, "council": false,
		"secretary": false, "administration": false,
		"state": false, "king": false, "pm": false, "parliamentarians": true, "legislators": true, "commission": false,
		"energy": false, "economy": false, "republic": false, "federal": false, "security": false, "assembly": false,
		"general": false, "speaker": false, "house": false, "chief": false, "ambassador": false, "envoy": false,
		"delegation": false, "diplomats": true, "diplomat": false, "pope": false, "countries": true,
		"allies":  true,
		"nations": true, "states": true, "members": true, "policy": false, "vice": false,
		"deputy": false, "lower": false,
		"upper": false, "bloc": false, "alliance": false, "country": false, "union": false, "kingdom": false, "mr": false, "chair": false}
	// heads are the offices that can end the noun phrase of an adjective.
	heads = text.NewSet(`president minister ministers ministry chancellor premier leader leaders government parliament lawmakers
		senate congress cabinet officials authorities army military navy council secretary administration king pm
		parliamentarians legislators commission assembly
		speaker ambassador envoy delegation diplomats diplomat pope`)
	// persons are the offices of one person.
	persons = text.NewSet(`president minister chancellor premier leader king pm speaker ambassador envoy diplomat pope chief
		secretary chair`)
	// titles stand before the name of a person.
	titles = text.NewSet(`president prime minister chancellor premier pope king queen secretary foreign defence defense
		speaker house mr mrs ms general`)
	// readies make a plan of what follows: "is set to send".
	readies = text.NewSet(`set ready due going prepared preparing poised willing determined`)
	// lefts may stand before a subject.
	lefts = text.NewSet(`, as after while but because : — – - when although though whereas ;`)
	// noLeft cannot stand before a subject.
	noLeft = text.NewSet(`of in with to by for from at on over between against into about toward towards under among within
		without than like the a an its his her their s not no is are was were be been being has have had will
		would do does did if unless`)
	// auxiliaries by what they ask of the verb.
	auxBase = text.NewSet(`will to would`)
	auxDo   = text.NewSet(`do does did`)
	auxHave = text.NewSet(`has have had`)
	auxBe   = text.NewSet(`is are was were be been`)
	nots    = text.NewSet(`not n't n’t never`)
	adverbs = text.NewSet(`also again now already formally officially publicly repeatedly finally yesterday today later
		recently jointly firmly strongly quickly once`)
	days  = text.NewSet(`monday tuesday wednesday thursday friday saturday sunday`)
	spans = text.NewSet(`week month year`)
	// breaks end a clause once its object is known.
	breaks = text.NewSet(`, ; : — – - . ! ? … while after as but although though because since when which who that where despite
		amid before if until unless whereas following ahead saying citing warning even`)
	// doubts before a subject make its act no fact.
	doubts = text.NewSet(`if unless whether until before should would could might may claims claimed alleged alleges allegedly
		accused accuses accusing reportedly report reports rumours denied denies denying hopes hoped fears feared expects
		expected wants urged urges urging asked asks calls called demanded demands threatened threatens predicts`)
	says = text.NewSet(`says said announced announces confirmed confirms declared declares added insists insisted stressed told`)
	// noNoun cannot begin a noun phrase.
	noNoun = text.NewSet(`during amid among to that for by on in at of from with and or but as if over into up out off down about against after
		before when while will would is are was were has have had not it he she they him them his her its their itself what
		how why whether who which because than then there here so away back ahead through under this week last next monday
		tuesday wednesday thursday friday saturday sunday his yes no`)
	// verdicts after "in" judge the act, and would belie its contrary: "in a
	// major show of support".
	verdicts = text.NewSet(`major show sign move blow boost breakthrough pivot turnaround shift snub rebuke response protest
		solidarity support defiance`)
	// receivers are verbs whose past, in a headline, may be what is done to its
	// subject: "Slovakia offered helicopters".
	receivers = text.NewSet("offered promised granted given sent allowed accused blamed")
	// ownVoice are words of a statement that speaks in the first person.
	ownVoice = text.NewSet("we our us i my ours")
	quotes   = text.NewSet(`" “ ” ' ‘ ` + "`" + ` '' « » ( ) [ ] ? !`)
	// nounish are verbs in the third person that are mostly nouns ("US arms
	// sales"): a name must follow.
	nounish = text.NewSet("arms sanctions")
	// arms are words that the lexicon knows as acts against somebody, and that
	// a clause uses for what is given.
	arms = text.NewSet(`shells shell bombs bomb fighter fighters battle cluster attack strike fuel controversial disputed banned
	price export oil war`)
	// harms may be followed by "against", which says the same once more.
	harms = text.NewSet("sanction sanctions embargo restrictions attacks aggression war")
	// wordsOfDenial go with "not" alone.
	wordsOfDenial = text.NewSet("any anything anyone ever either yet")
	// determiners begin a noun phrase.
	determiners = text.NewSet("the a an this that these those their its his her")
	// preventers change their meaning before "from": to block an attack, to
	// block a country from something.
	preventers = text.NewSet("block ban stop")
	// times go with "before" and "after".
	times = text.NewSet("hours hour days day weeks week months month years year minutes shortly just soon")
	// cutOff cannot end a clause.
	cutOff = text.NewSet(`to of in on at for from with by the a an and or as its their his her into over against more than about
	pro anti non new`)
	// referring words at the head of a sentence point to what was said before.
	referring = text.NewSet(`it he she they this that these those but however instead meanwhile his her its their such also and
	yet still so nor both another`)
	// deeds are nouns by which a text takes up an act again.
	deeds = text.NewSet(`move moves decision veto refusal announcement package approval visit vote plan opposition step support
	pledge promise delivery deliveries meeting talks sale sales deal tanks weapons arms aid sanctions ban resolution
	measure measures offer agreement funds money trip`)
)
