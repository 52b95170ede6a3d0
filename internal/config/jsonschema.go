package config

import (
	"encoding/json"
	"fmt"
	"slices"
)

// schemaNode is a part of a JSON schema, draft 2020-12.
type schemaNode struct {
	Schema      string                 `json:"$schema,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Description string                 `json:"description,omitempty"`
	Type        string                 `json:"type"`
	Default     any                    `json:"default,omitempty"`
	Enum        []string               `json:"enum,omitempty"`
	Low         *float64               `json:"minimum,omitempty"`
	High        *float64               `json:"maximum,omitempty"`
	Above       *float64               `json:"exclusiveMinimum,omitempty"`
	Below       *float64               `json:"exclusiveMaximum,omitempty"`
	MinLength   int                    `json:"minLength,omitempty"`
	MaxLength   int                    `json:"maxLength,omitempty"`
	MinItems    int                    `json:"minItems,omitempty"`
	Items       *schemaNode            `json:"items,omitempty"`
	Properties  map[string]*schemaNode `json:"properties,omitempty"`
	Required    []string               `json:"required,omitempty"`
	Closed      *bool                  `json:"additionalProperties,omitempty"`
}

// Schema is a JSON schema of config.yaml, for editors that check and complete
// YAML.
func Schema() []byte {
	n := groupSchema(settings(), "")
	n.Schema = "https://json-schema.org/draft/2020-12/schema"
	n.Title = "Settings of classify and train"
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("config: strings and numbers do not marshal: %v", err))
	}
	return append(text, '\n')
}

// groupSchema describes a group of a table, "" for its top.
func groupSchema(table []Setting, group string) *schemaNode {
	n := &schemaNode{Type: "object", Properties: map[string]*schemaNode{}, Closed: new(bool)}
	for _, name := range namesIn(table, group) {
		key := join(group, name)
		if s, _, isGroup := find(table, key); isGroup {
			n.Properties[name] = groupSchema(table, key)
		} else {
			n.Properties[name] = s.schema()
		}
	}
	for _, s := range table {
		if s.field == nil && s.Check.Required && slices.Contains(namesIn(table, group), s.Key) {
			n.Required = append(n.Required, s.Key)
		}
	}
	return n
}

// schema describes one setting.
func (s Setting) schema() *schemaNode {
	n := &schemaNode{Description: s.Help, Enum: s.Check.OneOf}
	switch v := s.Default.(type) {
	case string:
		n.Type = "string"
		if s.field != nil {
			n.Default = v
		}
		if s.Check.Required {
			n.MinLength = 1
		}
		if s.Check.Byte {
			n.MaxLength = 1
		}
		return n
	case bool:
		n.Type, n.Default = "boolean", v
		return n
	case int:
		n.Type, n.Default = "integer", v
	case float64:
		n.Type, n.Default = "number", v
	default:
		n.Type, n.Items = "array", &schemaNode{Type: "string"}
		if s.entry != nil {
			n.Items = groupSchema(s.entry, "")
		}
		if s.Check.Required {
			n.MinItems = 1
		}
		return n
	}
	n.bound(s.Check)
	return n
}

// bound adds the range of a number.
func (n *schemaNode) bound(c Check) {
	switch {
	case c.Low == 0 && c.High == 0:
		return
	case c.Above:
		n.Above = &c.Low
	default:
		n.Low = &c.Low
	}
	if c.Below {
		n.Below = &c.High
	} else {
		n.High = &c.High
	}
}
