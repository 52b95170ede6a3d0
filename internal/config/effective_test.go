package config

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// TestEffective sets one key in each layer. What is printed must say so, and
// must mean the same when it is read as a file.
func TestEffective(t *testing.T) {
	t.Chdir(t.TempDir())
	text := "history_days: 2\n\nworkers: 2\nlog_format: json\ntopics:\n" +
		"- {against: {countries: [RUS]}, terms: [\"a: b\", 'yes'], id: moon, proposition: p}\ntopics_mode: replace\n"
	if err := os.WriteFile("config.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STANCE_LOG_FORMAT", "text")
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	AddFlags(flags, Running)
	if err := flags.Parse([]string{"--workers", "4"}); err != nil {
		t.Fatal(err)
	}
	got, err := Effective("", flags)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# config.yaml:5\ntopics:\n  - id: moon\n    proposition: p\n    terms: ['a: b', \"yes\"]\n" +
			"    against:\n      countries: [RUS]\n",
		"\nhistory_days: 2 # config.yaml:1\n",
		"\nworkers: 4 # --workers\n",
		"\nlog_format: text # STANCE_LOG_FORMAT\n",
		"\nmax_quarantine_ratio: 1 # default\n",
		"\n  # default\n  corpora:\n    - name: sample\n",
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	want, err := Load("", flags)
	if err != nil {
		t.Fatal(err)
	}
	os.Unsetenv("STANCE_LOG_FORMAT")
	again, err := parse(got, "effective.yaml")
	if err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("read again: got %+v, %v\nwant %+v", again, err, want)
	}
}
