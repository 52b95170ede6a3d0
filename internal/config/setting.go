package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"stance/internal/suggest"
)

// Setting is one key of config.yaml and all that is known about it.
type Setting struct {
	Key     string // dotted below a group: train.min_df
	Help    string // one line, also the comment in config.yaml and the help of the flag
	Default any    // string, int, float64, bool or []string; nil for a list of entries
	Check   Check  // the zero Check accepts every value of the type of Default
	Flag    string // "": no flag
	Use     Use    // the commands that have the flag
	Answers bool   // another value can change a row that a model answers

	entry []Setting         // the keys of an entry of a list; relative
	field func(*Config) any // pointer to the field that holds the value; nil in an entry
}

// Use says which commands have the flag of a setting.
type Use int

// The uses of a flag.
const (
	Speaking   Use = iota // every command that writes messages
	Answering             // commands that load a model
	Reading               // commands that read inputs
	Running               // the nightly run
	Publishing            // commands that publish a date: the nightly run and commit
	Learning              // commands that train
)

// Check says which values a setting may have.
type Check struct {
	Required  bool     // a text or list must not be empty; an entry must have the key
	Low, High float64  // the range of a number; both 0: none
	Above     bool     // Low itself is out of range
	Below     bool     // High itself is out of range
	OneOf     []string // the closed set of a text
	Byte      bool     // a text of one ASCII character, or ""
}

// between is a range that contains both ends.
func between(low, high float64) Check { return Check{Low: low, High: high} }

// fault returns what is wrong with a value, beginning with "is", and the
// cure; "" for a good value.
func (c Check) fault(value any) string {
	switch v := value.(type) {
	case int:
		if c.outside(float64(v)) {
			return fmt.Sprintf("is %d; use %s", v, c.Words())
		}
	case float64:
		if c.outside(v) {
			return fmt.Sprintf("is %v; use %s", v, c.Words())
		}
	case string:
		return c.textFault(v)
	}
	return ""
}

func (c Check) textFault(v string) string {
	switch {
	case c.Required && v == "":
		return "is empty; give a value"
	case c.OneOf != nil && !slices.Contains(c.OneOf, v):
		return fmt.Sprintf("is %q; use %s%s", v, c.Words(), suggest.Hint(v, c.OneOf))
	case c.Byte && (len(v) > 1 || v != "" && (v[0] >= 0x80 || strings.Contains("\"\r\n", v))):
		return fmt.Sprintf("is %q; use %s", v, c.Words())
	}
	return ""
}

// outside reports whether a number is out of range. NaN is outside every
// range.
func (c Check) outside(v float64) bool {
	if c.Low == 0 && c.High == 0 {
		return false
	}
	inside := v >= c.Low && v <= c.High && !(c.Above && v == c.Low) && !(c.Below && v == c.High)
	return !inside
}

// Words says which values are good: "0 to 4096" or "text or json". It is ""
// when every value is.
func (c Check) Words() string {
	switch {
	case c.Byte:
		return `one character, such as ; or | or "\t"`
	case c.OneOf != nil:
		return orList(c.OneOf)
	case c.Low == 0 && c.High == 0:
		return ""
	}
	low, high := number(c.Low), number(c.High)
	switch {
	case c.Above && c.Below:
		return "a number above " + low + " and below " + high
	case c.Above:
		return "a number above " + low + ", at most " + high
	}
	return low + " to " + high
}

// number writes a bound without an exponent.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// named is a closed set without "", which stands for no choice.
func named(set []string) []string {
	return slices.DeleteFunc(slices.Clone(set), func(s string) bool { return s == "" })
}

// orList joins the names of a closed set as "a, b or c".
func orList(set []string) string {
	names := named(set)
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Env is the environment variable that sets s, such as STANCE_TRAIN_MIN_DF for
// train.min_df, or "" for a list.
func (s Setting) Env() string {
	if !s.scalar() {
		return ""
	}
	return "STANCE_" + strings.ToUpper(strings.ReplaceAll(s.Key, ".", "_"))
}

// Type says in words what a value of s is: "a text", "a whole number",
// "a number", "true or false" or "a list".
func (s Setting) Type() string {
	switch s.Default.(type) {
	case string:
		return "a text"
	case int:
		return "a whole number"
	case float64:
		return "a number"
	case bool:
		return "true or false"
	}
	return "a list"
}

// scalar reports whether s has a single value.
func (s Setting) scalar() bool { return s.Type() != "a list" }

// value reads a single value of s from YAML and checks it. The error begins
// with "is" and ends with the cure.
func (s Setting) value(n *yaml.Node) (any, error) {
	wrong := fmt.Errorf("is %s; it must be %s", kindOf(n), s.Type())
	var value any
	switch s.Default.(type) {
	case string:
		if n.Tag != "!!str" {
			return nil, wrong
		}
		value = n.Value
	case int:
		var v int
		if n.Tag != "!!int" {
			return nil, wrong
		}
		if n.Decode(&v) != nil {
			return nil, fmt.Errorf("is %s; use %s", n.Value, s.Check.Words())
		}
		value = v
	case float64:
		var v float64
		if n.Tag != "!!float" && n.Tag != "!!int" || n.Decode(&v) != nil {
			return nil, wrong
		}
		value = v
	case bool:
		var v bool
		if n.Tag != "!!bool" || n.Decode(&v) != nil {
			return nil, wrong
		}
		value = v
	}
	if fault := s.Check.fault(value); fault != "" {
		return nil, errors.New(fault)
	}
	return value, nil
}

// parse reads a single value from the text of a flag or an environment
// variable. A text is taken as it is; the rest is written as in YAML.
func (s Setting) parse(text string) (any, error) {
	if _, is := s.Default.(string); is {
		if fault := s.Check.fault(text); fault != "" {
			return nil, errors.New(fault)
		}
		return text, nil
	}
	var doc yaml.Node
	wrong := fmt.Errorf("is %q; it must be %s", text, s.Type())
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil || len(doc.Content) == 0 {
		return nil, wrong
	}
	n := doc.Content[0]
	if n.Kind != yaml.ScalarNode || n.Tag == "!!str" || n.Tag == "!!null" {
		return nil, wrong
	}
	return s.value(n)
}

// kindOf says in words what a YAML value is.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.Tag {
	case "!!str":
		return "a text"
	case "!!int":
		return "a whole number"
	case "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	}
	return "of type " + strings.TrimPrefix(n.Tag, "!!") + " (put texts in quotes)"
}

// find returns the setting of a key, or whether the key is a group of settings.
func find(table []Setting, key string) (s Setting, known, group bool) {
	for _, s := range table {
		if s.Key == key {
			return s, true, false
		}
		group = group || strings.HasPrefix(s.Key, key+".")
	}
	return Setting{}, group, group
}

// namesIn lists the names that may stand in a group, "" for the top.
func namesIn(table []Setting, group string) []string {
	var names []string
	for _, s := range table {
		rest, in := strings.CutPrefix(s.Key, join(group, ""))
		name, _, _ := strings.Cut(rest, ".")
		if in && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// join puts a name below a group; "" is the top.
func join(group, name string) string {
	if group == "" {
		return name
	}
	return group + "." + name
}
