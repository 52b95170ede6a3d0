package golearn

import (
	"cmp"
	"slices"

	"stance/features/vector"
)

// bestColumns are the at most limit columns of x that tell most about the
// class, in increasing order. Columns without an entry are never among them;
// equal columns go by their number.
//
// The measure is Pearson's chi-squared of the table presence x class; see Y.
// Yang, J. Pedersen, "A comparative study on feature selection in text
// categorization", ICML 1997, section 2.4. A value of 0 is absence.
func bestColumns(x *vector.Matrix, y []int, classes, limit int) []int32 {
	present := make([]int32, x.Cols*classes) // rows of each class with the column
	rows := make([]int, classes)             // rows of each class
	for i, c := range y {
		rows[c]++
		v := x.Row(i)
		for k, j := range v.Index {
			if v.Value[k] != 0 {
				present[int(j)*classes+c]++
			}
		}
	}
	type ranked struct {
		column int32
		chi2   float64
	}
	var all []ranked
	for j := range x.Cols {
		counts := present[j*classes : (j+1)*classes]
		if slices.Max(counts) > 0 {
			all = append(all, ranked{int32(j), chiSquared(counts, rows)})
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(b.chi2, a.chi2) })
	out := make([]int32, min(limit, len(all)))
	for n := range out {
		out[n] = all[n].column
	}
	slices.Sort(out)
	return out
}

// chiSquared is the sum of (seen - expected)^2 / expected over the cells of the
// table {present, absent} x class, where present[c] of rows[c] rows have the
// column.
func chiSquared(present []int32, rows []int) float64 {
	with, total := 0, 0
	for c, n := range rows {
		with += int(present[c])
		total += n
	}
	if with == 0 || with == total {
		return 0
	}
	share := float64(with) / float64(total)
	sum := 0.0
	for c, n := range rows {
		if n == 0 {
			continue
		}
		off := float64(present[c]) - share*float64(n) // the two cells of a class are off by as much
		sum += off * off / (float64(n) * share * (1 - share))
	}
	return sum
}
