package behaviour

import (
	"fmt"
	"strings"
)

// cases makes the minimum tests.
func (l *tables) cases() ([]Case, error) {
	var out []Case
	for _, t := range l.templates {
		for i := range l.topics {
			for n := range t.perTopic {
				f := l.filling(t, &l.topics[i], n, t.headline, t.text)
				if !f.fits() {
					continue
				}
				c, err := f.minimum(t)
				if err != nil {
					return nil, err
				}
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// minimum makes one case. A third of the cases have the template's headline, a
// third one that names the topic alone, a third none; a quarter have a second
// sentence that takes no side.
func (f filling) minimum(t template) (Case, error) {
	c, err := f.bare(t.capability, t.text)
	if err != nil {
		return c, err
	}
	for _, w := range t.wants {
		c.Wants = append(c.Wants, Want{f.code(w.slot), stands[w.slot], w.capability, w.labels})
	}
	switch f.pick("frame", 3) {
	case 1:
		c.Title, err = f.text("{brief}")
	case 2:
		headline := t.headline
		if headline == "-" {
			headline = "{brief}"
		}
		c.Title, err = f.text(headline)
	}
	if f.pick("second sentence", 4) == 0 {
		c.Text += " " + f.follow()
	}
	return c, err
}

// bare makes a case of one text, without a title and wants.
func (f filling) bare(capability, pattern string) (Case, error) {
	text, err := f.text(pattern)
	id := fmt.Sprintf("%s/%s/%d", f.name, f.topic.id, f.number)
	return Case{ID: id, Capability: capability, Topic: f.topic.id, Text: text}, err
}

// follow is a sentence that takes no side.
func (f filling) follow() string {
	list := f.tables.nouns["follow"]
	return list[f.pick("follow", len(list))]
}

// directional makes the tests of pairs.tsv.
func (l *tables) directional() ([]Pair, error) {
	var out []Pair
	for _, t := range l.pairs {
		for i := range l.topics {
			for n := range t.perTopic {
				f := l.filling(t.template, &l.topics[i], n, t.text, t.second)
				if !f.fits() {
					continue
				}
				first, err := f.bare(t.capability, t.text)
				if err != nil {
					return nil, err
				}
				second, err := f.bare(t.capability, t.second)
				if err != nil {
					return nil, err
				}
				asked := f.code(t.slot)
				out = append(out, Pair{t.capability, t.test, first, second, asked, asked})
			}
		}
	}
	return out, nil
}

// The table of invariance tests: what is changed, and how. A change that leaves
// the case as it is makes no test.
var changes = []struct {
	capability string
	change     func(f filling, t template, c Case) (Case, error)
}{
	{"another country", func(f filling, t template, _ Case) (Case, error) {
		f.shift = distanceOther
		return f.minimum(t)
	}},
	{"another form of its name", func(f filling, t template, _ Case) (Case, error) {
		f.form = 1
		return f.minimum(t)
	}},
	{"curly quotes", func(_ filling, _ template, c Case) (Case, error) {
		c.Title, c.Text = curly(c.Title), curly(c.Text)
		return c, nil
	}},
	{"dash for a comma", func(_ filling, _ template, c Case) (Case, error) {
		if i := strings.LastIndex(c.Text, ", "); i > 0 {
			c.Text = c.Text[:i] + " — " + c.Text[i+2:]
		}
		return c, nil
	}},
	{"added neutral sentence", func(f filling, _ template, c Case) (Case, error) {
		f.number++
		c.Text += " " + f.follow()
		return c, nil
	}},
	{"dateline", func(_ filling, _ template, c Case) (Case, error) {
		c.Text = "GENEVA, March 4 (Reuters) - " + c.Text
		return c, nil
	}},
}

// invariance changes the first case of each template and topic in every way.
func (l *tables) invariance() ([]Pair, error) {
	var out []Pair
	for _, t := range l.templates {
		for i := range l.topics {
			f := l.filling(t, &l.topics[i], 0, t.headline, t.text)
			if !f.fits() || (f.hash("invariance")/7)%3 != 0 {
				continue
			}
			first, err := f.minimum(t)
			if err != nil {
				return nil, err
			}
			for _, change := range changes {
				second, err := change.change(f, t, first)
				if err != nil {
					return nil, err
				}
				if second.Title != first.Title || second.Text != first.Text {
					out = append(out, Pair{change.capability, Same, first, second,
						first.Wants[0].Country, second.Wants[0].Country})
				}
			}
		}
	}
	return out, nil
}

// curly writes quotes and apostrophes as printers do.
func curly(s string) string {
	var b strings.Builder
	open := true
	for _, r := range s {
		switch r {
		case '\'':
			r = '’'
		case '"':
			r = '“'
			if !open {
				r = '”'
			}
			open = !open
		}
		b.WriteRune(r)
	}
	return b.String()
}
