package labelling

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/models"
	"stance/models/measure"
)

// Review says how far people agree with each other and with the model.
type Review struct {
	Tasks      int      `json:"tasks"` // with an answer
	Answers    int      `json:"answers"`
	Annotators []string `json:"annotators"`
	Twice      int      `json:"tasks_of_two_or_more"`
	// Krippendorff's, nominal; nil without two answers to a task
	Alpha *float64 `json:"alpha"`
	// each pair of answers to a task, in both orders
	People measure.Confusion `json:"between_people"`
	// answers that were kept, by the model's
	Model          measure.Confusion `json:"people_by_model"`
	Contradictions []Contradiction   `json:"contradictions"`
	Left           int               `json:"left_out"` // tasks without a majority
}

// Contradiction is a task that people answered differently.
type Contradiction struct {
	ID        string   `json:"id"`
	ArticleID string   `json:"article_id"`
	Country   string   `json:"country"`
	Topic     string   `json:"topic"`
	Answers   []string `json:"answers"` // annotator: label, sorted
	Kept      string   `json:"kept"`    // the majority's; "" for none
}

// ReviewAnswers reviews the answers and returns the labels that a majority gave
// as examples to learn from, by article id. A task whose answers are tied gives
// none. Of several answers of one person to a task, the last counts.
func ReviewAnswers(answers []Answer) (Review, []datasets.Example) {
	answers = lastOfEach(answers)
	classes := models.StanceClasses()
	r := Review{Answers: len(answers), Contradictions: []Contradiction{}}
	var units [][]int
	var kept []Answer
	var a, b, people, model []int
	for _, task := range byTask(answers) {
		r.Tasks++
		var unit []int
		for _, one := range task {
			unit = append(unit, slices.Index(classes, one.Label))
			if !slices.Contains(r.Annotators, one.Annotator) {
				r.Annotators = append(r.Annotators, one.Annotator)
			}
		}
		units = append(units, unit)
		for i := range unit {
			for j := range unit {
				if i != j {
					a, b = append(a, unit[i]), append(b, unit[j])
				}
			}
		}
		if len(task) > 1 {
			r.Twice++
		}
		label := majority(unit, len(classes))
		if c, differ := contradiction(task); differ {
			if label >= 0 {
				c.Kept = classes[label]
			}
			r.Contradictions = append(r.Contradictions, c)
		}
		if label < 0 {
			r.Left++
			continue
		}
		first := task[0]
		first.Label = classes[label]
		kept = append(kept, first)
		if m := slices.Index(classes, first.Answer); m >= 0 {
			people, model = append(people, label), append(model, m)
		}
	}
	slices.Sort(r.Annotators)
	if alpha, ok := measure.Alpha(units, len(classes)); ok {
		r.Alpha = &alpha
	}
	r.People, r.Model = measure.NewConfusion(classes, a, b),
		measure.NewConfusion(classes, people, model)
	return r, examples(kept)
}

// lastOfEach keeps the last answer of each person to each task.
func lastOfEach(answers []Answer) []Answer {
	last := map[[2]string]int{}
	for i, a := range answers {
		last[[2]string{a.ID, a.Annotator}] = i
	}
	var kept []Answer
	for i, a := range answers {
		if last[[2]string{a.ID, a.Annotator}] == i {
			kept = append(kept, a)
		}
	}
	return kept
}

// byTask groups answers, sorted by task and annotator.
func byTask(answers []Answer) [][]Answer {
	answers = slices.Clone(answers)
	slices.SortStableFunc(answers, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Annotator, b.Annotator))
	})
	return slices.Collect(func(yield func([]Answer) bool) {
		for len(answers) > 0 {
			n := 1
			for n < len(answers) && answers[n].ID == answers[0].ID {
				n++
			}
			if !yield(answers[:n]) {
				return
			}
			answers = answers[n:]
		}
	})
}

// majority is the class with the most answers, or -1 when two have as many.
func majority(unit []int, classes int) int {
	count := make([]int, classes)
	for _, c := range unit {
		count[c]++
	}
	best, tied := 0, false
	for c := 1; c < classes; c++ {
		switch {
		case count[c] > count[best]:
			best, tied = c, false
		case count[c] == count[best]:
			tied = true
		}
	}
	if tied {
		return -1
	}
	return best
}

// contradiction lists the answers to a task; differ is false when all agree.
func contradiction(task []Answer) (c Contradiction, differ bool) {
	c = Contradiction{ID: task[0].ID, ArticleID: task[0].ArticleID, Country: task[0].Country,
		Topic: task[0].Topic}
	for _, a := range task {
		c.Answers = append(c.Answers, a.Annotator+": "+a.Label)
		differ = differ || a.Label != task[0].Label
	}
	return c, differ
}

