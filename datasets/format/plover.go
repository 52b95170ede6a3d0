package format

import (
	"fmt"
	"slices"
	"strings"

	"stance/datasets"
)

// ploverQuads are the classes of gold_penta 1 to 4. (0, neutral, does not occur
// in the published files.)
var ploverQuads = []string{"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"}

// ploverColumns is the header of the published files.
var ploverColumns = []string{"sentence_id", "marked_sentence", "source", "target", "gold_root", "gold_penta"}

// decodePLOVER gives one example per pair of source and target with two labels,
// root and quad. Group is the sentence, which several pairs may share. A span
// is empty where the corpus marks none ("a recipient").
func decodePLOVER(s *stream) {
	s.eachRow(dialect{comma: '\t'}, func(header []string) *fault {
		if !slices.Equal(header, ploverColumns) {
			return noColumn(strings.Join(ploverColumns, ", "), header)
		}
		return nil
	}, func(l line, row []string) (datasets.Example, *fault) {
		quad := row[5]
		if len(quad) != 1 || quad[0] < '1' || quad[0] > '4' {
			return datasets.Example{}, badLabel(nil, "gold_penta %q; want 1 to 4", clip(quad, 32))
		}
		if row[4] == "" {
			return datasets.Example{}, badLabel(nil, "gold_root is empty")
		}
		text, sources, targets, f := cutMarks(row[1])
		if f != nil {
			return datasets.Example{}, f
		}
		source, target := pickSpan(text, sources, row[2]), pickSpan(text, targets, row[3])
		e := datasets.Example{Group: row[0],
			Article: datasets.Article{ID: fmt.Sprintf("%s-%d-%s", stem(s.name), l.number, row[0]),
				Text: text}}
		e.Labels = []datasets.Label{
			{Task: datasets.TaskPLOVERRoot, Source: source, Target: target, Answer: row[4]},
			{Task: datasets.TaskPLOVERQuad, Source: source, Target: target,
				Answer: ploverQuads[quad[0]-'1']},
		}
		return e, longFields(e)
	})
}

// cutMarks takes the marks <s> </s> <t> </t> out of a sentence and gives the
// spans they held. Spans of one kind follow each other; those of different
// kinds may overlap.
func cutMarks(marked string) (text string, sources, targets []datasets.Span, f *fault) {
	marks := []struct {
		begin, end string
		open       int // where the open span began, -1 for none
		spans      []datasets.Span
	}{{"<s>", "</s>", -1, nil}, {"<t>", "</t>", -1, nil}}
	var out strings.Builder
scan:
	for i := 0; i < len(marked); {
		if marked[i] == '<' {
			for k := range marks {
				m := &marks[k]
				switch {
				case strings.HasPrefix(marked[i:], m.begin) && m.open < 0:
					m.open = out.Len()
					i += len(m.begin)
					continue scan
				case strings.HasPrefix(marked[i:], m.end) && m.open >= 0:
					m.spans = append(m.spans, datasets.Span{Start: m.open, End: out.Len()})
					m.open = -1
					i += len(m.end)
					continue scan
				}
			}
		}
		out.WriteByte(marked[i])
		i++
	}
	for _, m := range marks {
		if m.open >= 0 {
			return "", nil, nil, badLabel(nil, "%s without %s", m.begin, m.end)
		}
	}
	text = out.String()
	return text, trimSpans(text, marks[0].spans), trimSpans(text, marks[1].spans), nil
}

func trimSpans(text string, spans []datasets.Span) []datasets.Span {
	var kept []datasets.Span
	for _, s := range spans {
		if s = trimSpan(text, s); !s.Empty() {
			kept = append(kept, s)
		}
	}
	return kept
}

// pickSpan chooses the span that reads as the corpus' own column says, else the
// first, else the empty span.
func pickSpan(text string, spans []datasets.Span, want string) datasets.Span {
	want = strings.TrimSpace(want)
	for _, s := range spans {
		if text[s.Start:s.End] == want {
			return s
		}
	}
	if len(spans) > 0 {
		return spans[0]
	}
	return datasets.Span{}
}
