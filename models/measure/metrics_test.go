package measure

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strconv"
	"testing"

	"stance/features/vector"
)

// reference is testdata/reference/metrics.json, made by metrics.py beside it
// with scikit-learn and scipy.
type reference struct {
	Cases []struct {
		Name                  string
		Answers               []int
		Probs                 [][]float64
		Accuracy, ECE         float64
		Precision, Recall, F1 []float64
		MacroF1               float64 `json:"macro_f1"`
	}
	Spearman []struct {
		X, Y   []float64
		Rho, P float64
	}
}

func loadReference(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile("testdata/reference/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(name, err)
	}
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*max(1, math.Abs(b)) }

func TestMeasuresMatchScikitLearn(t *testing.T) {
	var ref reference
	loadReference(t, "metrics.json", &ref)
	for _, c := range ref.Cases {
		predicted := make([]int, len(c.Answers))
		for i, p := range c.Probs {
			predicted[i] = vector.Argmax(p)
		}
		m := NewConfusion([]string{"a", "b", "c", "d"}, c.Answers, predicted)
		for _, x := range []struct {
			measure   string
			got, want float64
		}{
			{"accuracy", m.Accuracy(), c.Accuracy},
			{"macro-F1", m.MacroF1(), c.MacroF1},
			{"ECE", ECE(Reliability(c.Probs, c.Answers, ECEBins)), c.ECE},
		} {
			if !near(x.got, x.want, 1e-12) {
				t.Errorf("%s: %s is %v, want %v", c.Name, x.measure, x.got, x.want)
			}
		}
		for k, s := range m.PerClass() {
			if !near(s.Precision, c.Precision[k], 1e-12) || !near(s.Recall, c.Recall[k], 1e-12) ||
				!near(s.F1, c.F1[k], 1e-12) {
				t.Errorf("%s: %+v, want %v %v %v", c.Name, s, c.Precision[k], c.Recall[k], c.F1[k])
			}
		}
	}
}

func TestMeasuresOfNothing(t *testing.T) {
	m := NewConfusion([]string{"a", "b"}, nil, nil)
	got := []float64{m.Accuracy(), m.MacroF1(), ECE(Reliability(nil, nil, ECEBins))}
	if want := make([]float64, len(got)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want zeros", got)
	}
}

func TestReliabilityBins(t *testing.T) {
	probs := [][]float64{{0.5, 0.5}, {0.25, 0.75}, {1, 0}, {0.3, 0.7}}
	got := Reliability(probs, []int{1, 1, 0, 0}, 4)
	want := []ReliabilityBin{
		{Low: 0, High: 0.25},
		{Low: 0.25, High: 0.5, Rows: 1, Confidence: 0.5, Accuracy: 0},
		{Low: 0.5, High: 0.75, Rows: 2, Confidence: 0.725, Accuracy: 0.5},
		{Low: 0.75, High: 1, Rows: 1, Confidence: 1, Accuracy: 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestSpearmanMatchesScipy(t *testing.T) {
	var ref reference
	loadReference(t, "metrics.json", &ref)
	for n, c := range ref.Spearman {
		got := Spearman(c.X, c.Y, 500, 1)
		if !near(got.Rho, c.Rho, 1e-12) || math.Abs(got.P-c.P) > 1e-9*c.P {
			t.Errorf("%d: rho %v p %v, want %v %v", n, got.Rho, got.P, c.Rho, c.P)
		}
		if math.Abs(got.PPermutation-c.P) > 0.08 {
			t.Errorf("%d: permutation p %v is far from %v", n, got.PPermutation, c.P)
		}
	}
	if got, want := Spearman([]float64{1, 1, 1}, []float64{1, 2, 3}, 10, 1),
		(Correlation{0, 3, 1, 1}); got != want {
		t.Errorf("no variation: %+v, want %+v", got, want)
	}
	if got := Spearman([]float64{1, 2, 3}, []float64{2, 4, 9}, 0,
		1); got != (Correlation{1, 3, 0, 1}) {
		t.Errorf("perfect order: %+v", got)
	}
}

// Twenty rows a group that are all right or all wrong hold no more news than
// one row a group: the interval must be as wide as that of the groups,
// sqrt(p(1-p)/groups), and not that of the rows.
func TestBootstrapDrawsGroups(t *testing.T) {
	const groups, per = 100, 20
	right := make([]float64, groups*per)
	b := Bootstrap{Rounds: 2000, Seed: 3}
	for i := range right {
		g := i % groups
		b.Groups = append(b.Groups, strconv.Itoa(g))
		if g < 70 {
			right[i] = 1
		}
	}
	share := func(rows []int) float64 {
		sum := 0.0
		for _, i := range rows {
			sum += right[i]
		}
		return ratio(sum, float64(len(rows)))
	}
	got := b.Interval(share)
	half := 1.96 * math.Sqrt(0.7*0.3/groups)
	if got.Value != 0.7 || math.Abs(got.Low-(0.7-half)) > 0.015 ||
		math.Abs(got.High-(0.7+half)) > 0.015 {
		t.Errorf("got %+v, want 0.7 +- %.3f", got, half)
	}
	if again := b.Interval(share); again != got {
		t.Errorf("same seed: %+v then %+v", got, again)
	}
}
