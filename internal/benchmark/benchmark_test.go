package benchmark

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/features/topic"
	"stance/models"
	"stance/models/measure"
)

func pipeline(t *testing.T) *features.Pipeline {
	t.Helper()
	subject := topic.Topic{ID: "ukraine", Proposition: "Ukraine should be free.", Terms: []string{"Ukraine"},
		For:     topic.Side{Countries: []string{"UKR"}},
		Against: topic.Side{Countries: []string{"RUS"}}}
	pl, err := features.New([]topic.Topic{subject}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// write puts a small corpus of our own below a folder of corpora.
func write(t *testing.T, corpora, name, text string) {
	t.Helper()
	path := filepath.Join(corpora, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTable(t *testing.T) {
	var names []string
	for _, b := range Table() {
		if slices.Contains(names, b.Name) {
			t.Errorf("%s stands twice", b.Name)
		}
		names = append(names, b.Name)
		if _, err := format.Of("", format.Options{Format: b.Format}); err != nil {
			t.Errorf("%s: %v", b.Name, err)
		}
		if (b.Test == "") != (b.Folds > 1) || b.Task == "" || b.Split == "" ||
			!(b.Floor > 0 && b.Floor < 1) || !(b.C > 0) {
			t.Errorf("%s is incomplete: %+v", b.Name, b)
		}
	}
}

const dseTrain = `[Ana] praised [Bo] today.	Ana	Bo	1
[Cy] blamed [Di] today.	Cy	Di	3
[Ed] praised [Flo] again.	Ed	Flo	1
[Gus] blamed [Hal] again.	Gus	Hal	3
`

const dseTest = `[Cy] blamed [Di] today.	Cy	Di	3
[Ida] praised [Jo] today.	Ida	Jo	1
[Kit] blamed [Lou] today.	Kit	Lou	3
`

func TestRun(t *testing.T) {
	corpora := t.TempDir()
	write(t, corpora, "dse/train.txt", dseTrain)
	write(t, corpora, "dse/test.txt", dseTest)
	b := Benchmark{Name: "small", Format: "dse", Train: "dse/train.txt", Test: "dse/test.txt",
		Task: datasets.TaskRelation,
		C:    10, Split: "as given", Floor: .5, Best: "none"}
	got, err := Run(context.Background(), pipeline(t), b, corpora)
	if err != nil {
		t.Fatal(err)
	}
	classes := []string{"negative_forward", "positive_forward"}
	want := Result{Name: "small", Split: "as given", Train: 4, Test: 3, MacroF1: 1, Low: 1, High: 1,
		Accuracy:  1,
		Confusion: measure.NewConfusion(classes, []int{0, 1, 0}, []int{0, 1, 0}), Floor: .5, Best: "none"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// The clean split leaves out the test row that stands in train word for word.
func TestLoadClean(t *testing.T) {
	corpora := t.TempDir()
	write(t, corpora, "dse/train.txt", dseTrain)
	write(t, corpora, "dse/test.txt", dseTest)
	b := Benchmark{Format: "dse", Train: "dse/train.txt", Test: "dse/test.txt", Clean: true,
		Task: datasets.TaskRelation}
	questions, divisions, err := b.Load(context.Background(), corpora)
	if err != nil {
		t.Fatal(err)
	}
	if want := []Division{{Train: []int{0, 1, 2, 3},
		Test: []int{4, 5}}}; !reflect.DeepEqual(divisions, want) {
		t.Errorf("divisions %v, want %v", divisions, want)
	}
	want := Question{Text: "Ida praised Jo today.", Source: datasets.Span{Start: 0, End: 3},
		Target: datasets.Span{Start: 12, End: 14}, Answer: "positive_forward", Group: "Ida praised Jo today."}
	if questions[4] != want {
		t.Errorf("got  %+v\nwant %+v", questions[4], want)
	}
}

func TestLoadFault(t *testing.T) {
	corpora := t.TempDir()
	write(t, corpora, "dse/train.txt", "no label\n")
	b := Benchmark{Format: "dse", Train: "dse/train.txt", Folds: 2, Task: datasets.TaskRelation}
	if _, _, err := b.Load(context.Background(), corpora); err == nil {
		t.Error("a broken record was passed over; a benchmark must not depend on what was left out")
	}
}

func TestFoldsKeepGroups(t *testing.T) {
	var questions []Question
	for i := range 40 {
		questions = append(questions, Question{Group: string(rune('a' + i%7))})
	}
	tested := 0
	for _, d := range folds(questions, 5) {
		tested += len(d.Test)
		for _, i := range d.Test {
			for _, k := range d.Train {
				if questions[i].Group == questions[k].Group {
					t.Fatalf("group %q is on both sides", questions[i].Group)
				}
			}
		}
	}
	if tested != len(questions) {
		t.Errorf("%d questions tested, want each of %d once", tested, len(questions))
	}
}

func TestVotes(t *testing.T) {
	corpora := t.TempDir()
	write(t, corpora, "unga-votes/world_ukraine_votes.csv", `NAME_EN,vote
Norway,IN FAVOR
Norway,AGAINST
Brazil,ABSTENTION
Belarus,AGAINST
Kenya,ABSENT
Upper Nowhere,IN FAVOR
`)
	got, err := Votes(pipeline(t), corpora)
	want := map[string]float64{"NOR": 1, "BRA": 0, "BLR": -1}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v\nwant %v", got, err, want)
	}
}

// Parties, countries that did not vote, those seldom heard and those only named
// stay out.
func TestCompare(t *testing.T) {
	var answers []models.Answered
	add := func(country string, answer, times int, stand topic.Stand) {
		for range times {
			answers = append(answers,
				models.Answered{Country: country, Topic: "ukraine", Answer: answer, Stand: stand})
		}
	}
	add("NOR", 1, 5, topic.Third)
	add("BRA", 1, 2, topic.Third)
	add("BRA", 2, 2, topic.Third)
	add("BRA", 3, 4, topic.Third)
	add("BLR", 3, 6, topic.Third)
	add("KEN", 1, 9, topic.Third)
	add("IND", 2, 4, topic.Third)
	add("IND", 0, 9, topic.Third)
	add("RUS", 3, 9, topic.Opponent)
	cast := map[string]float64{"NOR": 1, "BRA": 0, "BLR": -1, "IND": 0, "RUS": -1}
	got := compare("labels", answers, goldScore, cast)
	want := []CountryVote{{"BLR", 6, -1, -1}, {"BRA", 8, -.25, 0}, {"NOR", 5, 1, 1}}
	if !reflect.DeepEqual(got.Countries, want) {
		t.Errorf("got  %v\nwant %v", got.Countries, want)
	}
	if got.Correlation.Rho < 0.9999 || got.Correlation.Pairs != 3 {
		t.Errorf("correlation %+v, want rho 1 of 3 pairs", got.Correlation)
	}
}
