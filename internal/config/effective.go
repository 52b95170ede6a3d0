package config

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// Effective is the settings that [Load] would give for the same arguments, as
// a config.yaml in which a comment says where each value comes from: "default",
// the file and line, the environment variable or the flag.
func Effective(path string, fs *pflag.FlagSet) ([]byte, error) {
	l, err := load(path, fs)
	if err != nil {
		return nil, err
	}
	root, err := groupNode(settings(), "", l.v.Get, l.source)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return b.Bytes(), e.Close()
}

// source says where the value of a key comes from.
func (l layers) source(key string) string {
	if s, is := l.sources[key]; is {
		return s
	}
	return "default"
}

// groupNode is a group of a table as YAML, in the order of the table; "" is
// its top. What has no value is left out. No comment is made without a source.
func groupNode(
	table []Setting, group string, value func(string) any, source func(string) string,
) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, name := range namesIn(table, group) {
		key := join(group, name)
		k, v := &yaml.Node{Kind: yaml.ScalarNode, Value: name}, &yaml.Node{}
		s, _, isGroup := find(table, key)
		var err error
		switch {
		case isGroup:
			v, err = groupNode(table, key, value, source)
		case value(key) == nil:
			continue
		case s.entry != nil:
			v, err = s.entriesNode(value(key))
		default:
			err = v.Encode(value(key))
		}
		if err != nil {
			return nil, fmt.Errorf("config: %s: %w", key, err)
		}
		if isGroup && len(v.Content) == 0 {
			continue
		}
		if source != nil && !isGroup {
			comment(s, k, v, source(key))
		}
		if v.Kind == yaml.SequenceNode && s.entry == nil {
			v.Style = yaml.FlowStyle
		}
		n.Content = append(n.Content, k, v)
	}
	return n, nil
}

// comment puts a comment beside a single value and above a list.
func comment(s Setting, k, v *yaml.Node, text string) {
	if s.scalar() {
		v.LineComment = text
	} else {
		k.HeadComment = text
	}
}

// entriesNode is the list of entries of s as YAML.
func (s Setting) entriesNode(value any) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	entries, _ := value.([]any)
	for _, e := range entries {
		at := func(key string) any {
			v := e
			for name := range strings.SplitSeq(key, ".") {
				group, _ := v.(map[string]any)
				v = group[name]
			}
			return v
		}
		entry, err := groupNode(s.entry, "", at, nil)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, entry)
	}
	return n, nil
}
