package labelling

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
)

// doccano keeps unknown keys of a line: in the line itself, or under meta in
// older versions. A label that is there already shows as a pre-annotation.

func writeDoccano(w io.Writer, tasks []Task) error {
	return writeLines(w, tasks, func(t Task) any {
		return struct {
			Text  string   `json:"text"`
			Label []string `json:"label"`
			record
		}{shown(t), suggested(t), recordOf(t)}
	})
}

// doccanoLine is a line of an export. Labels are names, or pairs of a name and
// something else.
type doccanoLine struct {
	record
	Meta     json.RawMessage   `json:"meta"`
	Label    []json.RawMessage `json:"label"`
	Labels   []json.RawMessage `json:"labels"`
	Username string            `json:"username"`
}

func readDoccano(text []byte, name string) ([]Answer, error) {
	c := &collector{}
	eachLine(text, name, c, func(l doccanoLine, place string) {
		if l.ID == "" && len(l.Meta) > 0 {
			var inner string // meta is an object, or one written as a string
			if json.Unmarshal(l.Meta, &inner) == nil {
				l.Meta = json.RawMessage(inner)
			}
			if err := json.Unmarshal(l.Meta, &l.record); err != nil {
				c.fault(place, err)
				return
			}
		}
		labels := append(l.Label, l.Labels...)
		switch {
		case len(labels) == 0:
		case len(labels) > 1:
			c.fault(place, fmt.Errorf("%d labels; allow one for a text", len(labels)))
		default:
			var label string
			if err := json.Unmarshal(labels[0], &label); err != nil {
				c.fault(place, err)
				return
			}
			c.add(l.record, cmp.Or(l.Username, name), label, place)
		}
	})
	return c.done()
}
