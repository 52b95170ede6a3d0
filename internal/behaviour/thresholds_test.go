package behaviour

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var remeasure = flag.Bool("remeasure", false, "write testdata/thresholds.tsv anew")

// thresholdsFile holds what the built-in model reached when it was written, on
// every seventh case and pair. Its head says what the columns are.
const thresholdsFile = "testdata/thresholds.tsv"

const thresholdsHead = `# What the built-in model reaches on every seventh case and pair. A capability that gets
# worse by more points fails the test. When a new model is better, write the file anew:
#
#   go test ./internal/behaviour -run TestThresholds -remeasure
#
#   capability <TAB> measure <TAB> percent <TAB> points it may get worse
`

// sampleStep is how many cases, or pairs, lie between two of those that are
// asked. It shares no factor with the number of topics or of changes.
const sampleStep = 7

// allowedPoints is how much worse a measure may get: two in the hundred over
// all, and as much as a few answers for a single capability, which has 13 to
// 72.
const (
	allowedPoints    = 8.0
	allowedPointsAll = 2.0
)

// measurement is one line of the file.
type measurement struct {
	capability, measure string
	percent, points     float64
}

func TestThresholds(t *testing.T) {
	s := suite(t)
	part := *s
	part.Cases, part.Pairs = every(s.Cases), every(s.Pairs)
	r, err := Measure(context.Background(), predictor(t, s), &part)
	if err != nil {
		t.Fatal(err)
	}
	got := measurements(r)
	if *remeasure {
		writeThresholds(t, got)
	}
	want := readThresholds(t)
	if len(want) != len(got) {
		t.Fatalf("%s has %d lines for %d measures; refresh it with -remeasure",
			thresholdsFile, len(want), len(got))
	}
	for i, w := range want {
		g := got[i]
		if g.capability != w.capability || g.measure != w.measure {
			t.Errorf("line %d is %s, %s; want %s, %s", i+1, w.capability, w.measure, g.capability,
				g.measure)
			continue
		}
		worse := w.percent - g.percent
		if w.measure == string(OtherSign) {
			worse = -worse
		}
		if worse > w.points {
			t.Errorf("%s, %s: %.1f %%, was %.1f %%; at most %g points worse are allowed",
				w.capability, w.measure, g.percent, w.percent, w.points)
		}
	}
}

func every[T any](list []T) []T {
	var out []T
	for i := 0; i < len(list); i += sampleStep {
		out = append(out, list[i])
	}
	return out
}

func measurements(r *Report) []measurement {
	var out []measurement
	for _, row := range r.Capabilities {
		for _, o := range []Outcome{Right, OtherSign} {
			out = append(out, measurement{row.Name, string(o), row.Percent(o), allowedPoints})
		}
	}
	for _, row := range r.Pairs {
		name := string(row.Test) + ": " + row.Name
		out = append(out, measurement{name, "passed", row.Percent(), allowedPoints})
	}
	for _, o := range []Outcome{Right, OtherSign} {
		out = append(out, measurement{"all", string(o), r.All.Percent(o), allowedPointsAll})
	}
	return out
}

func writeThresholds(t *testing.T, list []measurement) {
	t.Helper()
	var b strings.Builder
	b.WriteString(thresholdsHead)
	for _, m := range list {
		fmt.Fprintf(&b, "%s\t%s\t%.1f\t%g\n", m.capability, m.measure, m.percent, m.points)
	}
	if err := os.WriteFile(thresholdsFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readThresholds(t *testing.T) []measurement {
	t.Helper()
	text, err := os.ReadFile(thresholdsFile)
	if err != nil {
		t.Fatal(err)
	}
	var out []measurement
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) != 4 {
			t.Fatalf("%s: %q has %d columns, want 4", thresholdsFile, line, len(c))
		}
		percent, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		points, err := strconv.ParseFloat(c[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, measurement{c[0], c[1], percent, points})
	}
	return out
}
