package suggest

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"", "workers", "format", "json", "text", "Ukraine", "eu"}
	tests := []struct{ word, want string }{
		{"worker", "workers"},
		{"wrokers", "workers"},
		{"jsno", "json"},
		{"ukrane", "Ukraine"},
		{"TEXT", "text"},
		{"zebra", ""},
		{"xy", ""}, // two edits from eu, which would leave nothing of it
		{"", ""},
		{strings.Repeat("workers", 100), ""},
	}
	for _, tt := range tests {
		if got := Nearest(tt.word, known); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.want)
		}
	}
	if got, want := Hint("jsno", known), `; did you mean "json"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDistance has the textbook pairs of Wagner and Fischer's algorithm,
// counted by hand.
func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{{"kitten", "sitting", 3}, {"saturday", "sunday", 3}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}}
	for _, tt := range tests {
		if got := distance(tt.a, tt.b); got != tt.want {
			t.Errorf("%q, %q: got %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
