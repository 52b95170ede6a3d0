package labelling

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/models"
)

// tasks makes n questions over two topics, three countries and two answers;
// text has what files break on.
func tasks(n int) []Task {
	var list []Task
	for i := range n {
		a := datasets.Article{ID: fmt.Sprintf("=a%d", i), Title: "'Quoted', \"title\"",
			Text: fmt.Sprintf("-Line %d,\r\nnext; é\tx", i)}
		p := models.Prediction{Country: []string{"HUN", "POL", "USA"}[i%3], Topic: []string{"taiwan", "ukraine"}[i%2], Status: models.StatusOK,
			Role: models.RoleActor, PActor: 1, Stance: "critical", PCritical: 1 - float64(i%10)/20,
			PNeutral: float64(i%10) / 20}
		if i%5 == 0 {
			p.Role, p.Stance, p.PActor, p.Status = models.RoleMention, "", 0.3,
				models.StatusMentionOnly
		}
		t, _ := NewTask(a, p, "Name of "+p.Country, "The sea should be open.")
		list = append(list, t)
	}
	return list
}

// answeredFiles are the files of tools in which everybody accepts the
// pre-annotation of the first task, says neutral to the second, and skips the
// third. They are what each tool makes of our own file.
var answeredFiles = []struct {
	tool   string
	answer func(file string) string
}{
	{"csv", func(file string) string {
		for _, label := range []string{"none", " Neutral "} {
			file = strings.Replace(file, "\n,,", "\n"+label+",,", 1)
		}
		return file
	}},
	{"doccano", func(file string) string {
		lines := strings.SplitAfter(file, "\n")
		lines[1] = strings.Replace(lines[1], `"label":["critical"]`, `"id":7,"label":["neutral"],"Comments":[]`, 1)
		lines[2] = strings.Replace(lines[2], `"label":["critical"]`, `"label":[]`, 1)
		return strings.Join(lines, "")
	}},
	{"label-studio", func(file string) string {
		parts := strings.Split(file, ` "predictions"`)
		said := func(label string) string {
			return ` "id": 5, "annotations": [{"completed_by": 3, "was_cancelled": false, "result": [{"from_name": "stance", "to_name": "text",
			"type": "choices", "value": {"choices": ["` + label + `"]}}]}], "predictions"`
		}
		file = parts[0] + said("none") + parts[1] + said("neutral") + parts[2] + ` "predictions"` +
			parts[3]
		return regexp.MustCompile(`(?s)"predictions": \[.*?\n  \]`).ReplaceAllString(file, `"predictions": [12]`) // as Label Studio 1.23 does
	}},
	{"prodigy", func(file string) string {
		lines := strings.SplitAfter(file, "\n")
		lines[0] = strings.Replace(lines[0], `"accept":`, `"answer":"accept","_annotator_id":"3","accept":`, 1)
		lines[1] = strings.Replace(lines[1], `"accept":["critical"]`, `"answer":"accept","accept":["neutral"]`, 1)
		lines[2] = strings.Replace(lines[2], `"accept":`, `"answer":"ignore","accept":`, 1)
		return strings.Join(lines, "")
	}},
}

func TestToolsGiveBackWhatTheyGot(t *testing.T) {
	asked := tasks(3)
	for _, test := range answeredFiles {
		tool, err := ToolNamed(test.tool)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := tool.Write(&b, asked); err != nil {
			t.Fatal(err)
		}
		answers, err := tool.Read([]byte(test.answer(b.String())), "file")
		if err != nil || len(answers) != 2 {
			t.Errorf("%s: %d answers, %v; want 2", test.tool, len(answers), err)
			continue
		}
		for i, label := range []string{"none", "neutral"} {
			got, want := answers[i], asked[i]
			if got.Label != label || got.ID != want.ID || got.ArticleID != want.ArticleID ||
				got.Answer != want.Answer {
				t.Errorf("%s: answer %d is %s to %+v, want %s to %+v", test.tool, i, got.Label,
					got.Task, label, want)
			}
			if got, want := strings.ReplaceAll(got.Text, "\r\n", "\n"),
				strings.ReplaceAll(want.Text, "\r\n", "\n"); got != want {
				t.Errorf("%s: text %q, want %q", test.tool, got, want)
			}
		}
	}
}

// What a tool or a person has changed is refused with its place, and no file of
// another kind makes a panic or an answer.
func TestToolsRefuseWhatHasChanged(t *testing.T) {
	for _, test := range answeredFiles {
		tool, _ := ToolNamed(test.tool)
		var b bytes.Buffer
		if err := tool.Write(&b, tasks(3)); err != nil {
			t.Fatal(err)
		}
		file := test.answer(b.String())
		for _, change := range []struct{ from, to, want string }{
			{"HUN", "DEU", "is not what was exported"}, {"Line 0", "Line 9", "is not what was exported"}, {"eutral", "eural", `did you mean "neutral"`},
		} {
			if test.tool == "csv" && change.from == "eutral" {
				change.from, change.to = " Neutral ", "neural"
			}
			broken := strings.ReplaceAll(file, change.from, change.to)
			if _, err := tool.Read([]byte(broken), "file.x"); err == nil ||
				!strings.Contains(err.Error(), change.want) || !strings.Contains(err.Error(), "file.x:") {
				t.Errorf("%s with %q for %q: %v, want one with %q", test.tool, change.to,
					change.from, err, change.want)
			}
		}
		for _, text := range []string{"", "[]", "{}", "null", "x", "\x00\xff", `{"label":["a","b"]}`, "label,stance_id\n1,2", `[{"annotations":[{"result":[{"type":"choices"}]}]}]`} {
			if answers, _ := tool.Read([]byte(text), "file"); len(answers) > 0 {
				t.Errorf("%s: %q gives answers", test.tool, text)
			}
		}
	}
}

