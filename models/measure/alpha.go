package measure

// Alpha is Krippendorff's alpha for nominal data. A unit holds the classes that
// the observers gave it, an index below classes each; those that gave none are
// left out, and units with fewer than two say nothing. 1 is full agreement, 0
// what chance gives. ok is false when no unit has two or all values are equal,
// as alpha is not defined then.
//
// K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section
// C: one less observed over expected disagreement.
func Alpha(units [][]int, classes int) (alpha float64, ok bool) {
	total := make([]float64, classes) // pairable values by class
	n, observed := 0.0, 0.0
	for _, unit := range units {
		m := float64(len(unit))
		if m < 2 {
			continue
		}
		count := make([]float64, classes)
		for _, c := range unit {
			count[c]++
		}
		for c, k := range count {
			total[c] += k
			observed += k * (m - k) / (m - 1)
		}
		n += m
	}
	expected := 0.0
	for _, k := range total {
		expected += k * (n - k)
	}
	if n == 0 || expected == 0 {
		return 0, false
	}
	return 1 - (n-1)*observed/expected, true
}
