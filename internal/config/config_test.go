package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"stance"
	"stance/datasets/format"
	"stance/features/topic"
	"stance/models/learn"
)

// parse is Load for a text in hand.
func parse(text []byte, name string) (Config, error) {
	l, err := merge(text, name, nil)
	if err != nil {
		return Config{}, err
	}
	return l.config()
}

func TestNoFileGivesTheDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	got, err := Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := parse(stance.DefaultConfig(), "config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestLayers sets one key in every layer, and each of the others in one layer
// less.
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
	AddFlags(flags, Running, Learning)
	if err := flags.Parse([]string{"--workers", "4"}); err != nil {
		t.Fatal(err)
	}
	c, err := Load("", flags)
	if err != nil {
		t.Fatal(err)
	}
	got := []any{c.Workers, c.HistoryDays, c.TextLimit, c.Train.MinDF, c.Train.C, c.Train.MaxIter,
		len(c.Topics)}
	if want := []any{4, 3, 2, 3, 0.5, 100, 4}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTopicsReplaceTheBuiltInOnes(t *testing.T) {
	c, err := parse([]byte(`topics_mode: replace
topics:
  - id: moon
    proposition: "The Moon should stay without borders."
    terms: [moon, "lunar base*"]
    for: {countries: [UN]}
`), "f")
	if err != nil {
		t.Fatal(err)
	}
	want := []topic.Topic{{ID: "moon", Proposition: "The Moon should stay without borders.",
		Terms: []string{"moon", "lunar base*"},
		For:   topic.Side{Countries: []string{"UN"}}}}
	if !reflect.DeepEqual(c.Topics, want) {
		t.Errorf("got %+v\nwant %+v", c.Topics, want)
	}
}

// By default the topics of a file are added to the built-in ones; one with a
// built-in id takes that one's place, and what a file lists twice stays twice.
func TestTopicsExtendTheBuiltInOnes(t *testing.T) {
	text := `topics:
  - {id: moon, proposition: m, terms: [moon]}
  - {id: taiwan, proposition: mine, terms: [formosa]}
  - {id: moon, proposition: again, terms: [luna]}
`
	c, err := parse([]byte(text), "f")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range c.Topics {
		got = append(got, one.ID+" "+one.Terms[0])
	}
	if want := []string{"ukraine ukrain*", "taiwan formosa", "nato-enlargement nato membership", "south-china-sea south china sea", "moon moon", "moon luna"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if c, err = parse([]byte("workers: 1\n"), "f"); err != nil || len(c.Topics) != 4 {
		t.Errorf("%d topics without any in the file, %v; want 4", len(c.Topics), err)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "worker: 3\n", `f:1: unknown key "worker"; did you mean "workers"?`},
		{"unknown key below", "limits:\n  pears: 3\n",
			`f:2: unknown key "limits.pears"; did you mean "pairs"?`},
		{"unknown key of a topic", "topics:\n  - id: a\n    keywords: [x]\n",
			`f:3: unknown key "topics[0].keywords"; known here: id, proposition, terms, for, against`},
		{"unknown key of a side", "topics:\n  - for: {country: [X]}\n",
			`f:2: unknown key "topics[0].for.country"; known here: countries, terms`},
		{"capitals", "Workers: 3\n", `f:1: unknown key "Workers"; did you mean "workers"?`},
		{"dotted key", "train.c: 3\n", `f:1: unknown key "train.c"; did you mean "train"?`},
		{"dotted key of an entry", "topics:\n  - for.terms: []\n",
			`f:2: unknown key "topics[0].for.terms"; known here: id, proposition, terms, for, against`},
		{"no value", "workers:\n", "f:1: workers has no value; give one or delete the line"},
		{"no value of a group", "map:\n", "f:1: map has no value; give one or delete the line"},
		{"twice", "workers: 1\nworkers: 2\n",
			`f:2: key "workers" stands here a second time; delete one`},
		{"fraction", "workers: 1.5\n", "f:1: workers is a number; it must be a whole number"},
		{"text for a number", "workers: many\n", "f:1: workers is a text; it must be a whole number"},
		{"number for a switch", "train: {balanced: 1}\n",
			"f:1: train.balanced is a whole number; it must be true or false"},
		{"date for a text", "model: 2026-03-29\n",
			"f:1: model is of type timestamp (put texts in quotes); it must be a text"},
		{"list for a text", "model: [a]\n", "f:1: model is a list; it must be a text"},
		{"text for a list", "topics: ukraine\n", "f:1: topics is a text; it must be a list"},
		{"value for a group", "limits: 3\n", "f:1: limits is a whole number; it must be a group of keys"},
		{"number for a term", "topics:\n  - id: a\n    terms: [1991]\n",
			"f:3: topics[0].terms[0] is a whole number; it must be a text"},
		{"a list as the file", "- a\n", "f:1: the file is a list; it must be a group of keys"},
		{"range", "max_quarantine_ratio: 1.5\n", "f:1: max_quarantine_ratio is 1.5; use 0 to 1"},
		{"open range", "train:\n  hold_out: 1\n",
			"f:2: train.hold_out is 1; use a number above 0 and below 1"},
		{"half-open range", "train: {alpha: 0}\n",
			"f:1: train.alpha is 0; use a number above 0, at most 1000000000"},
		{"not a number", "train: {c: .nan}\n", "f:1: train.c is NaN; use 0 to 1000000000"},
		{"infinite", "train: {c: .inf}\n", "f:1: train.c is +Inf; use 0 to 1000000000"},
		{"beyond 64 bits", "limits: {record_bytes: 9223372036854775808}\n",
			"f:1: limits.record_bytes is 9223372036854775808; use 1 to 2147483647"},
		{"no topics", "topics: []\n", "f:1: topics is empty; list at least one"},
		{"closed set", "log_format: jsno\n",
			`f:1: log_format is "jsno"; use text or json; did you mean "json"?`},
		{"format", "format: cvs\n", `f:1: format is "cvs"; use ` + orList(formatNames()) + `; did you mean "csv"?`},
		{"delimiter", "delimiter: ab\n",
			`f:1: delimiter is "ab"; use one character, such as ; or | or "\t"`},
		{"corpus without a path", "train:\n  corpora:\n    - {name: x, format: stance}\n",
			"f:3: train.corpora[0] has no path; give one"},
		{"corpus with an empty path", "train:\n  corpora:\n    - {path: '', format: stance}\n",
			"f:3: train.corpora[0].path is empty; give a value"},
		{"weight", "train:\n  corpora:\n    - {path: x, format: stance, weight: -1}\n",
			"f:3: train.corpora[0].weight is -1; use 0 to 1000000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse([]byte(tt.text), "f")
			if want := "config: " + tt.want; err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

func TestTwoDocuments(t *testing.T) {
	_, err := parse([]byte("workers: 1\n---\nworkers: 2\n"), "f")
	want := "config: f: more than one document; keep what stands before the second ---; " +
		"indent with blanks and put values with : or # in quotes"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestAllFaultsAtOnce has faults of every kind in every layer.
func TestAllFaultsAtOnce(t *testing.T) {
	t.Setenv("STANCE_WORKERS", "1e9")
	t.Setenv("STANCE_LIMITS_RECORD_BYTES", "9223372036854775807")
	t.Setenv("STANCE_TRAIN_BALANCED", "perhaps")
	t.Setenv("STANCE_UNKNOWN", "left alone: it may be another program's")
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	AddFlags(flags, Running, Learning)
	AddFlagAs(flags, "format", "input-format")
	if err := flags.Parse([]string{"--min-df", "-1", "--folds=many", "--input-format",
		"pdf"}); err != nil {
		t.Fatal(err)
	}
	_, err := merge([]byte("worker: 3\nhistory_days: -1\nmodel: 1\n"), "f", flags)
	want := strings.Join([]string{
		`config: f:1: unknown key "worker"; did you mean "workers"?`,
		`config: f:2: history_days is -1; use 0 to 3660`,
		`config: f:3: model is a whole number; it must be a text`,
		`config: --input-format is "pdf"; use ` + orList(formatNames()),
		`config: environment: STANCE_LIMITS_RECORD_BYTES is 9223372036854775807; use 1 to 2147483647`,
		`config: environment: STANCE_WORKERS is a number; it must be a whole number`,
		`config: environment: STANCE_TRAIN_BALANCED is "perhaps"; it must be true or false`,
		`config: --min-df is -1; use 1 to 1000000000`,
		`config: --folds is "many"; it must be a whole number`,
	}, "\n")
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
}

// TestEveryNumberHasBounds tries nonsense in every numeric key, as a file and
// as a variable.
func TestEveryNumberHasBounds(t *testing.T) {
	for _, s := range settings() {
		var nonsense []string
		switch s.Default.(type) {
		case int:
			nonsense = []string{"-1", "9223372036854775807", "-9223372036854775808", "1e9", "many"}
		case float64:
			nonsense = []string{"-1", "1e300", ".inf", ".nan", "many"}
		}
		for _, text := range nonsense {
			_, err := parse([]byte(nested(s.Key, text)), "f")
			if err == nil || !strings.HasPrefix(err.Error(), "config: f:") ||
				!strings.Contains(err.Error(), s.Key+" is ") {
				t.Errorf("%s: %s in a file: got %v", s.Key, text, err)
			}
			t.Setenv(s.Env(), text)
			_, err = parse(nil, "f")
			if err == nil || !strings.HasPrefix(err.Error(), "config: environment: "+s.Env()+" is ") {
				t.Errorf("%s: %s in the environment: got %v", s.Env(), text, err)
			}
			os.Unsetenv(s.Env())
		}
	}
}

// nested writes a dotted key with its value as YAML.
func nested(key, value string) string {
	return "{" + strings.ReplaceAll(key, ".", ": {") + ": " + value +
		strings.Repeat("}", strings.Count(key, ".")) + "}\n"
}

func TestMissingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.yaml")
	_, err := Load(path, nil)
	if want := "config: open " + path + ": no such file or directory; check --config"; err == nil ||
		err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestHostileTexts are files that would cost a naive reader its memory.
func TestHostileTexts(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += strings.ReplaceAll("N: &N [*P, *P, *P, *P, *P, *P, *P, *P, *P, *P]\n", "N",
			string(c))
		bomb = strings.ReplaceAll(bomb, "*P", "*"+string(c-1))
	}
	tests := []struct{ name, text, want string }{
		{"billion laughs", bomb, `unknown key "a"`},
		{"laughs as terms", "topics:\n- id: a\n  terms: &a [" + strings.Repeat("t,", 1000) + "t]\n" +
			strings.Repeat("- id: a\n  terms: *a\n", 1000), "more than 100000 values"},
		{"deep", strings.Repeat("[", 20000), "exceeded max depth"},
		{"deep aliases", "topics: [{for: &a {countries: []}, against: *a}, *a]\n", `unknown key "topics[1].countries"`},
		{"large", strings.Repeat("#", maxText+1), "larger than 1048576 bytes"},
		{"an alias of itself", "topics: &a [*a]\n", "is a list; it must be a group of keys"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parse([]byte(tt.text), "f")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %.300v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestSHA256CoversAnswersOnly(t *testing.T) {
	base, err := parse(nil, "f")
	if err != nil {
		t.Fatal(err)
	}
	same := []string{"workers: 3", "model: x", "train: {c: 2.0}", "max_quarantine_ratio: 0.1",
		"format: csv", "map: {title: Kop}"}
	differs := []string{"text_limit: 5", "topics: [{id: a, proposition: p, terms: [t]}]", "limits: {pairs: 5}"}
	for i, text := range append(same, differs...) {
		c, err := parse([]byte(text), "f")
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
	c, err := parse([]byte("format: csv\nmap: {title: Kop}\ndelimiter: \";\"\nlimits: {record_bytes: 9, expansion: 8, json_depth: 7}\n"), "f")
	if err != nil {
		t.Fatal(err)
	}
	want := format.Options{Format: "csv", Map: format.Map{Title: "Kop"}, Delimiter: ';',
		Limits: format.Limits{Line: 9, Ratio: 8, Depth: 7}}
	if got := c.ReadOptions(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTrainSettings(t *testing.T) {
	c, err := parse([]byte("train: {c: 2, tolerance: 0.01, max_iter: 3, alpha: 4, max_cols: 5, neighbors: 6, max_depth: 7, balanced: true}\n"), "f")
	if err != nil {
		t.Fatal(err)
	}
	want := learn.Settings{C: 2, Tolerance: 0.01, MaxIter: 3, Alpha: 4, MaxCols: 5, Neighbors: 6,
		MaxDepth: 7, Balanced: true}
	if c.Train.Settings != want {
		t.Errorf("got %+v, want %+v", c.Train.Settings, want)
	}
}

// FuzzConfig holds that no text panics, and that one that is accepted is within
// its ranges.
func FuzzConfig(f *testing.F) {
	f.Add(string(stance.DefaultConfig()))
	f.Add("workers: 3\ntrain: {c: 1}\n")
	f.Add("a: &a [*a]\n")
	f.Add("topics:\n- &t {id: a, proposition: p, terms: [x]}\n- *t\n")
	f.Add("? [a]\n: b\n")
	f.Add("<<: {workers: 1}\n")
	f.Add("workers: !!int \"3\"\nmodel: !!binary aGk=\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse([]byte(text), "f")
		if err == nil &&
			(c.Workers < 0 || c.TextLimit < 1 || len(c.Topics) == 0 || !(c.Train.C >= 0)) {
			t.Errorf("accepted %+v", c)
		}
	})
}
