package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"stance/internal/golden"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"stance"
)

// TestTable holds what the table promises of every line.
func TestTable(t *testing.T) {
	keys, flags := map[string]bool{}, map[string]bool{}
	for _, s := range settings() {
		if keys[s.Key] || s.Flag != "" && flags[s.Flag] {
			t.Errorf("%s: its key or flag stands in the table twice", s.Key)
		}
		keys[s.Key], flags[s.Flag] = true, true
		if s.Help == "" || s.Default == nil && s.entry == nil {
			t.Errorf("%s has no help or no default", s.Key)
		}
		if s.scalar() {
			if fault := s.Check.fault(s.Default); fault != "" {
				t.Errorf("the default of %s %s", s.Key, fault)
			}
		}
		if _, is := s.Default.(int); is && s.Check.Low == 0 && s.Check.High == 0 {
			t.Errorf("%s has no range", s.Key)
		}
	}
}

// TestEveryFieldHasALine finds fields of Config that no line of the table
// fills, and two lines that fill the same field.
func TestEveryFieldHasALine(t *testing.T) {
	var c Config
	filled := map[uintptr]string{}
	for _, s := range settings() {
		at := reflect.ValueOf(s.field(&c)).Pointer()
		if filled[at] != "" {
			t.Errorf("%s and %s fill the same field", s.Key, filled[at])
		}
		filled[at] = s.Key
	}
	var look func(v reflect.Value, name string)
	look = func(v reflect.Value, name string) {
		if filled[v.Addr().Pointer()] != "" && v.Kind() != reflect.Struct {
			return
		}
		if v.Kind() != reflect.Struct {
			t.Errorf("Config%s has no line in the table", name)
			return
		}
		for i := range v.NumField() {
			look(v.Field(i), name+"."+v.Type().Field(i).Name)
		}
	}
	look(reflect.ValueOf(&c).Elem(), "")
}

// TestConfigYAML holds config.yaml against the table: the same keys in the same
// order, each with its default and its help as a comment.
func TestConfigYAML(t *testing.T) {
	root, err := parseYAML(stance.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	var look func(group string, n *yaml.Node)
	look = func(group string, n *yaml.Node) {
		for i := 0; i < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			key := join(group, k.Value)
			s, known, isGroup := find(settings(), key)
			switch {
			case isGroup:
				look(key, v)
				continue
			case !known:
				t.Errorf("config.yaml:%d: %s is not in the table", k.Line, key)
				continue
			}
			keys = append(keys, key)
			comment := strings.Join(strings.Fields(strings.ReplaceAll(commentsOf(k)+" "+
				commentsOf(v), "#", " ")), " ")
			for _, h := range append([]Setting{s}, entriesShown(s, v)...) {
				if !strings.Contains(comment, h.Help) {
					t.Errorf("config.yaml:%d: the comments of %s lack the help of %s: %s", k.Line,
						key, h.Key, h.Help)
				}
			}
			if !s.scalar() {
				continue
			}
			if got, err := s.value(v); err != nil || got != s.Default {
				t.Errorf("config.yaml:%d: %s is %v (%v), want the default %v", k.Line, key, got,
					err, s.Default)
			}
		}
	}
	look("", root)
	var want []string
	for _, s := range settings() {
		want = append(want, s.Key)
	}
	if !reflect.DeepEqual(keys, want) {
		t.Errorf("config.yaml has the keys\n%q, the table\n%q", keys, want)
	}
}

// entriesShown are the keys of the entries of a list that has some.
func entriesShown(s Setting, v *yaml.Node) []Setting {
	if len(v.Content) == 0 {
		return nil
	}
	return s.entry
}

// commentsOf joins the comments of a node and of all below.
func commentsOf(n *yaml.Node) string {
	all := n.HeadComment + " " + n.LineComment
	for _, below := range n.Content {
		all += " " + commentsOf(below)
	}
	return all
}

// TestDefaultsAreTheBuiltInFile reads config.yaml as if a user had named it.
func TestDefaultsAreTheBuiltInFile(t *testing.T) {
	got, err := parse(nil, "f")
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
	var ids []string
	for _, topic := range got.Topics {
		ids = append(ids, topic.ID)
	}
	if want := []string{"ukraine", "taiwan", "nato-enlargement",
		"south-china-sea"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("got topics %q, want %q", ids, want)
	}
	if c := got.Train.Corpora; len(c) != 1 || c[0].Format != "stance" || c[0].License != "Apache-2.0" || c[0].Weight != 1 {
		t.Errorf("got corpora %+v", c)
	}
}

const referenceHead = `# Settings

Made from the table in internal/config/table.go by ` + "`go test ./internal/config -update`" + `; do not edit.

A setting has its value from, in rising order: its default, the file named by ` + "`--config`" + ` (else ` + "`./config.yaml`" + `),
the environment, the command line. A faulty value in any of them is an error that names the place, the fact and the cure;
all faults are reported at once, with exit code 10. ` + "`classify config`" + ` prints the values in force and where each comes
from. Editors check and complete a config.yaml with [config.schema.json](config.schema.json).

A change of a setting marked "yes" under *answers* changes ` + "`config_sha256`" + `, so parts are predicted again.
`

func TestReference(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(referenceHead)
	group := "none"
	for _, s := range settings() {
		g := ""
		if dot := strings.LastIndexByte(s.Key, '.'); dot > 0 {
			g = s.Key[:dot]
		}
		if g != group {
			title := "At the top"
			if g != "" {
				title = "`" + g + "`"
			}
			fmt.Fprintf(&b, "\n## %s\n\n| key | type | default | values | flag | environment | answers | meaning |\n|---|---|---|---|---|---|---|---|\n", title)
			group = g
		}
		b.WriteString(referenceLine(s))
	}
	entries := []struct {
		title string
		table []Setting
	}{{"A topic (`topics`, `train.topics`)", topicKeys()},
		{"A corpus (`train.corpora`)", corpusKeys()}}
	for _, e := range entries {
		fmt.Fprintf(&b, "\n## %s\n\n| key | type | default | values | meaning |\n|---|---|---|---|---|\n", e.title)
		for _, s := range e.table {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", s.Key, s.Type(), defaultOf(s),
				cell(s.Check.Words()), cell(s.Help))
		}
	}
	golden.File(t, filepath.Join("..", "..", "docs", "config.md"), b.Bytes())
}

func referenceLine(s Setting) string {
	flag, env, answers := "", "", ""
	if s.Flag != "" {
		flag = "`--" + s.Flag + "`"
	}
	if s.scalar() {
		env = "`" + s.Env() + "`"
	}
	if s.Answers {
		answers = "yes"
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", s.Key, s.Type(),
		defaultOf(s), cell(s.Check.Words()), flag, env, answers, cell(s.Help))
}

// defaultOf prints a default; a list's stands in config.yaml.
func defaultOf(s Setting) string {
	switch v := s.Default.(type) {
	case nil, []string:
		return ""
	case string:
		return fmt.Sprintf("`%q`", v)
	default:
		return fmt.Sprintf("`%v`", v)
	}
}

// cell escapes what would end a cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func TestSchema(t *testing.T) {
	text := Schema()
	if !json.Valid(text) {
		t.Fatalf("no JSON: %s", text)
	}
	golden.File(t, filepath.Join("..", "..", "docs", "config.schema.json"), text)
}
