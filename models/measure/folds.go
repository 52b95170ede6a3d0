package measure

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// GroupFolds assigns rows to n folds of about equal size. Rows of one group
// share a fold. It shuffles the groups by seed, takes the largest first and
// gives each to the fold with the fewest rows. With fewer groups than folds
// some folds stay empty.
func GroupFolds(groups []string, n int, seed uint64) []int {
	members := Bootstrap{Groups: groups}.members()
	rng := rand.New(rand.NewPCG(seed, 1))
	rng.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	slices.SortStableFunc(members, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	out := make([]int, len(groups))
	size := make([]int, n)
	for _, rows := range members {
		fold := slices.Index(size, slices.Min(size))
		for _, i := range rows {
			out[i] = fold
		}
		size[fold] += len(rows)
	}
	return out
}
