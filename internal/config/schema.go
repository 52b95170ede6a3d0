package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"stance"
)

// A text is checked against the built-in one before viper sees it. Mappings may have the keys that the built-in mapping of
// that place has. Entries of a list are like the first entry of the built-in list; an empty built-in list holds what the
// list of its name at the top of the config holds.
// Single values have the type of the built-in value; a whole number may stand for a fraction.

const (
	maxText   = 1 << 20 // bytes of a config file
	maxNodes  = 100_000 // values of a config, those that aliases repeat counted each time
	maxDepth  = 32      // nesting of values
	maxFaults = 20      // reported at once
)

// schema is the built-in text as a tree.
type schema struct{ root *yaml.Node }

// defaultSchema reads the built-in text.
func defaultSchema() (schema, error) {
	root, err := parseYAML(stance.DefaultConfig())
	if err != nil {
		return schema{}, fmt.Errorf("config: built-in config: %w", err)
	}
	return schema{root}, nil
}

// parseYAML returns the one document of a text, nil when it is empty. Aliases are not expanded.
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

// checkText reports every fault of a text's structure.
func (s schema) checkText(text []byte, name string) error {
	if len(text) > maxText {
		return fmt.Errorf("config: %s is larger than %d bytes; is it a config file?", name, maxText)
	}
	root, err := parseYAML(text)
	if err != nil {
		return fmt.Errorf("config: %s: %w; indent with blanks and put values with : or # in quotes", name, err)
	}
	if root == nil || root.Tag == "!!null" {
		return nil
	}
	w := &walk{name: name, top: s.root}
	w.node("", root, s.root, 0)
	return errors.Join(w.faults...)
}

// walk compares a tree with the schema and collects faults.
type walk struct {
	name   string
	top    *yaml.Node // of the built-in text
	nodes  int
	faults []error
}

func (w *walk) fault(n *yaml.Node, format string, args ...any) {
	if len(w.faults) < maxFaults {
		w.faults = append(w.faults, fmt.Errorf("config: %s:%d: "+format, append([]any{w.name, n.Line}, args...)...))
	}
}

// node checks the value n of key against the built-in value like.
func (w *walk) node(key string, n, like *yaml.Node, depth int) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if w.nodes++; w.nodes > maxNodes || depth > maxDepth {
		if w.nodes <= maxNodes+1 {
			w.fault(n, "more than %d values or %d levels, aliases included; write it plainly", maxNodes, maxDepth)
		}
		w.nodes = maxNodes + 1 // nothing further is looked at
		return
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		w.fault(n, "%s has no value; give one or delete the line", or(key, "the file"))
	case n.Kind != like.Kind:
		w.fault(n, "%s is %s; it must be %s", or(key, "the file"), kindName(n), kindName(like))
	case n.Kind == yaml.MappingNode:
		w.mapping(key, n, like, depth)
	case n.Kind == yaml.SequenceNode:
		for i, e := range n.Content {
			w.node(fmt.Sprintf("%s[%d]", key, i), e, w.entry(key, like), depth+1)
		}
	case !fits(n, like):
		w.fault(n, "%s is %s; it must be %s", key, kindName(n), kindName(like))
	}
}

// entry is what the entries of the list of key must be like.
func (w *walk) entry(key string, like *yaml.Node) *yaml.Node {
	if len(like.Content) == 0 {
		like = child(w.top, key[strings.LastIndexByte(key, '.')+1:])
	}
	if like == nil || len(like.Content) == 0 {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str"}
	}
	return like.Content[0]
}

// mapping checks the keys of n and their values.
func (w *walk) mapping(key string, n, like *yaml.Node, depth int) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && w.nodes <= maxNodes; i += 2 {
		k, full := n.Content[i], join(key, n.Content[i].Value)
		value := child(like, k.Value)
		switch {
		case k.Kind != yaml.ScalarNode || value == nil:
			w.fault(k, "unknown key %q%s", full, hint(k.Value, like))
		case seen[k.Value]:
			w.fault(k, "key %q stands here a second time; delete one", full)
		default:
			w.node(full, n.Content[i+1], value, depth+1)
		}
		seen[k.Value] = true
	}
}

// checkEnv reports every variable whose value has the wrong type.
func (s schema) checkEnv(lookup func(string) (string, bool)) error {
	var faults []error
	for _, key := range s.scalars() {
		value, set := lookup(envName(key))
		like := s.at(key)
		if !set || value == "" || like.Tag == "!!str" {
			continue
		}
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(value), &doc); err != nil || len(doc.Content) == 0 || !fits(doc.Content[0], like) {
			faults = append(faults, fmt.Errorf("config: environment: %s is %q; it must be %s", envName(key), value, kindName(like)))
		}
	}
	return errors.Join(faults...)
}

// scalars lists the keys that hold a single value, dotted, in the order of the built-in text.
func (s schema) scalars() []string { return scalarsOf("", s.root) }

func scalarsOf(key string, n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{key}
	}
	var keys []string
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		keys = append(keys, scalarsOf(join(key, n.Content[i].Value), n.Content[i+1])...)
	}
	return keys
}

// at is the built-in value of a dotted key.
func (s schema) at(key string) *yaml.Node {
	n := s.root
	for name := range strings.SplitSeq(key, ".") {
		n = child(n, name)
	}
	return n
}

// child is the value of a key of a mapping, nil when it has none.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// fits reports whether a single value has the type of like.
func fits(n, like *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Tag == like.Tag || n.Tag == "!!int" && like.Tag == "!!float")
}

// kindName says in words what a value is.
func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a group of keys"
	case yaml.SequenceNode:
		return "a list"
	}
	names := []struct{ tag, name string }{{"!!str", "a text"}, {"!!int", "a whole number"}, {"!!float", "a number"}, {"!!bool", "true or false"}}
	for _, t := range names {
		if n.Tag == t.tag {
			return t.name
		}
	}
	return "of type " + strings.TrimPrefix(n.Tag, "!!") + " (put texts in quotes)"
}

// hint names the known key nearest to an unknown one, else all that could stand there.
func hint(key string, like *yaml.Node) string {
	best, least := "", 1+max(2, len(key)/3)
	var known []string
	for i := 0; i+1 < len(like.Content); i += 2 {
		name := like.Content[i].Value
		known = append(known, name)
		if d := distance(strings.ToLower(key), name); d < least {
			best, least = name, d
		}
	}
	if best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "; known here: " + strings.Join(known, ", ")
}

// distance is the number of bytes to insert, delete or replace to turn a into b (Levenshtein). Long keys are near nothing.
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func join(key, name string) string {
	if key == "" {
		return name
	}
	return key + "." + name
}

func or(s, standard string) string {
	if s == "" {
		return standard
	}
	return s
}
