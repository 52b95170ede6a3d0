package behaviour

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Text writes the tables of a report for a terminal and for docs/behaviour.md.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "model %s\n%d sentences, %d answers, %d tests of pairs\n",
		r.Model, r.Sentences, r.All.Tests, len(r.PairVerdicts))
	for _, table := range []struct {
		title string
		rows  []Row
	}{
		{"capability", r.Capabilities},
		{"topic", r.Topics},
		{"stand, wanted", r.Stands},
		{"", []Row{r.All}},
	} {
		fmt.Fprintf(&b, "\n%-26s %6s", table.title, "tests")
		for _, o := range Outcomes() {
			fmt.Fprintf(&b, " %14s", o)
		}
		b.WriteByte('\n')
		for _, row := range table.rows {
			fmt.Fprintf(&b, "%-26s %6d", row.Name, row.Tests)
			for _, o := range Outcomes() {
				fmt.Fprintf(&b, " %12.1f %%", row.Percent(o))
			}
			b.WriteByte('\n')
		}
	}
	fmt.Fprintf(&b, "\n%-9s %-27s %6s %9s %9s %10s\n",
		"test", "of", "tests", "passed", "one side", "sign flips")
	for _, row := range r.Pairs {
		fmt.Fprintf(&b, "%-9s %-27s %6d %7.1f %% %9d %10d\n",
			row.Test, row.Name, row.Tests, row.Percent(), row.OneSide, row.SignFlip)
	}
	return b.String()
}

// Percent is the share of tests passed, in percent.
func (r PairRow) Percent() float64 { return 100 * float64(r.Passed) / float64(max(1, r.Tests)) }

// Marks around the tables in docs/behaviour.md.
const (
	beginMark = "<!-- begin behaviour -->\n"
	endMark   = "<!-- end behaviour -->"
)

// Fill puts the tables of a report between the marks of a Markdown document.
func (r *Report) Fill(document []byte) ([]byte, error) {
	head, rest, found := bytes.Cut(document, []byte(beginMark))
	_, tail, closed := bytes.Cut(rest, []byte(endMark))
	if !found || !closed {
		return nil, fmt.Errorf("behaviour: the document has no block for the tables; "+
			"put %s and %s on lines of their own", strings.TrimSpace(beginMark), endMark)
	}
	block := beginMark + "\n```\n" + r.Text() + "```\n\n" + endMark
	return slices.Concat(head, []byte(block), tail), nil
}
