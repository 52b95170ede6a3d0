package features

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
	"stance/features/vector"
)

// ukraine is the topic of most tests.
var ukraine = topic.Topic{ID: "ukraine", Proposition: "p", Terms: []string{"ukrain*", "kyiv"},
	For:     topic.Side{Countries: []string{"UKR"}},
	Against: topic.Side{Countries: []string{"RUS"}, Terms: []string{"denazification"}}}

func newPipeline(t testing.TB, limit int, topics ...topic.Topic) *Pipeline {
	t.Helper()
	pl, err := New(topics, limit)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// sighting is a feature with its name.
type sighting struct {
	name string
	vector.Feature
}

// sightings are the features of a question with their names, in order. A first
// pass finds the IDs, a second their names.
func sightings(t testing.TB, pl *Pipeline, an *syntax.Analysis, q syntax.Question) []sighting {
	t.Helper()
	features := slices.Clone(pl.Features(an, q, &Scratch{}))
	ids := make([]vector.ID, len(features))
	for i, f := range features {
		ids[i] = f.ID
	}
	names := NewNames(ids)
	names.Add(pl, an, q)
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
	out := make([]sighting, len(features))
	for i, f := range features {
		out[i] = sighting{names.Name(f.ID), f}
	}
	return out
}

// stanceOf is the question of a country's stance.
func stanceOf(t testing.TB, pl *Pipeline, an *syntax.Analysis, country string) syntax.Question {
	t.Helper()
	questions := pl.Questions(an)
	i := slices.IndexFunc(questions, func(q syntax.Question) bool {
		return q.Country == country && q.Task == datasets.TaskStance
	})
	if i < 0 {
		t.Fatalf("no question of %s among %+v", country, questions)
	}
	return questions[i]
}

// TestNamesAndIDs walks the sample: every feature of every family has a name,
// and the name gives the ID back.
func TestNamesAndIDs(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	prefixes := map[string]bool{}
	check := func(an *syntax.Analysis, q syntax.Question) {
		for _, s := range sightings(t, pl, an, q) {
			id, err := ParseName(s.name)
			if err != nil || id != s.ID {
				t.Fatalf("%q gives %#x, %v; the feature has %#x", s.name, uint64(id), err,
					uint64(s.ID))
			}
			prefix, _, _ := strings.Cut(s.name, ":")
			prefixes[prefix] = true
		}
	}
	for e, err := range format.Read(t.Context(), "../datasets/sample/labelled-2.jsonl",
		format.Options{Format: "stance"}) {
		if err != nil {
			t.Fatal(err)
		}
		an := pl.Article(e.Article)
		for _, q := range pl.Questions(an) {
			check(an, q)
		}
	}
	an := pl.Text("Norway condemned Tuvalu and mourned the victims.")
	norway, tuvalu := text.Range{First: 0, Last: 1}, text.Range{First: 2, Last: 3}
	for _, q := range []syntax.Question{
		{Topic: -1, Source: norway, Target: tuvalu}, {Topic: -1, Source: tuvalu, Target: norway},
		{Topic: -1},
	} {
		q.Task = datasets.TaskSentiment
		check(an, q)
	}
	if len(prefixes) < 70 {
		t.Errorf("only %d prefixes were seen: %v", len(prefixes), prefixes)
	}
}

// TestCollisionIsRefused gives two features one ID.
func TestCollisionIsRefused(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	an := pl.Article(datasets.Article{Text: "Norway sent aid to Ukraine."})
	q := stanceOf(t, pl, an, "NOR")
	id, err := ParseName("s:sent")
	if err != nil {
		t.Fatal(err)
	}
	names := NewNames([]vector.ID{id})
	names.scratch.emitter.Names[id] = "s:other"
	names.Add(pl, an, q)
	if err := names.Err(); err == nil || !strings.Contains(err.Error(), `"s:other" and "s:sent"`) {
		t.Errorf("got %v, want an error that names both features", err)
	}
}

// TestPlaces holds that a feature lies on the words that it names.
func TestPlaces(t *testing.T) {
	pl := newPipeline(t, 0, topic.Topic{ID: "harbour", Proposition: "The harbour should stay open.", Terms: []string{"harbour"},
		Against: topic.Side{Countries: []string{"RUS"}}})
	an := pl.Article(datasets.Article{Text: "The harbour is shut. South Korea pledged 20 boats against Russian Federation fleets."})
	got := map[string]string{}
	for _, s := range sightings(t, pl, an, stanceOf(t, pl, an, "KOR")) {
		var words []string
		for _, token := range slices.Compact([]int32{s.First, s.Last}) {
			if token >= 0 {
				r := an.TokenRange(token)
				words = append(words,
					an.Document.Text[an.Document.Tokens[r.First].Start:an.Document.Tokens[r.Last-
						1].End])
			}
		}
		got[s.name] = strings.Join(words, "|")
	}
	for name, want := range map[string]string{
		"bias:":                 "",
		"s:pledged":             "pledged",
		"s:pledged NUM|third+":  "pledged|20",
		"L1:<s>":                "",
		"R1:pledged":            "pledged",
		"RR:pledged NUM":        "pledged|20",
		"p>:OPPONENT boats":     "boats",
		"VO:pledged OPPONENT":   "pledged|Russian Federation",
		"LR:<s> pledged|third+": "pledged",
	} {
		if words, ok := got[name]; !ok || words != want {
			t.Errorf("%s: seen %v on %q, want %q", name, ok, words, want)
		}
	}
}

func TestKnows(t *testing.T) {
	id, err := ParseName("cr:howitzers|third")
	if err != nil {
		t.Fatal(err)
	}
	v := vector.NewVocabulary([]vector.ID{id})
	if !Knows(v, vector.Hash("howitzers")) || Knows(v, vector.Hash("mortars")) {
		t.Error("a word is known by any feature that is the word alone, and by no other")
	}
}

// The wording of countries is masked before a learner sees a sentence; a
// lexicon with names would let them in again.
func TestLexiconNamesNobody(t *testing.T) {
	pl := newPipeline(t, 0)
	data, err := os.ReadFile("lexicon/en.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line[0] == '#' {
			continue
		}
		lemma, _, _ := strings.Cut(line, "\t")
		words := strings.FieldsFunc(lemma, func(r rune) bool { return r == ' ' || r == '-' })
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		for _, m := range pl.Text(strings.Join(words, " ")).Mentions {
			t.Errorf("%q names %s", lemma, m.Country)
		}
	}
}

