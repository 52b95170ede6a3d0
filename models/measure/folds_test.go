package measure

import (
	"reflect"
	"strconv"
	"testing"
)

func TestGroupFoldsKeepGroupsAndSizes(t *testing.T) {
	var groups []string
	for i := range 100 {
		groups = append(groups, strconv.Itoa(i*i/250)) // 40 groups of 1 to 16 rows
	}
	folds := GroupFolds(groups, 5, 9)
	size, of := make([]int, 5), map[string]int{}
	for i, g := range groups {
		size[folds[i]]++
		if f, ok := of[g]; ok && f != folds[i] {
			t.Errorf("group %s lies in folds %d and %d", g, f, folds[i])
		}
		of[g] = folds[i]
	}
	if want := []int{20, 20, 20, 20, 20}; !reflect.DeepEqual(size, want) {
		t.Errorf("sizes %v, want %v", size, want)
	}
	if again := GroupFolds(groups, 5, 9); !reflect.DeepEqual(again, folds) {
		t.Error("same seed, other folds")
	}
}
