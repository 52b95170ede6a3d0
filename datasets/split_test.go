package datasets

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// stories makes n examples of distinct words, from 7 sources, one a day. Every
// fifth is a copy of the one before with another headline; every seventh shares
// a Group with its neighbour.
func stories(n int) []Example {
	r := rand.New(rand.NewPCG(1, 2))
	var list []Example
	for i := range n {
		var words []string
		for range 30 {
			words = append(words, fmt.Sprintf("w%d", r.IntN(1_000_000)))
		}
		e := Example{Article: Article{ID: fmt.Sprintf("s%03d", i),
			Source: fmt.Sprintf("outlet%d", i%7), Title: "Item " + words[0],
			Text:      strings.Join(words, " "),
			Published: time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC)}}
		if i%5 == 4 {
			e.Text = list[i-1].Text
		}
		if i%7 == 6 {
			e.Group = fmt.Sprintf("speech%d", i)
			list[i-1].Group = e.Group
		}
		list = append(list, e)
	}
	return list
}

func idsAt(list []Example, rows []int) []string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, list[row].ID)
	}
	slices.Sort(ids)
	return ids
}

// checkApart asserts that no group is on both sides and that the sides do not
// overlap.
func checkApart(t *testing.T, list []Example, f Fold) {
	t.Helper()
	groups := GroupIDs(list)
	for _, a := range f.Train {
		for _, b := range f.Dev {
			if a == b || groups[a] == groups[b] {
				t.Errorf("rows %d and %d of group %s are on both sides", a, b, groups[a])
			}
		}
	}
	if !slices.IsSorted(f.Train) || !slices.IsSorted(f.Dev) {
		t.Error("rows are not ascending")
	}
}

func TestSplit(t *testing.T) {
	list := stories(140)
	cut := time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC)
	for _, o := range []SplitOptions{{By: ByGroup, Fraction: .2, Seed: 1},
		{By: ByTime, Fraction: .2}, {By: ByTime, Cut: cut},
		{By: BySource, Fraction: .3, Seed: 3}} {
		train, dev, err := Split(list, o)
		if err != nil {
			t.Fatal(err)
		}
		checkApart(t, list, Fold{train, dev})
		shuffled := slices.Clone(list)
		rand.New(rand.NewPCG(3, 4)).Shuffle(len(list), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		train2, dev2, _ := Split(shuffled, o)
		equal(t, "train of shuffled rows", idsAt(shuffled, train2), idsAt(list, train))
		equal(t, "dev of shuffled rows", idsAt(shuffled, dev2), idsAt(list, dev))
		t.Logf("%+v: %d + %d of %d", o, len(train), len(dev), len(list))
		for _, row := range dev {
			if o.Cut.After(list[row].Published) {
				t.Errorf("%s is held out, published before the cut", list[row].ID)
			}
		}
		if o.By == BySource {
			for _, a := range train {
				for _, b := range dev {
					if list[a].Source == list[b].Source {
						t.Fatalf("source %s is on both sides", list[a].Source)
					}
				}
			}
		} else if len(train)+len(dev) != len(list) {
			t.Errorf("%d + %d rows of %d", len(train), len(dev), len(list))
		}
	}
	_, a, _ := Split(list, SplitOptions{By: ByGroup, Fraction: .2, Seed: 1})
	_, b, _ := Split(list, SplitOptions{By: ByGroup, Fraction: .2, Seed: 2})
	if reflect.DeepEqual(a, b) {
		t.Error("two seeds give the same split")
	}
}

// A copy that appears after the cut belongs with its original before the cut:
// else it would be tested on what was learned.
func TestSplitByTimeKeepsLateCopyInTrain(t *testing.T) {
	list := stories(20)
	list[19].Text = list[0].Text
	train, dev, err := Split(list, SplitOptions{By: ByTime, Cut: list[10].Published})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(train, 19) || slices.Contains(dev, 19) {
		t.Errorf("train %v, dev %v: want row 19 in train", train, dev)
	}
}

func TestSplitRefuses(t *testing.T) {
	list := stories(10)
	for _, o := range []SplitOptions{{}, {By: "row", Fraction: .5}, {By: ByGroup},
		{By: ByGroup, Fraction: 1},
		{By: ByTime, Cut: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)},
		{By: ByTime, Cut: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}} {
		if train, dev, err := Split(list, o); err == nil {
			t.Errorf("%+v: got %v, %v, want an error", o, train, dev)
		}
	}
	if _, _, err := Split(nil, SplitOptions{By: ByGroup, Fraction: .5}); err == nil {
		t.Error("split of nothing: want an error")
	}
	if _, err := Folds(list, 50, SplitOptions{By: ByGroup}); err == nil {
		t.Error("50 folds of 10 examples: want an error")
	}
}

func TestFolds(t *testing.T) {
	list := stories(140)
	for _, by := range []SplitBy{ByGroup, BySource} {
		folds, err := Folds(list, 5, SplitOptions{By: by, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		times := make([]int, len(list))
		for _, f := range folds {
			checkApart(t, list, f)
			for _, row := range f.Dev {
				times[row]++
			}
			if by == ByGroup && (len(f.Dev) < 26 || len(f.Dev) > 30) {
				t.Errorf("fold of %d rows, want about 28", len(f.Dev))
			}
		}
		if slices.Min(times) != 1 || slices.Max(times) != 1 {
			t.Errorf("by %s: rows are tested %v times, want once each", by, times)
		}
	}
}

func TestFoldsByTime(t *testing.T) {
	list := stories(140)
	folds, err := Folds(list, 3, SplitOptions{By: ByTime})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range folds {
		checkApart(t, list, f)
		if got, least := len(f.Train), 30*(i+1); got < least {
			t.Errorf("fold %d learns from %d rows, want at least %d", i, got, least)
		}
		if first, last := list[f.Dev[0]].Published,
			list[f.Train[len(f.Train)-1]].Published; last.After(first.AddDate(0, 0, 2)) {
			t.Errorf("fold %d learns from %s and tests on %s", i, last, first)
		}
	}
}
