package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// TextOptions say how text is laid out.
type TextOptions struct {
	Width  int  // of a line, in characters; 0 means 80
	Colour bool // mark by colours (ANSI escapes) instead of brackets and signs
}

// Text writes the article with its marks, and for each pair the probabilities
// and why.
func (x Explained) Text(w io.Writer, o TextOptions) error {
	t := &textWriter{TextOptions: o}
	if t.Width == 0 {
		t.Width = 80
	}
	v := x.view()
	for _, p := range v.Paragraphs {
		t.paragraph("", p)
		t.line("")
	}
	t.legend()
	if v.Nothing != "" {
		t.line(v.Nothing)
	}
	for _, p := range v.Pairs {
		t.pair(p)
	}
	_, err := io.WriteString(w, t.out.String())
	return err
}

// textWriter lays out lines.
type textWriter struct {
	TextOptions
	out strings.Builder
}

func (t *textWriter) line(format string, args ...any) { fmt.Fprintf(&t.out, format+"\n", args...) }

// style is how one kind is shown: by an ANSI code, or by signs around each word
// of it.
type style struct{ code, before, after string }

func styleOf(k kind) style {
	switch k {
	case country:
		return style{"1;36", "[", "]"}
	case topicTerm:
		return style{"1;35", "{", "}"}
	case supportive:
		return style{"1;32", "+", ""}
	case critical:
		return style{"1;31", "-", ""}
	}
	return style{}
}

// paint shows a piece of a stretch: by colour, or by signs at the ends of the
// stretch.
func (t *textWriter) paint(p piece) string {
	s := styleOf(p.Kind)
	switch {
	case p.Kind == plain:
		return p.Text
	case t.Colour:
		return "\x1b[" + s.code + "m" + p.Text + "\x1b[0m"
	}
	text := p.Text
	if p.first {
		text = s.before + text
	}
	if p.last {
		text += s.after
	}
	return text
}

// width is how many columns a piece takes.
func (t *textWriter) width(p piece) int {
	if t.Colour {
		return utf8.RuneCountInString(p.Text)
	}
	return utf8.RuneCountInString(t.paint(p))
}

// paragraph writes segments as lines that fit, each begun by indent. A stretch
// of several words may be broken between them.
func (t *textWriter) paragraph(indent string, list []segment) {
	used := 0
	t.out.WriteString(indent)
	for _, word := range wordsOf(list) {
		n := 0
		for _, p := range word {
			n += t.width(p)
		}
		switch {
		case used > 0 && len(indent)+used+1+n > t.Width:
			t.out.WriteString("\n" + indent)
			used = 0
		case used > 0:
			t.out.WriteByte(' ')
			used++
		}
		for _, p := range word {
			t.out.WriteString(t.paint(p))
		}
		used += n
	}
	t.out.WriteByte('\n')
}

// piece is the part of a segment that falls on one word, with whether it is the
// segment's first or last.
type piece struct {
	segment
	first, last bool
}

// wordsOf cuts segments at blanks: each word is the list of its pieces, since
// "Kyiv's" is a country and a rest.
func wordsOf(list []segment) [][]piece {
	var out [][]piece
	open := false // the last word goes on
	for _, s := range list {
		fields := strings.Split(strings.ReplaceAll(s.Text, "\n", " "), " ")
		for i, field := range fields {
			if i > 0 {
				open = false
			}
			if field == "" {
				continue
			}
			if !open {
				out = append(out, nil)
			}
			out[len(out)-1] = append(out[len(out)-1],
				piece{segment{field, s.Kind}, i == 0, i == len(fields)-1})
			open = true
		}
	}
	return out
}

func (t *textWriter) legend() {
	t.paragraph("",
		[]segment{{"Marked: ", plain}, {"country", country}, {", ", plain}, {"topic", topicTerm}, {", speaks for ", plain},
			{"supportive", supportive}, {" or ", plain}, {"critical", critical}, {".", plain}})
	t.line("")
}

// barWidth is the length of a bar for a probability of 1.
const barWidth = 30

func (t *textWriter) pair(p pairView) {
	answer := p.Answer
	if p.Answer == string(supportive) || p.Answer == string(critical) {
		answer = t.paint(piece{segment{answer, kind(p.Answer)}, false, false})
	}
	if p.Why != "" {
		answer += " (" + p.Why + ")"
	}
	t.line("%s (%s) on %s: %s", p.Name, p.Country, p.Topic, answer)
	t.paragraph("  ", []segment{{"Proposition: " + p.Proposition, plain}})
	for _, b := range p.Bars {
		t.line("%s",
			strings.TrimRight(fmt.Sprintf("  %-10s  %6.4f  %s", b.Name, b.P,
				strings.Repeat("█", int(b.P*barWidth+0.5))), " "))
	}
	facts := fmt.Sprintf("named %d times", p.Mentions)
	if p.Mentions == 1 {
		facts = "named once"
	}
	if p.Judged {
		facts += fmt.Sprintf("; %.0f %% of its features unknown to the model", 100*p.OOV)
	}
	if p.Sentiment != "" {
		facts = fmt.Sprintf("tone toward it %s (%+.2f); ", p.Sentiment, p.SentimentScore) + facts
	}
	t.paragraph("  ", []segment{{facts + ".", plain}})
	if len(p.Evidence) > 0 {
		t.line("  Deciding sentence:")
		t.paragraph("    ", p.Evidence)
	}
	for _, l := range p.Lists {
		t.words(l)
	}
	if len(p.Rest) > 0 {
		t.paragraph("  ",
			[]segment{{"Besides words, toward " + p.Toward + ": " + joined(p.Rest), plain}})
	}
	t.line("")
}

func (t *textWriter) words(l wordList) {
	if len(l.Words) == 0 {
		return
	}
	list := []segment{{"For " + l.For + ": ", plain}}
	for i, w := range l.Words {
		if i > 0 {
			list = append(list, segment{", ", plain})
		}
		rest := strings.TrimPrefix(w.String(), w.Word)
		word := segment{w.Word, plain}
		if t.Colour {
			word.Kind = l.Kind
		}
		list = append(list, word, segment{strings.ReplaceAll(rest, " ", "\u00a0"), plain})
	}
	t.paragraph("  ", list)
}

func joined(list []wordShare) string {
	var out []string
	for _, w := range list {
		out = append(out, strings.ReplaceAll(fmt.Sprintf("%s %+.2f", w.Word, w.Share), " ", "\u00a0"))
	}
	return strings.Join(out, ", ") + "."
}