func TestBlindTasksSayNothing(t *testing.T) {
	for _, tool := range Tools() {
		var b bytes.Buffer
		if err := tool.Write(&b, []Task{tasks(2)[1].Blind()}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), `"critical"]`) || strings.Contains(b.String(), ",critical,") {
			t.Errorf("%s tells the model's answer: %s", tool.Name, b.String())
		}
	}
}

// The choice is the same whatever the order, spreads over the quota, and takes
// unsure questions more often.
func TestChoice(t *testing.T) {
	all := tasks(600)
	choose := func(c Choice, from []Task) []Task {
		chooser := NewChooser(c)
		for _, one := range from {
			chooser.Add(one)
			chooser.Add(one) // a question counts once
		}
		return chooser.Tasks()
	}
	c := Choice{N: 60, By: "uncertainty", Quota: []string{"topic", "answer"}, Seed: 3}
	first := choose(c, all)
	turned := slices.Clone(all)
	slices.Reverse(turned)
	if !reflect.DeepEqual(first, choose(c, turned)) {
		t.Error("another order gives another choice")
	}
	c.Seed = 4
	if reflect.DeepEqual(first, choose(c, all)) {
		t.Error("another seed gives the same choice")
	}
	count, sum := map[string]int{}, 0.0
	for _, one := range first {
		count[one.Topic+" "+one.Answer]++
		if one.Answer == "critical" {
			sum += one.Uncertainty
		}
	}
	if want := map[string]int{"taiwan none": 15, "taiwan critical": 15, "ukraine none": 15, "ukraine critical": 15}; !reflect.DeepEqual(count, want) {
		t.Errorf("quota %v, want %v", count, want)
	}
	mean := 0.0
	for _, one := range all {
		if one.Answer == "critical" {
			mean += one.Uncertainty / 480
		}
	}
	if sum/30 < mean+0.1 {
		t.Errorf("mean uncertainty of the chosen %.2f, of all %.2f", sum/30, mean)
	}
	if got := choose(Choice{N: 1000, By: "random", Topic: "taiwan", Country: "POL"},
		all); len(got) != 100 {
		t.Errorf("%d questions on Poland and taiwan, want 100", len(got))
	}
}

// docs/labels.md shows the interface that a project of Label Studio needs.
func TestLabelStudioConfigInDocs(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "labels.md"))
	if err != nil || !bytes.Contains(page, []byte("```xml\n"+LabelStudioConfig()+"```")) {
		t.Errorf("%v; docs/labels.md lacks\n%s", err, LabelStudioConfig())
	}
}

// Three people and three tasks: one all agree on, one with a majority, one with
// a tie. The last answer of a person counts.
func TestReview(t *testing.T) {
	asked := tasks(3)
	say := func(task int, who, label string) Answer {
		return Answer{Task: asked[task], Annotator: who, Label: label}
	}
	r, corpus := ReviewAnswers([]Answer{say(0, "a", "critical"), say(0, "a", "none"), say(0, "b", "none"),
		say(1, "a", "neutral"), say(1, "b", "critical"), say(1, "c", "neutral"), say(2, "a", "supportive"), say(2, "b", "critical")})
	if r.Tasks != 3 || r.Answers != 7 || r.Twice != 3 || r.Left != 1 ||
		len(r.Contradictions) != 2 || !slices.Equal(r.Annotators, []string{"a", "b", "c"}) {
		t.Errorf("got %+v", r)
	}
	// Krippendorff: 7 values none 2, supportive 1, neutral 2, critical 2;
	// observed 2 + 2 = 4 (units of two ordered pairs / 1, of three 4 / 2);
	// expected 49 - 4 - 1 - 4 - 4 = 36; 1 - 6*4/36.
	if r.Alpha == nil || *r.Alpha < 0.3333 || *r.Alpha > 0.3334 {
		t.Errorf("alpha %v, want 1/3", *r.Alpha)
	}
	var b bytes.Buffer
	if err := WriteCorpus(&b, corpus); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(b.String(), "\n"); got != 2 || !strings.Contains(b.String(), `"labels":[{"country":"POL","topic":"ukraine","stance":"neutral"}]`) {
		t.Errorf("corpus %s", b.String())
	}
	if said := r.String(); !strings.Contains(said, "alpha 0.333 over 3 tasks") ||
		!strings.Contains(said,
			"2 tasks were answered differently, of which 1 without a majority") {
		t.Errorf("said %s", said)
	}
}