// examples are the articles of answers with their labels, sorted by id.
func examples(kept []Answer) []datasets.Example {
	slices.SortStableFunc(kept, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.ArticleID, b.ArticleID),
			strings.Compare(a.Title+"\x00"+a.Text, b.Title+"\x00"+b.Text),
			cmp.Compare(a.Country, b.Country), cmp.Compare(a.Topic, b.Topic))
	})
	var list []datasets.Example
	for i, a := range kept {
		if i == 0 || a.ArticleID != kept[i-1].ArticleID || a.Title != kept[i-1].Title ||
			a.Text != kept[i-1].Text {
			e := datasets.Example{Article: datasets.Article{ID: a.ArticleID, Source: a.Source,
				URL: a.URL, Title: a.Title, Text: a.Text}}
			if t, err := time.Parse(time.RFC3339, a.Published); err == nil {
				e.Published = t
			}
			list = append(list, e)
		}
		last := &list[len(list)-1]
		last.Labels = append(last.Labels,
			datasets.Label{Task: datasets.TaskStance, Country: a.Country, Topic: a.Topic,
				Answer: a.Label})
	}
	return list
}

// WriteCorpus writes examples in the format stance, which train reads.
func WriteCorpus(w io.Writer, examples []datasets.Example) error {
	type label struct {
		Country string `json:"country"`
		Topic   string `json:"topic"`
		Stance  string `json:"stance"`
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, x := range examples {
		labels := []label{}
		for _, l := range x.Labels {
			labels = append(labels, label{l.Country, l.Topic, l.Answer})
		}
		published := ""
		if !x.Published.IsZero() {
			published = x.Published.Format(time.RFC3339)
		}
		err := e.Encode(struct {
			ID        string  `json:"id"`
			Source    string  `json:"source,omitempty"`
			URL       string  `json:"url,omitempty"`
			Published string  `json:"published_at,omitempty"`
			Title     string  `json:"title"`
			Text      string  `json:"text"`
			Labels    []label `json:"labels"`
		}{x.ID, x.Source, x.URL, published, x.Title, x.Text, labels})
		if err != nil {
			return err
		}
	}
	return nil
}

// String sums the review up for people.
func (r Review) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d answers of %s to %d tasks.\n", r.Answers, plural(len(r.Annotators), "person", "people"), r.Tasks)
	if r.Alpha != nil {
		fmt.Fprintf(&b, "Krippendorff's alpha %.3f over %s with two answers or more: %s.\n",
			*r.Alpha, plural(r.Twice, "task", "tasks"), alphaWords(*r.Alpha))
		fmt.Fprintf(&b, "\nPairs of answers to one task:\n%s", table(r.People))
	} else {
		b.WriteString("No task has two answers, so agreement cannot be told. Let two people answer some of the same tasks.\n")
	}
	if r.Model.Rows() > 0 {
		fmt.Fprintf(&b, "\nPeople's answers by row, the model's by column (they agree in %.1f %%):\n%s", 100*r.Model.Accuracy(), table(r.Model))
	}
	if n := len(r.Contradictions); n > 0 {
		fmt.Fprintf(&b, "\n%s answered differently, of which %d without a majority are left out:\n", plural(n, "task was", "tasks were"), r.Left)
		for _, c := range r.Contradictions[:min(n, 20)] {
			fmt.Fprintf(&b, "  %s %s on %s: %s\n", c.ArticleID, c.Country, c.Topic,
				strings.Join(c.Answers, ", "))
		}
	}
	return b.String()
}

// alphaWords judge an alpha by the usual bounds: K. Krippendorff, "Content
// Analysis", 4th edition (2018), chapter 12.
func alphaWords(alpha float64) string {
	switch {
	case alpha >= 0.8:
		return "reliable"
	case alpha >= 0.667:
		return "enough for tentative conclusions"
	}
	return "too low to rely on; talk about the guidelines and label again"
}

func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// table writes a confusion.
func table(m measure.Confusion) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s", "")
	for _, c := range m.Classes {
		fmt.Fprintf(&b, " %10s", c)
	}
	for i, c := range m.Classes {
		fmt.Fprintf(&b, "\n%-12s", c)
		for _, n := range m.Count[i] {
			fmt.Fprintf(&b, " %10d", n)
		}
	}
	return b.String() + "\n"
}
