package text

import "testing"

// TestIsLetter asks about every byte.
func TestIsLetter(t *testing.T) {
	for c := range 256 {
		want := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if got := isLetter(byte(c)); got != want {
			t.Errorf("%q: %v, want %v", rune(c), got, want)
		}
	}
}

func TestIsAddress(t *testing.T) {
	tests := map[string]bool{
		"http://x": true, "HTTPS://x": true, "www.x": true, "WWW.x": true, "mailto:x": true,
		"a@b.org": true, "@b.org": false, "a@b": false, "a@b.": false,
		"news.com": true, "NEWS.com": false, "news.com/a": true, "news-1.com": true,
		"news_1.com": false,
		"news.zz":    false, "news.zz/a": true, "news.z/a": false, "news.z2/a": false,
		".com": false, "com": false, "e.g.": false, "Mr.Smith": false, "2.5/3": false,
	}
	for w, want := range tests {
		if got := isAddress(w); got != want {
			t.Errorf("%q: %v, want %v", w, got, want)
		}
	}
}

// TestChangesMark has a mark in the middle, at the beginning and at the end.
func TestChangesMark(t *testing.T) {
	tests := []struct {
		s    string
		i    int
		want bool
	}{
		{"a--b", 1, true}, {"a-b", 1, false}, {"a - b", 2, true}, {"a -b", 2, false},
		{"a- b", 1, false},
		{"- b", 0, true}, {"-b", 0, false}, {"a -", 2, true}, {"a-", 1, false}, {"-", 0, false}, {"a .", 2, false},
		{"a..", 1, true}, {"a. .", 1, true}, {"a. b", 1, false}, {"a. ", 1, false},
		{"a.b.", 1, false},
		{"''a", 0, true}, {"'a'", 0, false}, {"a'", 1, false},
	}
	for _, tt := range tests {
		if got := changesMark(tt.s, tt.i); got != tt.want {
			t.Errorf("%q at %d: %v, want %v", tt.s, tt.i, got, tt.want)
		}
	}
}

func TestIsBareDateline(t *testing.T) {
	tests := map[string]bool{
		"New Delhi ,": true, "New Delhi —": true, "New Delhi": false, "new Delhi ,": false,
		",": false, "": false,
		"New Delhi:": false, "NEW DELHI:": true, "What? Delhi ,": false, "Who: Delhi ,": false,
		"One Two Three Four Five Six Seven Eight Nine Ten ,": false,
	}
	for p, want := range tests {
		if got := isBareDateline(p); got != want {
			t.Errorf("%q: %v, want %v", p, got, want)
		}
	}
}

func TestIsFileOrAddress(t *testing.T) {
	tests := []struct {
		before, rest string
		want         bool
	}{
		{"report", "pdf", true}, {"report", "pdf, they said", true}, {"report", "The next", false},
		{"a/b", "x", true}, {"a", "b/c", true}, {"a", "b c/d", false}, {"me@a", "b", true},
		{"www", "news.com).", true}, {"report", "PDF", false}, {"", "", false},
	}
	for _, tt := range tests {
		if got := isFileOrAddress(tt.before, tt.rest); got != tt.want {
			t.Errorf("%q . %q: %v, want %v", tt.before, tt.rest, got, tt.want)
		}
	}
}

// TestNextLead finds the characters that may begin mojibake. A byte 0xc3 at the
// end is the half of a character.
func TestNextLead(t *testing.T) {
	tests := []struct {
		s          string
		from, want int
	}{
		{"plain", 0, 5}, {"aÃ©", 0, 1}, {"aÃ©", 2, 5}, {"a\xc3", 0, 2}, {"aßâ€™", 0, 3},
		{"aÀb", 0, 4}, {"", 0, 0},
	}
	for _, tt := range tests {
		if got := nextLead(tt.s, tt.from); got != tt.want {
			t.Errorf("%q from %d: %d, want %d", tt.s, tt.from, got, tt.want)
		}
	}
}

// TestAfter finds the end of a comment and remembers that there is none.
func TestAfter(t *testing.T) {
	s := &stripper{src: "a --> b --> c"}
	for _, tt := range []struct{ i, want int }{{0, 5}, {2, 5}, {4, 11}, {11, 0}, {0, 0}} {
		if got := s.after(tt.i, "-->"); got != tt.want {
			t.Errorf("from %d: %d, want %d", tt.i, got, tt.want)
		}
	}
}
