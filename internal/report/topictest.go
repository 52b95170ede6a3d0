package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
	"stance/models"
)

// TopicTest shows what a new topic finds in articles, before anybody believes
// its answers: which terms hit, which countries stand on which side, and
// examples of every answer.
type TopicTest struct {
	Topic    topic.Topic
	articles int
	named    int // articles that name the topic
	terms    []termCount
	single   *topic.Set // each term as a topic of its own, in the order of terms
	sides    [3]sideCount
	answers  map[string]int
	examples map[string][]string // by answer
}

// termCount is what one term has hit.
type termCount struct {
	Text  string
	Stand topic.Stand
	hits  int
	in    int // articles
}

// sideCount counts pairs of one side: actors and those only named.
type sideCount struct{ actors, named int }

// How much a test shows, and what it warns of.
const (
	examplesPerAnswer = 5
	allTooOften       = 0.5 // a term in more articles than this share says little
	fewArticles       = 20  // below which no share is judged
)

// NewTopicTest starts a test.
func NewTopicTest(t topic.Topic) (*TopicTest, error) {
	x := &TopicTest{Topic: t, answers: map[string]int{}, examples: map[string][]string{}}
	for _, part := range []struct {
		stand topic.Stand
		terms []string
	}{{topic.Third, t.Terms}, {topic.Party, t.For.Terms}, {topic.Opponent, t.Against.Terms}} {
		for _, term := range part.terms {
			x.terms = append(x.terms, termCount{Text: term, Stand: part.stand})
		}
	}
	single := make([]topic.Topic, len(x.terms))
	for i, term := range x.terms {
		single[i] = topic.Topic{ID: fmt.Sprintf("term-%d", i), Proposition: term.Text,
			Terms: []string{term.Text}}
	}
	var err error
	x.single, err = topic.NewSet(single, func(string) bool { return true })
	return x, err
}

// Add counts one article.
func (x *TopicTest) Add(r models.Reading) {
	x.articles++
	if slices.Contains(r.Topics, x.Topic.ID) {
		x.named++
	}
	x.addTerms(r.Document)
	for _, p := range r.Predictions {
		if p.Topic == x.Topic.ID {
			x.addAnswer(r, p)
		}
	}
}

func (x *TopicTest) addTerms(d *text.Document) {
	last := make([]int, len(x.terms)) // hits before this article
	for i := range last {
		last[i] = x.terms[i].hits
	}
	for _, h := range x.single.Hits(syntax.LowerWords(d)) {
		x.terms[h.Topic].hits++
	}
	for i := range x.terms {
		if x.terms[i].hits > last[i] {
			x.terms[i].in++
		}
	}
}

func (x *TopicTest) addAnswer(r models.Reading, p models.Prediction) {
	side := &x.sides[standOf(x.Topic, p.Country)]
	answer := cmp.Or(p.Stance, string(p.Status))
	if p.Role == models.RoleActor {
		side.actors++
	} else {
		side.named++
	}
	x.answers[answer]++
	if list := x.examples[answer]; len(list) < examplesPerAnswer {
		sentence := strings.Join(strings.Fields(r.Document.Text[p.Evidence.Start:p.Evidence.End]), " ")
		lean := ""
		if p.Stance != "" {
			lean = score(p.Score)
		}
		x.examples[answer] = append(list,
			fmt.Sprintf("%-5s %5s  %s", p.Country, lean, cmp.Or(sentence, "(no sentence)")))
	}
}

// standOf is where a country stands to a topic by definition.
func standOf(t topic.Topic, country string) topic.Stand {
	switch {
	case slices.Contains(t.For.Countries, country):
		return topic.Party
	case slices.Contains(t.Against.Countries, country):
		return topic.Opponent
	}
	return topic.Third
}

// standWords call a stand of a term or country.
var standWords = [...]string{topic.Third: "", topic.Party: "for", topic.Opponent: "against"}

// Text is the test for a terminal.
func (x *TopicTest) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n%d of %d articles name it (%s).\n\nterm                            side     articles   hits\n", x.Topic.ID, x.Topic.Proposition,
		x.named, x.articles, number(float64(x.named)/float64(max(1, x.articles)), true))
	for _, t := range x.terms {
		fmt.Fprintf(&b, "%-31s %-8s %8d %6d\n", t.Text, standWords[t.Stand], t.in, t.hits)
	}
	b.WriteString("\ncountries beside it             actors  only named\n")
	for _, side := range []struct {
		name  string
		stand topic.Stand
	}{{"for by definition", topic.Party}, {"against by definition", topic.Opponent}, {"third countries", topic.Third}} {
		fmt.Fprintf(&b, "%-31s %6d %11d\n", side.name, x.sides[side.stand].actors,
			x.sides[side.stand].named)
	}
	for _, answer := range x.answerNames() {
		fmt.Fprintf(&b, "\n%s (%d)\n", strings.ReplaceAll(answer, "_", " "), x.answers[answer])
		for _, e := range x.examples[answer] {
			fmt.Fprintf(&b, "  %s\n", e)
		}
	}
	if warnings := x.Warnings(); len(warnings) > 0 {
		fmt.Fprintf(&b, "\nLook at these:\n  %s\n", strings.Join(warnings, "\n  "))
	}
	return b.String()
}

// answerNames lists the answers, the three stances first.
func (x *TopicTest) answerNames() []string {
	names := []string{}
	for _, known := range models.Stances() {
		if x.answers[known] > 0 {
			names = append(names, known)
		}
	}
	var others []string
	for answer := range x.answers {
		if !slices.Contains(names, answer) {
			others = append(others, answer)
		}
	}
	slices.Sort(others)
	return append(names, others...)
}

// Warnings say what of the topic finds nothing or all, each with its cure.
func (x *TopicTest) Warnings() (list []string) {
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	for _, t := range x.terms {
		switch share := float64(t.in) / float64(max(1, x.articles)); {
		case t.hits == 0:
			say("%q hits nothing; check its spelling, end it with * for other endings, or drop it",
				t.Text)
		case x.articles >= fewArticles && share > allTooOften:
			say("%q stands in %s of articles; take a phrase that names this topic alone", t.Text,
				number(share, true))
		}
	}
	for _, side := range []struct {
		name      string
		countries []string
		stand     topic.Stand
	}{{"for", x.Topic.For.Countries, topic.Party},
		{"against", x.Topic.Against.Countries, topic.Opponent}} {
		if found := x.sides[side.stand]; len(side.countries) > 0 && found.actors+found.named == 0 {
			say("no country of %s (%s) stands beside the topic; are the codes those you mean?",
				side.name, strings.Join(side.countries, ", "))
		}
	}
	if x.named > 0 &&
		len(x.Topic.For.Countries)+len(x.Topic.Against.Countries)+len(x.Topic.For.Terms)+
			len(x.Topic.Against.Terms) == 0 {
		say("the topic has no sides; without them the model cannot tell a friend of the proposition from a foe")
	}
	return list
}
