package behaviour

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

//go:embed data/*.tsv
var data embed.FS

// tables is the content of data/. Each file opens with the meaning of its
// columns.
type tables struct {
	verbs     map[string][]verb   // by class
	nouns     map[string][]string // by class
	countries []country
	topics    []topicTable
	templates []template
	pairs     []pairTemplate
}

// verb is one verb with all its forms.
type verb struct {
	base, s, past, pp, ing string
	passive                bool
}

// country is a country that is no party or opponent of any topic.
type country struct{ code, name, adjective, capital string }

// side is a party or an opponent of a topic.
type side struct{ code, name, possessive, capital string }

// topicTable is what stands for the slots of a template in one topic.
type topicTable struct {
	id              string
	party, opponent side
	slots           map[string][]phrase
}

// phrase is a text and its form in a headline.
type phrase struct{ text, head string }

// template makes cases.
type template struct {
	capability, name string
	perTopic         int
	tenses           []string
	wants            []wantTemplate
	headline, text   string // headline "-": none
}

// wantTemplate is a want of a slot.
type wantTemplate struct {
	slot       string
	labels     []string
	capability string
}

// pairTemplate makes pairs. Its first text is the template's.
type pairTemplate struct {
	template
	slot   string
	test   Test
	second string
}

// Words that data files may use.
var (
	tenses = []string{"past", "perfect", "future", "progressive", "present"}
	labels = []string{"supportive", "neutral", "critical", "none"}
	stands = map[string]string{"X": "third", "S": "third", "Y": "third", "P": "party", "O": "opponent"}
)

// load reads all tables and reports all faults at once.
func load(files fs.FS) (*tables, error) {
	l := &tables{verbs: map[string][]verb{}, nouns: map[string][]string{}}
	return l, errors.Join(
		read(files, "verbs.tsv", 7, 7, l.addVerb),
		read(files, "nouns.tsv", 2, 2, l.addNoun),
		read(files, "countries.tsv", 4, 4, l.addCountry),
		read(files, "topics.tsv", 3, 6, l.addTopicRow),
		read(files, "templates.tsv", 7, 7, l.addTemplate),
		read(files, "pairs.tsv", 8, 8, l.addPair),
	)
}

// read calls add with the columns of each line of a file.
func read(files fs.FS, name string, least, most int, add func(columns []string) error) error {
	text, err := fs.ReadFile(files, "data/"+name)
	if err != nil {
		return fmt.Errorf("behaviour: %w", err)
	}
	var faults []error
	for n, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "\t")
		err := fmt.Errorf("%d columns; write %d to %d, separated by tabs", len(columns), least,
			most)
		if len(columns) >= least && len(columns) <= most {
			err = add(columns)
		}
		if err == nil && slices.Contains(columns, "") {
			err = errors.New("empty column; write a text")
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("behaviour: %s:%d: %w", name, n+1, err))
		}
	}
	return errors.Join(faults...)
}

func (l *tables) addVerb(c []string) error {
	if c[6] != "yes" && c[6] != "no" {
		return fmt.Errorf("passive %q; write yes or no", c[6])
	}
	l.verbs[c[0]] = append(l.verbs[c[0]], verb{c[1], c[2], c[3], c[4], c[5], c[6] == "yes"})
	return nil
}

func (l *tables) addNoun(c []string) error {
	l.nouns[c[0]] = append(l.nouns[c[0]], c[1])
	return nil
}

func (l *tables) addCountry(c []string) error {
	l.countries = append(l.countries, country{c[0], c[1], c[2], c[3]})
	return nil
}

