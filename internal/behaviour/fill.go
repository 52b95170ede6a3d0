package behaviour

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// slotPattern matches {slot} and {slot.form}.
var slotPattern = regexp.MustCompile(`\{([A-Za-z']+)(?:\.([a-z]+))?\}`)

// filling fills the slots of the texts of one template for one topic. All
// choices follow from the names of template, topic and slot and from number, so
// that a new template changes no other sentence.
type filling struct {
	tables *tables
	topic  *topicTable
	name   string // of the template
	number int
	tense  string
	all    string // all texts of the template
	shift  int    // the country X is so many further in the list
	form   int    // and X is named in a form so many further
}

// Distances between the countries of one sentence in the list of countries.
const (
	distanceS     = 7
	distanceY     = 19
	distanceOther = 5 // of the other country of an invariance test
)

func (l *tables) filling(t template, topic *topicTable, number int, texts ...string) filling {
	f := filling{tables: l, topic: topic, name: t.name, number: number, all: strings.Join(texts, "\n")}
	f.tense = t.tenses[(f.hash("tense")+number)%len(t.tenses)]
	return f
}

// hash is a number that follows from a word and the template and topic at hand.
func (f filling) hash(word string) int {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s/%s/%s", f.name, f.topic.id, word)
	return int(h.Sum32() >> 4)
}

// pick chooses among n things.
func (f filling) pick(slot string, n int) int { return (f.hash(slot) + f.number) % n }

// country is the country of slot X, S or Y.
func (f filling) country(slot string) country {
	i := f.hash("country") + 11*f.number
	switch slot {
	case "X":
		i += f.shift
	case "S":
		i += distanceS
	case "Y":
		i += distanceY
	}
	return f.tables.countries[i%len(f.tables.countries)]
}

// code is the country code of any slot.
func (f filling) code(slot string) string {
	switch slot {
	case "P":
		return f.topic.party.code
	case "O":
		return f.topic.opponent.code
	}
	return f.country(slot).code
}

// fits reports whether the topic has all slots the texts need.
func (f filling) fits() bool {
	for _, m := range slotPattern.FindAllStringSubmatch(f.all, -1) {
		if _, err := f.value(m[1], m[2]); err == errNoSlot {
			return false
		}
	}
	return true
}

// text fills in a text. A text that begins with a small letter gets a capital.
func (f filling) text(pattern string) (string, error) {
	var fault error
	out := slotPattern.ReplaceAllStringFunc(pattern, func(slot string) string {
		m := slotPattern.FindStringSubmatch(slot)
		value, err := f.value(m[1], m[2])
		if err != nil && fault == nil {
			fault = fmt.Errorf("behaviour: template %s: slot %s: %w", f.name, slot, err)
		}
		return value
	})
	return capitalize(strings.ReplaceAll(out, " ,", ",")), fault
}

// capitalize makes the first letter of a text, which may stand in quotes, a
// capital.
func capitalize(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) {
			return s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
		}
		if r != '"' {
			break
		}
	}
	return s
}

// errNoSlot says that a topic has no text for a slot.
var errNoSlot = fmt.Errorf("the topic has no such slot")

// topicSlots are the slots of topics.tsv that templates may use.
var topicSlots = []string{"boon", "curb", "cause", "pdeed", "odeed", "aid", "to", "arms", "oto",
	"talks", "zone", "goods", "show", "brief", "plainto", "sport"}

// value is what stands for a slot.
func (f filling) value(slot, form string) (string, error) {
	if class, ok := f.tables.verbs[slot]; ok {
		return f.verb(slot, form, class)
	}
	if slot == "tail" {
		slot = f.tense
	}
	if list, ok := f.tables.nouns[slot]; ok {
		return list[f.pick(slot, len(list))], nil
	}
	if slices.Contains(topicSlots, slot) {
		list := f.topic.slots[slot]
		if len(list) == 0 {
			return "", errNoSlot
		}
		p := list[f.pick(slot, len(list))]
		if form == "head" {
			return p.head, nil
		}
		return p.text, nil
	}
	switch slot {
	case "P":
		return f.topic.party.name, nil
	case "O":
		return f.topic.opponent.name, nil
	case "pcap":
		return f.topic.party.capital, nil
	case "ocap":
		return f.topic.opponent.capital, nil
	}
	return f.countryName(slot)
}

// countryName is a third country in the form that a slot asks for.
func (f filling) countryName(slot string) (string, error) {
	upper := strings.ToUpper(slot[:1])
	if stands[upper] != "third" {
		return "", fmt.Errorf("unknown; the heads of templates.tsv and topics.tsv list the slots")
	}
	c := f.country(upper)
	switch slot[1:] {
	case "'s":
		return c.name + "'s", nil
	case "cap":
		return c.capital, nil
	case "":
		if slot == upper {
			return c.subject(f.pick("form of "+slot, subjects) + f.form), nil
		}
		return c.name, nil
	}
	return "", fmt.Errorf("unknown form; write {x}, {x's}, {xcap} or {X}")
}

// subjects is the number of forms of [country.subject].
const subjects = 4

// subject names a country as one that acts.
func (c country) subject(form int) string {
	switch form % subjects {
	case 0:
		return c.name
	case 1:
		return "the " + c.adjective + " government"
	case 2:
		return c.name + "'s cabinet"
	}
	return c.capital
}

// verb is a verb of a class in a form; "" is the tense at hand.
func (f filling) verb(class, form string, verbs []verb) (string, error) {
	if strings.Contains(f.all, "{"+class+".done}") {
		verbs = slices.DeleteFunc(slices.Clone(verbs), func(v verb) bool { return !v.passive })
	}
	v := verbs[f.pick(class, len(verbs))]
	if form == "" {
		form = f.tense
	}
	switch form {
	case "past":
		return v.past, nil
	case "perfect":
		return "has " + v.pp, nil
	case "future":
		return "will " + v.base, nil
	case "progressive":
		return "is " + v.ing, nil
	case "s", "present":
		return v.s, nil
	case "base":
		return v.base, nil
	case "pp", "done":
		return v.pp, nil
	case "ing":
		return v.ing, nil
	}
	return "", fmt.Errorf("no form %q; write base, s, past, pp, done or ing", form)
}
