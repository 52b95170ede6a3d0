package features

import "stance/features/family"

// ask is a set of kinds of question.
type ask uint8

const (
	askStance   ask = 1 << iota // a country's side on a topic
	askTone                     // the tone toward a country or one span
	askRelation                 // what a source span does to a target span
	askText                     // the tone of a text without spans
)

// scope says how often a family is called for a question.
type scope uint8

const (
	perDocument   scope = iota
	perSentence         // sentences that name the actor; all sentences for askText
	perOtherTitle       // sentences of the title that do not name the actor
	afterAll            // once, when all sentences were read
)

// Family is one line of the table of feature families.
type Family struct {
	Name   string
	Doc    string // what its features tell
	Weight float32
	asked  ask
	scope  scope
	emit   family.Func
}

// Families is the table of feature families. To add one, write its function in
// package family and add a line here; then run make model, because a bundle
// refuses a program that reads texts in another way.
//
// What a country does and what touches its name tells more than the bags around
// it, and is rare; such families weigh double. A learner with one penalty for
// all weights would otherwise trust the many to outvote the few.
func Families() []Family { return families[:] }

const stanceLike = askStance | askRelation | askText

var families = [...]Family{
	{"facts", "how often, how early and where the country is named", 1, askStance, perDocument,
		family.Facts},
	{"forms", "by which kinds of name the document speaks of the country", 1, askStance,
		perDocument, family.Forms},
	{"other-title", "words of a title that does not name the country", 1, askStance, perOtherTitle,
		family.OtherTitle},
	{"bag", "words and bigrams of sentences that name the country", 1, stanceLike, perSentence,
		family.Bag},
	{"window", "words left and right of the country, and in its clause", 1, stanceLike, perSentence,
		family.Window},
	{"near", "words two to four places from the country", 1, stanceLike, perSentence, family.Near},
	{"adjacent", "words and n-grams that touch the country", 2, stanceLike, perSentence,
		family.Adjacent},
	{"path", "other roles near the country, and the words between", 1, stanceLike, perSentence,
		family.Path},
	{"agent", "the verb that the country governs, its complement and objects", 2, stanceLike,
		perSentence, family.Agent},
	{"offices", "offices in the country's noun phrase", 1, stanceLike, perSentence, family.Offices},
	{"outcome", "what the country's acts mean for the roles they reach", 5, stanceLike, perSentence,
		family.Outcome},
	{"verdict", "what the country's acts on the topic mean together", 5, askStance, afterAll,
		family.Verdict},
	{"tone-bag", "stems and classes of words of the sentence", 1, askTone | askRelation | askText,
		perSentence, family.ToneBag},
	{"tone-around", "classes and stems around the named roles", 1, askTone | askRelation | askText,
		perSentence, family.ToneAround},
	{"tone-verb", "the verbs that the named roles govern", 1, askTone | askRelation | askText,
		perSentence, family.ToneVerb},
	{"tone-between", "what stands before, between and after source and target", 1, askRelation,
		perSentence, family.ToneBetween},
}
