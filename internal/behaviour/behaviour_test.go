package behaviour

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stance/datasets"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

func suite(t *testing.T) *Suite {
	t.Helper()
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// predictor is the built-in model with the topics of the suite.
func predictor(t *testing.T, s *Suite) *models.Predictor {
	t.Helper()
	cfg, err := config.Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Topics, err = s.With(cfg.Topics); err != nil {
		t.Fatal(err)
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		t.Fatal(err)
	}
	b, err := program.Bundle("")
	if err != nil {
		t.Fatal(err)
	}
	return models.NewPredictor(b, pl)
}

func TestSuiteIsLargeAndVaried(t *testing.T) {
	s := suite(t)
	if len(s.Cases) < 1500 {
		t.Errorf("%d cases; want 1500 or more", len(s.Cases))
	}
	ids, texts := map[string]bool{}, map[string]string{}
	for _, c := range s.Cases {
		if ids[c.ID] {
			t.Errorf("two cases are called %s", c.ID)
		}
		if other := texts[c.Text]; other != "" {
			t.Errorf("%s and %s are the same text: %s", other, c.ID, c.Text)
		}
		ids[c.ID], texts[c.Text] = true, c.ID
	}
}

func TestSentencesAreWhole(t *testing.T) {
	for _, c := range suite(t).Cases {
		if n := len(strings.Fields(c.Title + " " + c.Text)); n < 6 || n > 50 {
			t.Errorf("%s has %d words: %s", c.ID, n, c.Text)
		}
		for _, bad := range []string{"{", "}", "  ", " ,", " .", "..", "the the ", "its its "} {
			if strings.Contains(c.Title+"\n"+c.Text, bad) {
				t.Errorf("%s has %q: %s / %s", c.ID, bad, c.Title, c.Text)
			}
		}
	}
}

// A sentence that names no topic, or a country that the gazetteer does not
// find, would measure nothing.
func TestReadingFindsWhatIsAsked(t *testing.T) {
	s := suite(t)
	p := predictor(t, s)
	for _, c := range s.Cases {
		r, err := p.Predict(t.Context(), datasets.Article{Title: c.Title, Text: c.Text})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range c.Wants {
			asked := func(o models.Prediction) bool {
				return o.Country == w.Country && o.Topic == c.Topic
			}
			if !slices.ContainsFunc(r.Predictions, asked) {
				t.Errorf("%s: %s on %s is not found: %s", c.ID, w.Country, c.Topic, c.Text)
			}
		}
	}
}

// GUIDE of the labels: help is supportive, hindrance critical, whatever the
// verb; the text with the labels was read by a person.
func TestCasesAsRead(t *testing.T) {
	want := map[string]string{
		"mixed/ukraine/0":             "neutral",
		"stop/ukraine/0":              "critical",
		"arm-opponent/kashmir/0":      "critical",
		"slam-opponent/essequibo/0":   "supportive",
		"not-hinder/taiwan/0":         "supportive/neutral",
		"asked-by-party/falklands/0":  "supportive; none",
		"chide-for-hinder/nile-dam/0": "supportive; critical",
	}
	for _, c := range suite(t).Cases {
		var got []string
		for _, w := range c.Wants {
			got = append(got, strings.Join(w.Labels, "/"))
		}
		if line, ok := want[c.ID]; ok && line != strings.Join(got, "; ") {
			t.Errorf("%s: got %s, want %s: %s", c.ID, strings.Join(got, "; "), line, c.Text)
		}
		delete(want, c.ID)
	}
	if len(want) > 0 {
		t.Errorf("cases %v are gone", want)
	}
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		wanted []string
		got    string
		want   Outcome
	}{
		{[]string{"critical"}, "critical", Right},
		{[]string{"supportive", "neutral"}, "neutral", Right},
		{[]string{"critical"}, "supportive", OtherSign},
		{[]string{"supportive", "neutral"}, "critical", OtherSign},
		{[]string{"neutral", "none"}, "critical", FalseSide},
		{[]string{"supportive"}, "none", Missed},
		{[]string{"none"}, "neutral", Part},
	} {
		if got := outcome(c.wanted, c.got); got != c.want {
			t.Errorf("outcome(%v, %s) = %s, want %s", c.wanted, c.got, got, c.want)
		}
	}
}

func TestPairsPass(t *testing.T) {
	yes, no, neutral := Answer{"supportive", 0.6}, Answer{"critical", -0.6}, Answer{"neutral", 0.1}
	for _, c := range []struct {
		test          Test
		first, second Answer
		want          bool
	}{
		{Opposite, yes, no, true},
		{Opposite, yes, neutral, true},
		{Opposite, yes, Answer{"supportive", 0.2}, false}, // one side
		{Opposite, no, yes, false},
		{Opposite, neutral, Answer{"neutral", 0}, false}, // falls by less than 0.2
		{More, neutral, yes, true},
		{More, yes, neutral, false},
		{Less, yes, neutral, true},
		{Less, no, neutral, false},
		{Same, yes, yes, true},
		{Same, yes, no, false},
	} {
		if got := passes(c.test, c.first, c.second); got != c.want {
			t.Errorf("passes(%s, %v, %v) = %t, want %t", c.test, c.first, c.second, got, c.want)
		}
	}
}

// Every fault of a table is reported at once, with its line.
func TestFaultsOfTables(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"verbs.tsv":     "help\tgo\tgoes\twent\tgone\tgoing\tmaybe\n",
		"nouns.tsv":     "day\n",
		"countries.tsv": "AUT\tAustria\t\tVienna\n",
		"topics.tsv":    "ukraine\tparty\tUKR\n",
		"templates.tsv": "verb\ta\t0\tpast\tX critical\t-\tx\nverb\tb\t1\tpast\tX against\t-\tx\n",
		"pairs.tsv":     "verb\ta\t1\tpast\tX\tbetter\tx\ty\n",
	} {
		files["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, err := load(files)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"verbs.tsv:1: passive", "nouns.tsv:1: 1 columns",
		"countries.tsv:1: empty", "topics.tsv:1: party", "templates.tsv:1: \"0\"", "templates.tsv:2: label", "pairs.tsv:1: test"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestWithNeedsTopicsOfTheConfig(t *testing.T) {
	if _, err := suite(t).With(nil); err == nil || !strings.Contains(err.Error(), "ukraine") {
		t.Errorf("got %v, want an error that names ukraine", err)
	}
}

func TestFill(t *testing.T) {
	r := &Report{Model: "m"}
	got, err := r.Fill([]byte("before\n" + beginMark + "old\n" + endMark + "\nafter\n"))
	if err != nil {
		t.Fatal(err)
	}
	head, tail := "before\n"+beginMark+"\n```\nmodel m\n", endMark+"\nafter\n"
	s := string(got)
	if !strings.HasPrefix(s, head) || !strings.HasSuffix(s, tail) || strings.Contains(s, "old") {
		t.Errorf("got %s", s)
	}
	if _, err := r.Fill([]byte("no marks")); err == nil {
		t.Error("a document without marks is no error")
	}
}
