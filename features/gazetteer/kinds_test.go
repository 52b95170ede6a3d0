package gazetteer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/features/text"
)

// TestKinds reads testdata/kinds: a file for each kind of name that is often
// taken for a country, one sentence a line with the countries it names.
func TestKinds(t *testing.T) {
	g := loadDefault(t)
	files, err := filepath.Glob("testdata/kinds/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".tsv"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				if line[0] == '#' {
					continue
				}
				fields := strings.Split(strings.TrimSpace(line), "\t")
				if len(fields) != 3 {
					t.Fatalf("%q has %d columns, want countries, outlet and text", line,
						len(fields))
				}
				d := text.Parse(datasets.Article{Source: fields[1], Text: fields[2]}, 0)
				want := strings.Fields(fields[0])
				slices.Sort(want)
				if got := codes(g.Mentions(d)); !slices.Equal(got, want) {
					t.Errorf("%s\ngot  %v\nwant %v", fields[2], got, want)
				}
			}
		})
	}
}

// codes lists the countries of mentions, sorted, each once.
func codes(mentions []Mention) []string {
	var out []string
	for _, m := range mentions {
		out = append(out, m.Country)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
