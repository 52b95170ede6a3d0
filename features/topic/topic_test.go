package topic

import (
	"slices"
	"testing"

	"stance/features/text"
)

// set prepares topics whose countries are all known.
func set(t *testing.T, topics ...Topic) *Set {
	t.Helper()
	ts, err := NewSet(topics, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

// TestShortPrefixMatches has a prefix term shorter than the key that prefix
// terms are filed under. Such a term never matched before.
func TestShortPrefixMatches(t *testing.T) {
	for _, term := range []string{"u*", "uk*", "ukr*", "ukra*"} {
		ts := set(t, Topic{ID: "a", Proposition: "p", Terms: []string{term}})
		got := ts.Hits([]string{"the", "ukraine", "war", "x"})
		if want := []Hit{{First: 1, Last: 2}}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", term, got, want)
		}
	}
}

// TestWithout drops hits inside a range where a name means something else, and
// keeps a term that is the whole of such a range.
func TestWithout(t *testing.T) {
	hits := []Hit{{First: 1, Last: 2}, {First: 4, Last: 6}, {First: 8, Last: 9}}
	namesakes := []text.Range{{First: 0, Last: 2}, {First: 4, Last: 6}}
	want := []Hit{{First: 4, Last: 6}, {First: 8, Last: 9}}
	if got := Without(slices.Clone(hits), namesakes); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Without(slices.Clone(hits), nil); !slices.Equal(got, hits) {
		t.Errorf("without namesakes: got %v, want %v", got, hits)
	}
}

func TestHits(t *testing.T) {
	ts := set(t,
		Topic{ID: "a", Proposition: "p", Terms: []string{"black sea grain", "black sea"},
			For: Side{Terms: []string{"open door*"}}},
		Topic{ID: "b", Proposition: "p", Terms: []string{"sea"},
			Against: Side{Terms: []string{"x"}}})
	got := ts.Hits([]string{"the", "black", "sea", "grain", "deal", "open", "doors", "x", "open"})
	want := []Hit{
		{Topic: 0, First: 1, Last: 4}, // the longest term wins
		{Topic: 1, First: 2, Last: 3}, // topics do not hide each other
		{Topic: 0, Stand: Party, First: 5, Last: 7},
		{Topic: 1, Stand: Opponent, First: 7, Last: 8},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestNewSetReportsAllFaults has each fault of a topic once, all in one error.
func TestNewSetReportsAllFaults(t *testing.T) {
	known := func(c string) bool { return c != "XXX" }
	_, err := NewSet([]Topic{
		{ID: "sound", Proposition: "p", Terms: []string{"a"}, For: Side{Countries: []string{"PER"}},
			Against: Side{Countries: []string{"CHL"}}},
		{ID: "sound", Proposition: "p", Terms: []string{"a"}},
		{ID: "No id", Proposition: " ", Terms: nil},
		{ID: "sides", Proposition: "p", Terms: []string{"*", "a"}, For: Side{Countries: []string{"XXX", "PER"}},
			Against: Side{Countries: []string{"PER"}, Terms: []string{" "}}},
	}, known)
	want := `topic "sound": is listed twice; give each topic its own id
topic "No id": id must be lower-case letters and digits joined by dashes, such as "south-china-sea"
topic "No id": has no proposition; add the sentence that countries support or oppose
topic "No id": has no terms; list the words that name it in a text
topic "sides": unknown country "XXX"; use ISO 3166-1 alpha-3 or EU, NATO, UN, G7
topic "sides": country PER is both for and against
topic "sides": term "*" has no word in it
topic "sides": term " " has no word in it`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestStand(t *testing.T) {
	ts := set(t,
		Topic{ID: "a", Proposition: "p", Terms: []string{"a"},
			For:     Side{Countries: []string{"PER", "BOL"}},
			Against: Side{Countries: []string{"CHL"}}})
	for country, want := range map[string]Stand{"PER": Party, "BOL": Party, "CHL": Opponent,
		"NOR": Third, "": Third} {
		if got := ts.Stand(0, country); got != want {
			t.Errorf("%q stands as %v, want %v", country, got, want)
		}
	}
	if got := []string{Third.String(), Party.String(), Opponent.String()}; !slices.Equal(got,
		[]string{"third", "party", "opponent"}) {
		t.Errorf("stands are called %q", got)
	}
}

// Terms of a side alone do not name a topic.
func TestNamed(t *testing.T) {
	ts := set(t, Topic{ID: "a", Proposition: "p", Terms: []string{"a"}, For: Side{Terms: []string{"x"}}},
		Topic{ID: "b", Proposition: "p", Terms: []string{"b"}},
		Topic{ID: "c", Proposition: "p", Terms: []string{"c"}})
	if got := ts.Named(ts.Hits([]string{"c", "x", "b", "b"})); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("named %v, want 1 and 2", got)
	}
}
