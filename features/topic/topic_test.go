package topic

import (
	"slices"
	"testing"
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

func TestHits(t *testing.T) {
	ts := set(t,
		Topic{ID: "a", Proposition: "p", Terms: []string{"black sea grain", "black sea"}, For: Side{Terms: []string{"open door*"}}},
		Topic{ID: "b", Proposition: "p", Terms: []string{"sea"}, Against: Side{Terms: []string{"x"}}})
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
