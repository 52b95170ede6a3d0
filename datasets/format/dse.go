package format

import (
	"fmt"
	"strings"
	"unicode"

	"stance/datasets"
)

// dseAnswers are the corpus' labels 0 to 4: who holds which opinion of whom.
var dseAnswers = []string{"none", "positive_forward", "positive_backward", "negative_forward", "negative_backward"}

// decodeDSE reads lines of sentence, p, q and label, in which the sentence
// marks p and q by brackets. The brackets are taken out; Source is the span of
// p and Target the span of q, forward meaning p to q.
func decodeDSE(s *stream) {
	s.eachLine(func(l line) (datasets.Example, *fault) {
		fields := strings.Split(string(l.text), "\t")
		if len(fields) != 4 {
			return datasets.Example{}, &fault{reason: datasets.ReasonSyntax,
				detail: fmt.Sprintf("%d fields, want sentence, p, q and label, separated by tabs",
					len(fields))}
		}
		if len(fields[3]) != 1 || fields[3][0] < '0' || fields[3][0] > '4' {
			return datasets.Example{}, badLabel(nil, "label %q; want 0 to 4", clip(fields[3], 32))
		}
		text, spans, f := cutBrackets(unquote(fields[0]))
		if f != nil {
			return datasets.Example{}, f
		}
		p, q := spans[0], spans[1]
		if first := text[p.Start:p.End]; first != strings.TrimSpace(unquote(fields[1])) &&
			first == strings.TrimSpace(unquote(fields[2])) {
			p, q = q, p
		}
		e := datasets.Example{Article: datasets.Article{Text: text}}
		e.Labels = []datasets.Label{{Task: datasets.TaskRelation, Source: p, Target: q,
			Answer: dseAnswers[fields[3][0]-'0']}}
		return e, nil
	})
}

// unquote undoes the CSV quoting that some fields of the corpus have: outer
// quotes with all inner ones doubled.
func unquote(field string) string {
	if len(field) < 2 || field[0] != '"' || field[len(field)-1] != '"' {
		return field
	}
	inner := field[1 : len(field)-1]
	if plain := strings.ReplaceAll(inner, `""`, ""); strings.Contains(plain, `"`) {
		return field
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}

// cutBrackets takes two pairs of brackets out of a sentence and gives the spans
// they held, blanks trimmed.
func cutBrackets(marked string) (string, [2]datasets.Span, *fault) {
	var text strings.Builder
	var spans [2]datasets.Span
	n, open := 0, false
	for _, r := range marked {
		switch {
		case r == '[' && !open && n < 2:
			open, spans[n].Start = true, text.Len()
		case r == ']' && open:
			open, spans[n].End = false, text.Len()
			n++
		case r == '[' || r == ']':
			return "", spans, badLabel(nil, "stray %q; want two pairs of brackets", r)
		default:
			text.WriteRune(r)
		}
	}
	if n != 2 || open {
		return "", spans, badLabel(nil, "%d closed of two pairs of brackets", n)
	}
	for i := range spans {
		spans[i] = trimSpan(text.String(), spans[i])
		if spans[i].Empty() {
			return "", spans, badLabel(nil, "nothing between the brackets")
		}
	}
	return text.String(), spans, nil
}

// trimSpan drops blanks at both ends of a span.
func trimSpan(text string, s datasets.Span) datasets.Span {
	part := text[s.Start:s.End]
	s.Start += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	s.End = s.Start + len(strings.TrimSpace(text[s.Start:s.End]))
	return s
}
