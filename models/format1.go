package models

import (
	"bytes"
	"encoding/json"
)

// UnmarshalJSON reads a manifest and refuses unknown fields. Bundles of format
// 1 name the method of calibration, of which only vector scaling is left: that
// name is dropped. Any other method is an unknown field.
func (m *Manifest) UnmarshalJSON(raw []byte) error {
	numbers := json.NewDecoder(bytes.NewReader(raw))
	numbers.UseNumber() // so that no digit of a number is lost
	var tree map[string]any
	if err := numbers.Decode(&tree); err != nil {
		return err
	}
	if options, ok := tree["options"].(map[string]any); ok && options["calibration"] == "auto" {
		delete(options, "calibration")
	}
	heads, _ := tree["heads"].([]any)
	for _, h := range heads {
		head, _ := h.(map[string]any)
		if c, ok := head["calibration"].(map[string]any); ok && c["method"] == "vector" {
			delete(c, "method")
		}
	}
	raw, err := json.Marshal(tree)
	if err != nil {
		return err
	}
	type plain Manifest // without this method
	strict := json.NewDecoder(bytes.NewReader(raw))
	strict.DisallowUnknownFields()
	return strict.Decode((*plain)(m))
}
