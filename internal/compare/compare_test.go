package compare

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"stance/internal/golden"
	"stance/models/evaluate"
)

func results() []Comparison {
	return []Comparison{
		{Kind: "logistic",
			Quality: evaluate.Evaluation{MacroF1: 0.816, Low: 0.796, High: 0.836, ActorF1: 0.841,
				ECE: 0.0163},
			Columns: 150000, Explains: true, TrainSeconds: 80.4, PredictSeconds: 0.0013,
			PeakBytes: 900 << 20, BundleBytes: 2069589},
		{Kind: "golearn-cart",
			Quality: evaluate.Evaluation{MacroF1: 0.685, Low: 0.66, High: 0.709, ActorF1: 0.726,
				ECE: 0.028},
			Columns: 250, TrainSeconds: 2.06, PredictSeconds: 0.00042, PeakBytes: 5 << 20,
			BundleBytes: 30000},
		{Kind: "broken<&>", Error: "no way"},
	}
}

func TestGolden(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"table.txt":   func(w io.Writer) error { return Write(w, "table", results()) },
		"markdown.md": func(w io.Writer) error { return Write(w, "markdown", results()) },
		"chart.svg":   func(w io.Writer) error { return WriteSVG(w, results()) },
	} {
		var out strings.Builder
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		golden.File(t, filepath.Join("testdata", name), []byte(out.String()))
	}
}

func TestJSONKeepsAll(t *testing.T) {
	var out strings.Builder
	if err := Write(&out, "json", results()); err != nil {
		t.Fatal(err)
	}
	var got []Comparison
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil ||
		!reflect.DeepEqual(got, results()) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Write(io.Discard, "html", nil)
	if want := `compare: no format "html"; there are table, markdown, json`; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The chart is well-formed XML, also with names that hold its special
// characters and with nothing to draw.
func TestChartIsXML(t *testing.T) {
	odd := results()[:1]
	odd[0].Kind = `<&">`
	for _, list := range [][]Comparison{odd, nil} {
		var out strings.Builder
		if err := WriteSVG(&out, list); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(out.String()))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, out.String())
			}
		}
	}
}
