package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"

	"stance"
	"stance/datasets"
	"stance/features"
	"stance/models/learn"
)

// TestDefaultsCoverEveryField ties the two descriptions of the settings together: a field without a key in config.yaml
// and a key without a field both fail.
func TestDefaultsCoverEveryField(t *testing.T) {
	v, err := settingsOf(stance.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	complete := func(d *mapstructure.DecoderConfig) { d.ErrorUnset = true }
	if err := v.UnmarshalExact(&c, byJSONTag, complete); err != nil {
		t.Error(err)
	}
	ids := []string{}
	for _, topic := range c.Topics {
		ids = append(ids, topic.ID)
	}
	if want := []string{"ukraine", "taiwan", "nato-enlargement", "south-china-sea"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("got topics %q, want %q", ids, want)
	}
}

func TestNoFileGivesTheDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	got, err := Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := parse(stance.DefaultConfig(), "config.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestLayers sets one key in every layer, and each of the others in one layer less.
func TestLayers(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "workers: 2\nhistory_days: 2\ntext_limit: 2\ntrain:\n  min_df: 3\n"
	if err := os.WriteFile("config.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STANCE_WORKERS", "3")
	t.Setenv("STANCE_HISTORY_DAYS", "3")
	t.Setenv("STANCE_TRAIN_C", "0.5")
	t.Setenv("STANCE_UNKNOWN", "left alone: it may be another program's")
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Int("workers", 7, "")
	flags.Int("min-df", 7, "")
	if err := flags.Parse([]string{"--workers", "4"}); err != nil {
		t.Fatal(err)
	}
	c, err := Load("", Flags{"workers": flags.Lookup("workers"), "train.min_df": flags.Lookup("min-df")})
	if err != nil {
		t.Fatal(err)
	}
	got := []any{c.Workers, c.HistoryDays, c.TextLimit, c.Train.MinDF, c.Train.C, c.Train.MaxIter, len(c.Topics)}
	if want := []any{4, 3, 2, 3, 0.5, 100, 4}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTopicsReplaceTheBuiltInOnes(t *testing.T) {
	c, err := parse([]byte(`topics:
  - id: moon
    proposition: "The Moon should stay without borders."
    terms: [moon, "lunar base*"]
    for: {countries: [UN]}
`), "f", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []features.Topic{{ID: "moon", Proposition: "The Moon should stay without borders.", Terms: []string{"moon", "lunar base*"},
		For: features.Side{Countries: []string{"UN"}}}}
	if !reflect.DeepEqual(c.Topics, want) {
		t.Errorf("got %+v\nwant %+v", c.Topics, want)
	}
}

func TestFaults(t *testing.T) {
	_, noFormat := datasets.FormatOf("", datasets.Options{Format: "pdf"})
	tests := []struct{ name, text, want string }{
		{"unknown key", "worker: 3\n", `config: f:1: unknown key "worker"; did you mean "workers"?`},
		{"unknown key below", "limits:\n  pears: 3\n", `config: f:2: unknown key "limits.pears"; did you mean "pairs"?`},
		{"unknown key of a topic", "topics:\n  - id: a\n    keywords: [x]\n",
			`config: f:3: unknown key "topics[0].keywords"; known here: id, proposition, terms, for, against`},
		{"capitals", "Workers: 3\n", `config: f:1: unknown key "Workers"; did you mean "workers"?`},
		{"dotted key", "train.c: 3\n", `config: f:1: unknown key "train.c"; did you mean "train"?`},
		{"no value", "workers:\n", "config: f:1: workers has no value; give one or delete the line"},
		{"twice", "workers: 1\nworkers: 2\n", `config: f:2: key "workers" stands here a second time; delete one`},
		{"fraction", "workers: 1.5\n", "config: f:1: workers is a number; it must be a whole number"},
		{"text for a number", "workers: many\n", "config: f:1: workers is a text; it must be a whole number"},
		{"list for a text", "model: [a]\n", "config: f:1: model is a list; it must be a text"},
		{"text for a list", "topics: ukraine\n", "config: f:1: topics is a text; it must be a list"},
		{"number for a term", "topics:\n  - id: a\n    terms: [1991]\n",
			"config: f:3: topics[0].terms[0] is a whole number; it must be a text"},
		{"a list as the file", "- a\n", "config: f:1: the file is a list; it must be a group of keys"},
		{"two documents", "workers: 1\n---\nworkers: 2\n",
			"config: f: more than one document; keep what stands before the second ---; indent with blanks and put values with : or # in quotes"},
		{"range", "max_quarantine_ratio: 1.5\n", "config: f: max_quarantine_ratio is 1.5; use 0 to 1"},
		{"not a number", "train: {c: .nan}\n", "config: f: train.c is NaN; use a number above 0, or 0 for what suits the kind"},
		{"no topics", "topics: []\n", "config: f: no topics; list at least one"},
		{"format", "format: pdf\n", "config: f: format: " + noFormat.Error()},
		{"all at once", "worker: 3\nmodel: 1\n", `config: f:1: unknown key "worker"; did you mean "workers"?` +
			"\nconfig: f:2: model is a whole number; it must be a text"},
		{"all ranges at once", "workers: -1\ntrain: {folds: 1, balance: 2}\n", "config: f: workers is -1; use 0 or more" +
			"\nconfig: f: train.balance is 2; use 0 to 1" +
			"\nconfig: f: train.folds is 1; use 2 or more"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse([]byte(tt.text), "f", nil)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestEnvironmentFaults(t *testing.T) {
	t.Setenv("STANCE_WORKERS", "many")
	t.Setenv("STANCE_TRAIN_BALANCED", "perhaps")
	_, err := parse(nil, "f", nil)
	want := "config: environment: STANCE_WORKERS is \"many\"; it must be a whole number\n" +
		"config: environment: STANCE_TRAIN_BALANCED is \"perhaps\"; it must be true or false"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestMissingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.yaml")
	_, err := Load(path, nil)
	if want := "config: open " + path + ": no such file or directory; check --config"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestHostileTexts are files that would cost a naive reader its memory.
func TestHostileTexts(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += strings.ReplaceAll("N: &N [*P, *P, *P, *P, *P, *P, *P, *P, *P, *P]\n", "N", string(c))
		bomb = strings.ReplaceAll(bomb, "*P", "*"+string(c-1))
	}
	tests := []struct{ name, text, want string }{
		{"billion laughs", bomb, `unknown key "a"`},
		{"laughs as terms", "topics:\n- id: a\n  terms: &a [" + strings.Repeat("t,", 1000) + "t]\n" +
			strings.Repeat("- id: a\n  terms: *a\n", 1000), "more than 100000 values"},
		{"deep", strings.Repeat("[", 20000), "exceeded max depth"},
		{"large", strings.Repeat("#", maxText+1), "larger than 1048576 bytes"},
		{"an alias of itself", "topics: &a [*a]\n", "is a list; it must be a group of keys"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse([]byte(tt.text), "f", nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %.300v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestSHA256CoversAnswersOnly(t *testing.T) {
	base, err := parse(nil, "f", nil)
	if err != nil {
		t.Fatal(err)
	}
	same := []string{"workers: 3", "model: x", "train: {c: 2.0}", "max_quarantine_ratio: 0.1"}
	differs := []string{"text_limit: 5", "topics: [{id: a, proposition: p, terms: [t]}]"}
	for i, text := range append(same, differs...) {
		c, err := parse([]byte(text), "f", nil)
		if err != nil {
			t.Fatal(err)
		}
		if equal := c.SHA256("g") == base.SHA256("g"); equal != (i < len(same)) {
			t.Errorf("%s: hash equal to that of the defaults: %t", text, equal)
		}
	}
	if base.SHA256("g") == base.SHA256("h") {
		t.Error("another gazetteer has the same hash")
	}
}

func TestReadOptions(t *testing.T) {
	c, err := parse([]byte("format: csv\ncsv: {title: Kop, delimiter: \";\"}\nlimits: {record_bytes: 9, expansion: 8, json_depth: 7}\n"), "f", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := datasets.Options{Format: "csv", Columns: datasets.CSVColumns{Title: "Kop", Comma: ';'},
		Limits: datasets.Limits{Line: 9, Ratio: 8, Depth: 7}}
	if got := c.ReadOptions(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTrainSettings(t *testing.T) {
	c, err := parse([]byte("train: {c: 2, tolerance: 0.01, max_iter: 3, alpha: 4, max_cols: 5, neighbors: 6, max_depth: 7, balanced: true}\n"), "f", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := learn.Settings{C: 2, Tolerance: 0.01, MaxIter: 3, Alpha: 4, MaxCols: 5, Neighbors: 6, MaxDepth: 7, Balanced: true}
	if c.Train.Settings != want {
		t.Errorf("got %+v, want %+v", c.Train.Settings, want)
	}
}

// FuzzConfig holds that no text panics, and that one that is accepted is within its ranges.
func FuzzConfig(f *testing.F) {
	f.Add(string(stance.DefaultConfig()))
	f.Add("workers: 3\ntrain: {c: 1}\n")
	f.Add("a: &a [*a]\n")
	f.Add("topics:\n- &t {id: a, proposition: p, terms: [x]}\n- *t\n")
	f.Add("? [a]\n: b\n")
	f.Add("<<: {workers: 1}\n")
	f.Add("workers: !!int \"3\"\nmodel: !!binary aGk=\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse([]byte(text), "f", nil)
		if err == nil && (c.Workers < 0 || c.TextLimit < 1 || len(c.Topics) == 0 || !(c.Train.C >= 0)) {
			t.Errorf("accepted %+v", c)
		}
	})
}
