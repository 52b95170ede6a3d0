package text

import (
	"strings"
	"unicode/utf8"
)

// Where a line ends in a hyphen, the hyphen either parts a word ("gov-" and
// "ernment") or belongs to a compound ("US-" and "led"). The other words of the
// text decide, then lists of words that stand in compounds.

// endsInHyphen reports whether a line ends in a letter, or the stop of an
// acronym, and a hyphen.
func endsInHyphen(line string) bool {
	before, found := strings.CutSuffix(line, "-")
	r, _ := utf8.DecodeLastRuneInString(before)
	return found && before != "" && (isWordRune(r) || r == '.')
}

// hyphenParts reports whether the hyphen at the end of the last line only parts
// a word ("gov-" and "ernment"), so that it goes. It stays in a compound.
func (p *paragrapher) hyphenParts(line string) bool {
	before := p.last[:len(p.last)-1]
	first := strings.TrimLeft(before[strings.LastIndexByte(before, ' ')+1:], "\"'([")
	return !p.isCompound(first, line[:wordLength(line)])
}

// compoundSample is how many bytes of a text are searched for a word, joined or
// with its hyphen; compoundSearches is how often at most.
const (
	compoundSample   = 1 << 15
	compoundSearches = 200
)

// isCompound reports whether first and second are words that a hyphen joins.
func (p *paragrapher) isCompound(first, second string) bool {
	if !startsLower(second) || strings.ContainsAny(first, "-.0123456789") {
		return true
	}
	if len(first) > 1 && AllUpper(first) {
		return true
	}
	if closedWords.hasFold(first + second) {
		return false
	}
	if second == "led" {
		return leaders.hasFold(first) || !startsLower(first)
	}
	if p.looked++; p.looked <= compoundSearches {
		sample := p.text[:min(len(p.text), compoundSample)]
		if strings.Contains(sample, first+"-"+second) {
			return true
		}
		if strings.Contains(sample, first+second) {
			return false
		}
	}
	return compoundFirsts.hasFold(first) || compoundSeconds.hasFold(second)
}

// closedWords are words in one that begin or end like a compound: "west-ern" is
// parted, "west-coast" is not.
var closedWords = NewSet(`
	administer airborne aircraft airfield airline airlines airport airports airspace airstrike
	airstrikes airwaves aligned allegation allegations alleged allegedly alliance alliances allied
	allies allocate allocated allocation allow allowance allowed allowing allows along already
	antibody anticipate anticipated antiquated appealed armament armaments armored armoured arrange
	assembled awarded awarding awards battled battles beheld belong belonging bestow bestowed billed
	blowing borrowing brand called canceled cancelled ceasefire centered centering central centred
	chairmanship closed closely closer closest closing closure combatants coming command commander
	commanders commit committee common company compelled compete compiled complete conflict control
	controlled convoy cooled cooperation corridor council counter country court courts cover
	coverage crippled crossed crosses crossing crossings daily deadline deadlines decline declined
	deepen deepened deepening deeper deepest deeply demand determine disbanded discipline
	disciplined dispelled doubled drawing drilled earlier early eastern eastward embattled enabled
	entitled errand eventual eventually everybody everyone everything exact exactly examine example
	exceed excelled except exchange exclude excuse execute exempt exercise exercises exile exiled
	exist expand expect expected expel expelled expense expert export exports express extend
	external extra extreme eyebrow eyebrows eyewitness eyewitnesses faced faction factional factions
	factor factories factors factory failed farewell farmer farmers farther filed filled fivefold
	flagship following forefront fourteen fourth freed freedom freedoms freely freest freezing
	frontal frontier frontiers frontline fueled fuelled fulfil fulfilled fullest gasoline going gone
	goods growing guideline guidelines hailed halfway handed handful handing handle handled handling
	harden hardened hardest hardline hardliner hardliners hardly hardship hardware headed heading
	headline headlines headquarters higher highest highlight highlighted highly highway homeland
	homeless household husband installed island jailed killed knowing labeled labelled largely
	larger largest lasted lasting lately later latest lifelong lifetime lighter lighting lightly
	longer longest longing lower lowered lowering lowest mailed maritime markets meantime mediums
	middle midnight midst midsummer minister modeled modelled monthly multilateral multiple multiply
	narrowing nationals nationwide nearby nearer nearest nearly newborn newcomer newcomers newest
	newly newspaper newspapers newsroom nonetheless northern northward offence offences offend
	offense offensive offensives offer offered offering offerings offers office officer officers
	offices official officially officials offset offshore oldest oneself onetime opened opening
	openly openness orange outbreak outline outlined overthrown overtime partial participants
	participate particular particularly parties partly partner partners partnership peaceful
	peacefully peacekeeper peacekeepers peacekeeping peacetime piled pipeline pipelines pooled
	posted posting postpone postponed postwar powered powerful presented presenting presently
	presents priced probe proceed proceeded produce produced profile profiles program project
	prolong promise promised promote promoted propelled propose proposed protect protected protest
	protests protocol protocols provide provided pulled puzzled quickly rapidly rattled reborn
	rebuilt recalled recorded recording records recycled revealed rightly rights rolled ruled sailed
	sampled scheduled schooled seaborne sealed seaport search searched searches seaside season
	seasoned seasons secondary secondly selfish semiconductor semiconductors settled seventeen
	seventh several shelled shortage shortages shorter shortest shortly showing signaled signalled
	sixteen sixth skilled slower slowing slowly smaller smallest smiled softer sometime sometimes
	sooner southern southward spilled stalled standard standards standing stateless statement
	statements statesman statesmen strange struggled stubborn stumbled styled tackled tenfold
	tension tensions thinking thirteen thousand threefold threshold throughout throwing titled
	toppled tougher toughest trader traders trading trampled traveled travelled troubled tumbled
	twofold unborn underground underline undermine undermined understand understanding undertake
	undertaken underwater underway unsettled unveiled upheld viceroy viewing warfare warhead
	warheads warned warning warnings warplane warplanes warrant warship warships wartime watered
	weaponry weekend weekends weekly western westerner westerners westward whistled widely
	widespread withheld withhold without worldly worldwide yearly`)

// leaders are words before "-led" that are no part of a verb.
var leaders = NewSet(`
	state army rebel military opposition government women youth market student industry community
	party church union civilian junta coalition alliance people soldier`)

// compoundFirsts are words that stand first in compounds and before no other
// ending.
var compoundFirsts = NewSet(`
	air all anti arms award battle best better cease centre center close co combat cross deep double
	drone early east ever ex eye face fact far first five flag four free front full gas hard half
	head high home ill large last left life light long low market medium mid middle much multi
	nation near new next nine non north off oil old one open part peace post power present price pro
	quasi quick rapid record right sea second self semi seven short shoulder single six slow small
	so soft south state stand ten think third three top torch tough trade twenty thirty forty fifty
	sixty seventy eighty ninety two under vice war water weapons well west western wide world year
	month week day`)

// compoundSeconds are words that stand second in compounds and end no other
// word.
var compoundSeconds = NewSet(`
	and armed backed based bearer between born bound brokered built called controlled detection
	driven election exporting facing fire fired flagged flying free friendly funded gathering
	general going held high importing in induced known language level like looking made making
	minded minister month occupied of off old or out owned party per president producing profile
	ranking readiness related resistant run running scale sea sharing sized speaking sponsored
	standing style supplied taking time the to torn trained up warning waving week wide year`)