func TestReading(t *testing.T) {
	r := newPipeline(t, 0).Reading()
	if d := r.Differs(newPipeline(t, 0, ukraine).Reading()); d != "" {
		t.Errorf("topics changed %s", d)
	}
	for i, part := range r {
		other := slices.Clone(r)
		other[i].Value += "x"
		if d := r.Differs(other); d != part.Name {
			t.Errorf("%s changed, and %q was named", part.Name, d)
		}
	}
	if r.Differs(r[:2]) != r[2].Name || r[:2].Differs(r) != r[2].Name {
		t.Error("a missing part is not named")
	}
	if newPipeline(t, 0).Fingerprint() == newPipeline(t, 0, ukraine).Fingerprint() {
		t.Error("topics do not change the fingerprint")
	}
}

// FuzzArticle walks any article over the whole road: offsets lie inside the
// text and in order, and every question has mentions and features that lie
// inside.
func FuzzArticle(f *testing.F) {
	pl := newPipeline(f, 300, ukraine)
	f.Add("Hungary blocks aid", "KYIV (AP) — Hungary's Mr. Orbán blocked aid to Ukraine.\n\nREAD | More\n\nThe U.S. did not.", int64(1680000000))
	f.Add("", strings.Repeat("Ukraine and Russia. ", 30), int64(0))
	f.Add("K\u200byiv\x00", "\xff\xfe Ukra\u0301ine \u2028 “Côte d’Ivoire” \U0001F1FA\U0001F1E6 <b>Chad</b>", int64(-1))
	f.Add("READ ALSO |", "Also read: Ukraine By Reuters: - — –\r\n\r\n(Photo: Ukraine)",
		int64(1<<40))
	var s Scratch
	f.Fuzz(func(t *testing.T, title, body string, published int64) {
		an := pl.Article(datasets.Article{Title: title, Text: body,
			Published: time.Unix(published, 0).UTC()})
		d := an.Document
		for _, q := range pl.Questions(an) {
			if len(q.Mentions) == 0 {
				t.Fatalf("question %+v has no mention", q)
			}
			for _, x := range pl.Features(an, q, &s) {
				if x.Sentence < -1 || int(x.Sentence) >= len(d.Sentences) || x.First > x.Last ||
					int(x.Last) >= len(d.Tokens) {
					t.Fatalf("feature %+v in %d sentences, %d tokens", x, len(d.Sentences),
						len(d.Tokens))
				}
			}
		}
	})
}

// TestNamesakesNameNoTopic has words of a topic inside other names: a town, a
// disease, a dish. They named the topic before.
func TestNamesakesNameNoTopic(t *testing.T) {
	war := ukraine
	war.Terms = []string{"ukrain*", "kyiv", "kiev", "odesa", "odessa", "crimea*"}
	pl := newPipeline(t, 0, war)
	for text, want := range map[string]int{
		"A tornado hit Odessa, Missouri. Canada sent a crew.":             0,
		"The Texas town of Odessa voted. Mexico's consul came.":           0,
		"A tick carries Crimean-Congo fever. Turkey sent a vaccine.":      0,
		"France ate more chicken Kiev than ever, and Ireland less.":       0,
		"Missiles hit Odessa. Canada condemned the strike.":               1,
		"Doctors in Crimea saw Crimean-Congo fever. Turkey sent vaccine.": 1,
	} {
		an := pl.Article(datasets.Article{Text: text})
		if len(an.Topics) != want {
			t.Errorf("%q names %d topics, want %d", text, len(an.Topics), want)
		}
	}
}