// addTopicRow adds one line of topics.tsv. The lines of a topic stand together.
func (l *tables) addTopicRow(c []string) error {
	if len(l.topics) == 0 || l.topics[len(l.topics)-1].id != c[0] {
		l.topics = append(l.topics, topicTable{id: c[0], slots: map[string][]phrase{}})
	}
	t := &l.topics[len(l.topics)-1]
	switch {
	case c[1] == "party" || c[1] == "opponent":
		if len(c) != 6 {
			return fmt.Errorf("%s has %d columns; write code, name, possessive and capital", c[1],
				len(c))
		}
		s := side{c[2], c[3], c[4], c[5]}
		if c[1] == "party" {
			t.party = s
		} else {
			t.opponent = s
		}
	case len(c) > 4:
		return fmt.Errorf("%d columns for %s; write a text and its headline", len(c), c[1])
	default:
		t.slots[c[1]] = append(t.slots[c[1]], phrase{c[2], c[len(c)-1]})
	}
	return nil
}

func (l *tables) addTemplate(c []string) error {
	t, err := newTemplate(c[0], c[1], c[2], c[3])
	if err != nil {
		return err
	}
	t.headline, t.text = c[5], c[6]
	for _, text := range strings.Split(c[4], "; ") {
		w, err := newWant(text, t.capability)
		if err != nil {
			return err
		}
		t.wants = append(t.wants, w)
	}
	l.templates = append(l.templates, t)
	return nil
}

func newTemplate(capability, name, perTopic, tense string) (template, error) {
	t := template{capability: capability, name: name, tenses: strings.Split(tense, ",")}
	var err error
	if t.perTopic, err = strconv.Atoi(perTopic); err != nil || t.perTopic < 1 {
		return t, fmt.Errorf("%q a topic; write a number above 0", perTopic)
	}
	for _, s := range t.tenses {
		if !slices.Contains(tenses, s) {
			return t, fmt.Errorf("tense %q; choose from %s", s, strings.Join(tenses, ", "))
		}
	}
	return t, nil
}

// newWant parses "SLOT label/label" with an optional "@capability".
func newWant(text, capability string) (wantTemplate, error) {
	text, other, ok := strings.Cut(text, "@")
	if ok {
		capability = other
	}
	slot, list, _ := strings.Cut(text, " ")
	w := wantTemplate{slot, strings.Split(list, "/"), capability}
	if stands[slot] == "" {
		return w, fmt.Errorf("wanted %q names no slot; write X, S, Y, P or O first", text)
	}
	for _, label := range w.labels {
		if !slices.Contains(labels, label) {
			return w, fmt.Errorf("label %q; choose from %s", label, strings.Join(labels, ", "))
		}
	}
	return w, nil
}

func (l *tables) addPair(c []string) error {
	t, err := newTemplate(c[0], c[1], c[2], c[3])
	if err != nil {
		return err
	}
	t.headline, t.text = "-", c[6]
	p := pairTemplate{template: t, slot: c[4], test: Test(c[5]), second: c[7]}
	if stands[p.slot] == "" {
		return fmt.Errorf("slot %q; choose from X, S, Y, P, O", p.slot)
	}
	if !slices.Contains([]Test{Opposite, More, Less}, p.test) {
		return fmt.Errorf("test %q; choose from opposite, more, less", p.test)
	}
	l.pairs = append(l.pairs, p)
	return nil
}

// Slots of topics whose texts are goods.
var goodsSlots = []string{"aid", "arms"}

// Classes of nouns.tsv that hold words of time and frame, not of acts.
var frameNouns = []string{"day", "follow", "past", "perfect", "future", "progressive", "present"}

func (l *tables) words() []string {
	var out []string
	for _, verbs := range l.verbs {
		for _, v := range verbs {
			out = append(out, v.base)
		}
	}
	for class, nouns := range l.nouns {
		if !slices.Contains(frameNouns, class) {
			for _, n := range nouns {
				out = append(out, n[:strings.LastIndexByte(n, ' ')]) // less the preposition
			}
		}
	}
	for _, t := range l.topics {
		for _, slot := range goodsSlots {
			for _, p := range t.slots[slot] {
				out = append(out, p.text)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
