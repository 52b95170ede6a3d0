package vector

import (
	"math"
	"slices"
	"strconv"
	"testing"
)

// TestHash pins the hash: bundles hold IDs, so another hash is another format.
// Expected values come from the reference FNV-1a of "", "a" and "send",
// finished with fmix64 of MurmurHash3 (computed apart, in Python).
func TestHash(t *testing.T) {
	for text, want := range map[string]ID{"": 0xefd01f60ba992926, "a": 0x82a2a958a9bece5b,
		"send": 0x16300e8f8c7b77a2} {
		if got := Hash(text); got != want {
			t.Errorf("Hash(%q) = %#x, want %#x", text, uint64(got), uint64(want))
		}
	}
	if a, b := Hash("a"), Hash("b"); Join(a, b) == Join(b, a) {
		t.Error("Join does not see the order of its parts")
	}
}

func TestVocabulary(t *testing.T) {
	ids := []ID{1, 2, 1 << 40, 1 << 62, 1<<62 + 1, math.MaxUint64 - 1, math.MaxUint64}
	v := NewVocabulary(ids)
	for j, id := range ids {
		if got := v.Column(id); got != int32(j) {
			t.Errorf("column of %x is %d, want %d", uint64(id), got, j)
		}
	}
	for _, id := range []ID{0, 3, 1<<40 - 1, 1<<62 + 2, math.MaxUint64 - 2} {
		if got := v.Column(id); got != -1 {
			t.Errorf("column of unknown %x is %d", uint64(id), got)
		}
	}
	if got := v.Select([]int32{1, 3}).IDs(); !slices.Equal(got, []ID{2, 1 << 62}) {
		t.Errorf("selected %x", got)
	}
	if NewVocabulary(nil).Column(7) != -1 {
		t.Error("an empty vocabulary knows a feature")
	}
}

// TestBagAndCountsAgree has one row counted for training and filled in for
// prediction: both must give the same vector, to the bit.
func TestBagAndCountsAgree(t *testing.T) {
	row := []Feature{{ID: 9, Weight: 1}, {ID: 4, Weight: 2}, {ID: 9, Weight: 1}, {ID: 7, Weight: 1},
		{ID: 9, Weight: 1}, {ID: 5, Weight: 1}}
	c := NewCounts()
	c.Add(row)
	c.Add([]Feature{{ID: 4, Weight: 2}, {ID: 9, Weight: 1}, {ID: 5, Weight: 1}})
	v, m, err := c.Fit(Options{MinDF: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v.IDs(), []ID{4, 5, 9}) {
		t.Fatalf("vocabulary %v, want 4 5 9", v.IDs())
	}
	var b Bag
	// what was there before must be forgotten
	b.Fill(v, []Feature{{ID: 5, Weight: 1}, {ID: 5, Weight: 1}})
	b.Fill(v, row)
	x := b.Vector(Vector{})
	if got := m.Row(0); !slices.Equal(got.Index, x.Index) || !slices.Equal(got.Value, x.Value) {
		t.Errorf("counts give %v, the bag %v", got, x)
	}
	norm := math.Sqrt(2*2 + 1 + math.Pow(1+math.Log(3), 2))
	if want := []float64{2 / norm, 1 / norm, (1 + math.Log(3)) / norm}; !near(x.Value, want) {
		t.Errorf("values %v, want %v", x.Value, want)
	}
	if want := []int32{2, 0, 2, -1, 2, 1}; !slices.Equal(b.Entries, want) || b.Known != 5 ||
		b.Count(2) != 3 {
		t.Errorf("entries %v, %d known; want %v, 5 known", b.Entries, b.Known, want)
	}
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-15 })
}

func TestMaxTermsKeepsTheMostFrequent(t *testing.T) {
	c := NewCounts()
	for _, ids := range [][]ID{{1, 2, 3}, {2, 3}, {3}, {1}} {
		var row []Feature
		for _, id := range ids {
			row = append(row, Feature{ID: id, Weight: 1})
		}
		c.Add(row)
	}
	v, _, err := c.Fit(Options{MinDF: 1, MaxTerms: 2})
	if err != nil || !slices.Equal(v.IDs(), []ID{1, 3}) {
		t.Errorf("kept %v, %v; want 3 and, of the tie, 1", v.IDs(), err)
	}
	if _, _, err := c.Fit(Options{MinDF: 9}); err == nil {
		t.Error("no error without a feature left")
	}
}

// someFeatures are n features of a vocabulary, each met twice, and as many it
// does not have.
func someFeatures(n int) (*Vocabulary, []Feature) {
	var ids []ID
	for i := range n {
		ids = append(ids, Hash(strconv.Itoa(i)))
	}
	slices.Sort(ids)
	var features []Feature
	for i := range 2 * n {
		features = append(features, Feature{ID: ids[i%n], Weight: 1},
			Feature{ID: Hash("no " + strconv.Itoa(i)), Weight: 1})
	}
	return NewVocabulary(ids), features
}

func TestBagDoesNotAllocate(t *testing.T) {
	v, features := someFeatures(500)
	var b Bag
	var x Vector
	fill := func() {
		b.Fill(v, features)
		x = b.Vector(x)
	}
	fill()
	if n := testing.AllocsPerRun(50, fill); n != 0 {
		t.Errorf("%v allocations for a question, want 0", n)
	}
	for i := range features {
		want := v.Column(features[i].ID)
		if entry := b.Entries[i]; want < 0 && entry != -1 || want >= 0 && x.Index[entry] != want {
			t.Fatalf("feature %d has entry %d, want that of column %d", i, entry, want)
		}
	}
}

func BenchmarkBag(b *testing.B) {
	v, features := someFeatures(500)
	var bag Bag
	var x Vector
	b.ReportAllocs()
	for b.Loop() {
		bag.Fill(v, features)
		x = bag.Vector(x)
	}
}
