// Package compare shows how kinds of classifiers did beside each other: as a
// table, Markdown, JSON or a chart.
package compare

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Formats are the names that Write knows.
func Formats() []string { return []string{"table", "markdown", "json"} }

// Write writes the results in one of Formats.
func Write(w io.Writer, format string, results []Comparison) error {
	switch format {
	case "table":
		return writeTable(w, results)
	case "markdown":
		return writeMarkdown(w, results)
	case "json":
		text, err := json.MarshalIndent(results, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", text)
		return err
	}
	return fmt.Errorf("compare: no format %q; there are %s", format, strings.Join(Formats(), ", "))
}

var header = [...]string{"kind", "macro-F1", "95 %", "actor-F1", "ECE", "train", "per article", "memory",
	"bundle", "columns", "explains"}

// cells are the columns of header for one result.
func cells(r Comparison) []string {
	explains := "no"
	if r.Explains {
		explains = "yes"
	}
	q := r.Quality
	return []string{r.Kind, fmt.Sprintf("%.3f", q.MacroF1), fmt.Sprintf("%.3f-%.3f", q.Low, q.High),
		fmt.Sprintf("%.3f", q.ActorF1), fmt.Sprintf("%.3f", q.ECE), seconds(r.TrainSeconds),
		seconds(r.PredictSeconds), size(float64(r.PeakBytes)), size(float64(r.BundleBytes)),
		fmt.Sprint(r.Columns), explains}
}

// writeTable aligns the cells with blanks; the first column to the left, the
// others to the right.
func writeTable(w io.Writer, results []Comparison) error {
	lines := [][]string{header[:]}
	for _, r := range results {
		if r.Error == "" {
			lines = append(lines, cells(r))
		}
	}
	width := make([]int, len(header))
	for _, line := range lines {
		for i, cell := range line {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var out strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&out, "%-*s", width[0], line[0])
		for i, cell := range line[1:] {
			fmt.Fprintf(&out, "  %*s", width[i+1], cell)
		}
		out.WriteByte('\n')
	}
	for _, r := range results {
		if r.Error != "" {
			fmt.Fprintf(&out, "%-*s  failed: %s\n", width[0], r.Kind, r.Error)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeMarkdown(w io.Writer, results []Comparison) error {
	var out strings.Builder
	row := func(cells []string) { fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | ")) }
	row(header[:])
	row(append([]string{"---"}, slices.Repeat([]string{"---:"}, len(header)-1)...))
	for _, r := range results {
		if r.Error == "" {
			c := cells(r)
			c[0] = "`" + c[0] + "`"
			row(c)
		}
	}
	for _, r := range results {
		if r.Error != "" {
			fmt.Fprintf(&out, "\n`%s` failed: %s\n", r.Kind, r.Error)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// seconds writes a duration with two digits or more.
func seconds(s float64) string {
	switch {
	case s >= 10:
		return fmt.Sprintf("%.0f s", s)
	case s >= 1:
		return fmt.Sprintf("%.1f s", s)
	case s >= 0.01:
		return fmt.Sprintf("%.0f ms", s*1e3)
	case s >= 0.001:
		return fmt.Sprintf("%.1f ms", s*1e3)
	}
	return fmt.Sprintf("%.0f µs", s*1e6)
}

// size writes a number of bytes with two digits or more.
func size(bytes float64) string {
	switch {
	case bytes >= 10<<20:
		return fmt.Sprintf("%.0f MB", bytes/(1<<20))
	case bytes >= 1<<20:
		return fmt.Sprintf("%.1f MB", bytes/(1<<20))
	}
	return fmt.Sprintf("%.0f kB", bytes/(1<<10))
}
