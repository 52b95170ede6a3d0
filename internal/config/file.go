package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"stance/internal/suggest"
)

// A text is checked against the table before viper sees it. Viper's own checks
// would not do: it lower-cases keys, drops those without a value and turns 1.5
// into 1. Those of the YAML decoder (KnownFields) stop at the first fault of a
// list and cannot suggest a name.

const (
	maxText   = 1 << 20 // bytes of a config file
	maxNodes  = 100_000 // values of a config, those that aliases repeat counted each time
	maxFaults = 20      // reported at once
)

// parseYAML returns the one document of a text, nil when it is empty. Aliases
// are not expanded.
func parseYAML(text []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	var doc, next yaml.Node
	if err := d.Decode(&doc); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := d.Decode(&next); err != io.EOF {
		return nil, errors.New("more than one document; keep what stands before the second ---")
	}
	return doc.Content[0], nil
}

// checkText reports every fault of a text, each with its line. It returns the
// lines of the keys that the text has.
func checkText(text []byte, name string) (map[string]int, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("config: %s is larger than %d bytes; is it a config file?",
			name, maxText)
	}
	root, err := parseYAML(text)
	if err != nil {
		return nil, fmt.Errorf("config: %s: %w; indent with blanks and put values with : or # in quotes",
			name, err)
	}
	if root == nil || root.Tag == "!!null" {
		return nil, nil
	}
	w := &walk{name: name, lines: map[string]int{}}
	w.group(settings(), "", "", root)
	return w.lines, errors.Join(w.faults...)
}

// walk compares a tree with the table and collects faults.
type walk struct {
	name   string
	lines  map[string]int // of the keys of single values and lists
	nodes  int
	faults []error
}

func (w *walk) fault(n *yaml.Node, format string, args ...any) {
	if len(w.faults) < maxFaults {
		fact := fmt.Errorf(format, args...)
		w.faults = append(w.faults, fmt.Errorf("config: %s:%d: %w", w.name, n.Line, fact))
	}
}

// open follows an alias and counts the value. It reports false when there is
// nothing to look at: too many values, none at all, or one of another kind.
func (w *walk) open(place string, n *yaml.Node, kind yaml.Kind, must string) (*yaml.Node, bool) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	w.nodes++
	switch {
	case w.nodes > maxNodes:
		if w.nodes == maxNodes+1 {
			w.fault(n, "more than %d values, aliases included; write it plainly", maxNodes)
		}
		return n, false
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		w.fault(n, "%s has no value; give one or delete the line", place)
		return n, false
	case n.Kind != kind:
		w.fault(n, "%s is %s; it must be %s", place, kindOf(n), must)
		return n, false
	}
	return n, true
}

// group checks the keys of n, which stands for a group of the table ("" for
// its top), and their values. The place is what the table itself describes:
// "" for the whole config, topics[0] for an entry.
func (w *walk) group(table []Setting, place, group string, n *yaml.Node) {
	at := join(place, group)
	if at == "" {
		at = "the file"
	}
	n, ok := w.open(at, n, yaml.MappingNode, "a group of keys")
	if !ok {
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && w.nodes <= maxNodes; i += 2 {
		k := n.Content[i]
		key := join(group, k.Value)
		s, known, isGroup := find(table, key)
		known = known && !strings.Contains(k.Value, ".")
		switch full := join(place, key); {
		case k.Kind != yaml.ScalarNode || !known:
			w.fault(k, "unknown key %q%s", full, hint(k.Value, namesIn(table, group)))
		case seen[k.Value]:
			w.fault(k, "key %q stands here a second time; delete one", full)
		case isGroup:
			w.group(table, place, key, n.Content[i+1])
		default:
			w.setting(s, full, n.Content[i+1])
			w.lines[full] = k.Line
		}
		seen[k.Value] = true
	}
	for _, s := range table {
		name, below := strings.CutPrefix(s.Key, join(group, ""))
		if place != "" && below && s.Check.Required && !seen[name] {
			w.fault(n, "%s has no %s; give one", place, s.Key)
		}
	}
}

// setting checks the value n of one setting.
func (w *walk) setting(s Setting, place string, n *yaml.Node) {
	if s.scalar() {
		if n, ok := w.open(place, n, yaml.ScalarNode, s.Type()); ok {
			if _, err := s.value(n); err != nil {
				w.fault(n, "%s %w", place, err)
			}
		}
		return
	}
	n, ok := w.open(place, n, yaml.SequenceNode, s.Type())
	if !ok {
		return
	}
	if s.Check.Required && len(n.Content) == 0 {
		w.fault(n, "%s is empty; list at least one", place)
	}
	for i, e := range n.Content {
		switch at := fmt.Sprintf("%s[%d]", place, i); {
		case w.nodes > maxNodes:
			return
		case s.entry != nil:
			w.group(s.entry, at, "", e)
		default:
			w.setting(Setting{Default: ""}, at, e)
		}
	}
}

// hint names the known key nearest to an unknown one, else all that could
// stand there.
func hint(key string, known []string) string {
	if h := suggest.Hint(key, known); h != "" {
		return h
	}
	return "; known here: " + strings.Join(known, ", ")
}
