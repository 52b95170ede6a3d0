package labelling

import (
	"cmp"
	"fmt"
	"io"

	"stance/models"
)

// prodigyLine is a task of Prodigy's choice interface.
type prodigyLine struct {
	Text    string          `json:"text"`
	Options []prodigyOption `json:"options"`
	Accept  []string        `json:"accept"`
	Answer  string          `json:"answer,omitempty"`        // accept, reject or ignore
	Person  string          `json:"_annotator_id,omitempty"` // in answers
	Session string          `json:"_session_id,omitempty"`
	Stance  record          `json:"stance"` // ours
}

type prodigyOption struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func writeProdigy(w io.Writer, tasks []Task) error {
	var options []prodigyOption
	for i, class := range models.StanceClasses() {
		options = append(options, prodigyOption{class, class + ": " + Options()[i]})
	}
	return writeLines(w, tasks, func(t Task) any {
		return prodigyLine{Text: shown(t), Options: options, Accept: suggested(t),
			Stance: recordOf(t)}
	})
}

func readProdigy(text []byte, name string) ([]Answer, error) {
	c := &collector{}
	eachLine(text, name, c, func(l prodigyLine, place string) {
		switch {
		case l.Answer != "accept":
		case len(l.Accept) != 1:
			c.fault(place, fmt.Errorf("%d choices are accepted; take one", len(l.Accept)))
		default:
			c.add(l.Stance, cmp.Or(l.Person, l.Session, name), l.Accept[0], place)
		}
	})
	return c.done()
}
