package labelling

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance/internal/suggest"
	"stance/models"
)

// Tool is a labelling tool: how tasks are written for it, and how its file of
// answers is read.
type Tool struct {
	Name  string
	What  string // the files it takes and gives
	Write func(w io.Writer, tasks []Task) error

	// Read reads answers. name is what an answer's place and, where the file
	// names nobody, its annotator is called by. Tasks without an answer are
	// left out. All faults are told.
	Read func(text []byte, name string) ([]Answer, error)
}

// Tools is the table of tools.
func Tools() []Tool {
	return []Tool{
		{"csv", "a spreadsheet with a column label to fill in", writeCSV, readCSV},
		{"doccano", "JSON lines of a text classification project", writeDoccano, readDoccano},
		{"label-studio", "JSON of tasks with predictions; JSON of annotations", writeLabelStudio,
			readLabelStudio},
		{"prodigy", "JSON lines for the choice interface", writeProdigy, readProdigy},
	}
}

// ToolNamed finds a tool.
func ToolNamed(name string) (Tool, error) {
	var names []string
	for _, t := range Tools() {
		if t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return Tool{}, fmt.Errorf("no labelling tool %q; there are %s%s", name, strings.Join(names, ", "), suggest.Hint(name, names))
}

// record is a task as tools carry it along beside the text. The keys are ours:
// doccano and others have an id of their own and replace one called so.
type record struct {
	ID          string  `json:"stance_id"`
	ArticleID   string  `json:"article_id"`
	Source      string  `json:"source"`
	URL         string  `json:"url"`
	Published   string  `json:"published_at"`
	Country     string  `json:"country"`
	CountryName string  `json:"country_name"`
	Topic       string  `json:"topic"`
	Proposition string  `json:"proposition"`
	Title       string  `json:"article_title"`
	Text        string  `json:"article_text"`
	Answer      string  `json:"model_answer"`
	Prob        float64 `json:"model_probability"`
	Uncertainty float64 `json:"model_uncertainty"`
}

func recordOf(t Task) record {
	return record{t.ID, t.ArticleID, t.Source, t.URL, t.Published, t.Country, t.CountryName,
		t.Topic, t.Proposition, t.Title, t.Text,
		t.Answer, round(t.Prob), round(t.Uncertainty)}
}

// round keeps 4 decimals, as in the Parquet.
func round(v float64) float64 { return float64(int(v*1e4+0.5)) / 1e4 }

// task is the task of a record, if its id fits the rest.
func (r record) task() (Task, error) {
	t := Task(r)
	switch {
	case t.ID == "":
		return t, errors.New("no stance_id; was the file exported by train label export, and by the tool with all fields?")
	case t.ID != t.sum():
		return t, fmt.Errorf("task %s is not what was exported: article, country, topic or text has changed; import the fields as the tool got them", t.ID)
	}
	return t, nil
}

// shown is the text that a person reads.
func shown(t Task) string {
	return strings.TrimSpace(t.Question() + "\n\n" + strings.TrimSpace(t.Title+"\n\n"+t.Text))
}

// suggested is the model's answer as a pre-annotation; none for a task without.
func suggested(t Task) []string {
	if t.Answer == "" {
		return []string{}
	}
	return []string{t.Answer}
}

// collector gathers answers and faults.
type collector struct {
	answers []Answer
	faults  []error
}

// most is how many faults of a file are told.
const most = 20

// add checks an answer; an empty label is none.
func (c *collector) add(r record, annotator, label, place string) {
	label = strings.ToLower(strings.TrimSpace(label))
	if label == "" {
		return
	}
	t, err := r.task()
	if classes := models.StanceClasses(); err == nil && !slices.Contains(classes, label) {
		err = fmt.Errorf("label %q; there are %s%s", label, strings.Join(classes, ", "),
			suggest.Hint(label, classes))
	}
	if err != nil {
		c.fault(place, err)
		return
	}
	c.answers = append(c.answers, Answer{Task: t, Annotator: annotator, Label: label, Place: place})
}

func (c *collector) fault(place string, err error) {
	if len(c.faults) < most {
		c.faults = append(c.faults, fmt.Errorf("%s: %w", place, err))
	}
}

// done gives the answers, or the faults.
func (c *collector) done() ([]Answer, error) { return c.answers, errors.Join(c.faults...) }

// writeLines writes values as JSON lines.
func writeLines[T any](w io.Writer, tasks []Task, of func(Task) T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, t := range tasks {
		if err := e.Encode(of(t)); err != nil {
			return err
		}
	}
	return nil
}

// eachLine decodes JSON lines; an empty line is none.
func eachLine[T any](text []byte, name string, c *collector, do func(v T, place string)) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var v T
		place := fmt.Sprintf("%s:%d", name, n)
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			c.fault(place, err)
			continue
		}
		do(v, place)
	}
}
