package labelling

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"stance/models"
)

// LabelStudioConfig is the labelling interface that a project needs.
func LabelStudioConfig() string {
	var b strings.Builder
	b.WriteString("<View>\n  <Header value=\"$question\"/>\n  <Text name=\"text\" value=\"$text\"/>\n  <Choices name=\"stance\" toName=\"text\" choice=\"single\" showInLine=\"true\">\n")
	for i, class := range models.StanceClasses() {
		fmt.Fprintf(&b, "    <Choice value=%q hint=%q/>\n", class, Options()[i])
	}
	b.WriteString("  </Choices>\n</View>\n")
	return b.String()
}

// labelStudioTask is one task of Label Studio's JSON.
type labelStudioTask struct {
	ID   int `json:"id,omitempty"` // Label Studio's own
	Data struct {
		Text     string `json:"text"`
		Question string `json:"question"`
		record
	} `json:"data"`
	// predictions when we write, numbers in an export
	Predictions any                     `json:"predictions,omitempty"`
	Annotations []labelStudioAnnotation `json:"annotations,omitempty"`
}

type labelStudioPrediction struct {
	Version string              `json:"model_version"`
	Score   float64             `json:"score"`
	Result  []labelStudioResult `json:"result"`
}

type labelStudioAnnotation struct {
	Cancelled bool                `json:"was_cancelled"`
	By        json.RawMessage     `json:"completed_by"` // a number, or an object with an email
	Result    []labelStudioResult `json:"result"`
}

type labelStudioResult struct {
	From  string `json:"from_name"`
	To    string `json:"to_name"`
	Type  string `json:"type"`
	Value struct {
		Choices []string `json:"choices"`
	} `json:"value"`
}

func writeLabelStudio(w io.Writer, tasks []Task) error {
	list := make([]labelStudioTask, len(tasks))
	for i, t := range tasks {
		r := labelStudioResult{From: "stance", To: "text", Type: "choices"}
		r.Value.Choices = []string{t.Answer}
		list[i].Data.Text, list[i].Data.Question, list[i].Data.record = strings.TrimSpace(t.Title+"\n\n"+t.Text), t.Question(), recordOf(t)
		if t.Answer != "" {
			list[i].Predictions = []labelStudioPrediction{{"stance", round(t.Prob),
				[]labelStudioResult{r}}}
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(list)
}

func readLabelStudio(text []byte, name string) ([]Answer, error) {
	var list []labelStudioTask
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(text), "\ufeff")),
		&list); err != nil {
		return nil, fmt.Errorf("%s: %w; export the project as JSON, not as JSON-MIN", name, err)
	}
	c := &collector{}
	for i, t := range list {
		for _, a := range t.Annotations {
			place := fmt.Sprintf("%s: task %d (%d)", name, i+1, t.ID)
			for _, r := range a.Result {
				switch {
				case a.Cancelled || r.Type != "choices":
				case len(r.Value.Choices) != 1:
					c.fault(place,
						fmt.Errorf("%d choices; the interface must allow one",
							len(r.Value.Choices)))
				default:
					c.add(t.Data.record, labelStudioPerson(a.By, name), r.Value.Choices[0], place)
				}
			}
		}
	}
	return c.done()
}

// labelStudioPerson names who made an annotation.
func labelStudioPerson(by json.RawMessage, name string) string {
	var person struct{ Email string }
	if json.Unmarshal(by, &person) == nil && person.Email != "" {
		return person.Email
	}
	if s := strings.Trim(string(by), `" `); s != "" && s != "null" && !strings.HasPrefix(s, "{") {
		return s
	}
	return name
}
