package format

import (
	"testing"

	"stance/datasets"
)

// A carriage return at the head of a span was dropped from its length but not
// from its start, so that the span held other words than were marked.
func TestTrimSpan(t *testing.T) {
	for _, c := range []struct {
		text string
		span datasets.Span
		want string
	}{
		{"0\r0", datasets.Span{Start: 1, End: 3}, "0"},
		{"a \t\u00a0\u2003\v b \r\n", datasets.Span{Start: 1, End: 14}, "b"},
		{"ab", datasets.Span{Start: 0, End: 2}, "ab"},
		{" \r ", datasets.Span{Start: 0, End: 3}, ""},
	} {
		if s := trimSpan(c.text, c.span); c.text[s.Start:s.End] != c.want {
			t.Errorf("trimSpan(%q, %v) is %v, %q; want %q", c.text, c.span, s,
				c.text[s.Start:s.End], c.want)
		}
	}
}
