package report

import (
	"slices"
	"strings"

	"stance/datasets"
	"stance/features/topic"
	"stance/models"
)

// kind says what a stretch of an article is marked as.
type kind string

// The kinds of marks. Their names are class names of the page, too.
const (
	plain      kind = ""
	country    kind = "country"
	topicTerm  kind = "topic"
	supportive kind = "supportive"
	critical   kind = "critical"
)

// mark is a span of the cleaned text with its kind.
type mark struct {
	datasets.Span
	kind kind
}

// segment is a stretch of text of one kind.
type segment struct {
	Text string
	Kind kind
}

// marksOf lists what is marked in the whole article: countries first, where
// they overlap topic terms or words, then topic terms, then deciding words.
// Marks are in order and do not overlap.
func marksOf(e models.Explanation, words []mark) []mark {
	var all []mark
	for _, m := range e.Mentions {
		all = append(all, mark{datasets.Span{Start: m.Start, End: m.End}, country})
	}
	for _, t := range e.Terms {
		if t.Stand == topic.Third {
			all = append(all, mark{t.Span, topicTerm})
		}
	}
	return apart(append(all, words...))
}

// apart drops every mark that overlaps one before it in the list, and sorts the
// rest.
func apart(all []mark) []mark {
	var out []mark
	for _, m := range all {
		at, _ := slices.BinarySearchFunc(out, m.Start, func(o mark, start int) int {
			return o.Start - start
		})
		free := (at == 0 || out[at-1].End <= m.Start) && (at == len(out) || m.End <= out[at].Start)
		if free && !m.Empty() {
			out = slices.Insert(out, at, m)
		}
	}
	return out
}

// segments cuts text[span] at the marks in it.
func segments(text string, span datasets.Span, marks []mark) []segment {
	var out []segment
	at := span.Start
	add := func(to int, k kind) {
		if to > at {
			out = append(out, segment{text[at:to], k})
			at = to
		}
	}
	for _, m := range marks {
		if m.Start >= at && m.End <= span.End {
			add(m.Start, plain)
			add(m.End, m.kind)
		}
	}
	add(span.End, plain)
	return out
}

// paragraphs are the spans of the paragraphs of a cleaned text; the first is
// the title when there is one.
func paragraphs(text string) []datasets.Span {
	var out []datasets.Span
	at := 0
	for _, p := range strings.Split(text, "\n\n") {
		if p != "" {
			out = append(out, datasets.Span{Start: at, End: at + len(p)})
		}
		at += len(p) + len("\n\n")
	}
	return out
}
