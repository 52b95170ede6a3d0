package batch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stance/datasets"
)

// duplicateID rejects an article whose id was seen before. The first article
// with an id stays: which that is depends on the order of the inputs alone.
func duplicateID(a *datasets.Article) *datasets.RecordError {
	return &datasets.RecordError{
		Origin: a.Origin, Reason: datasets.ReasonDuplicate,
		Detail: fmt.Sprintf("an earlier record of this run has the id %.200q; give each article its own, or drop the repeat",
			a.ID),
		Excerpt: a.Title + "\n\n" + a.Text,
	}
}

// QuarantineError is a run that rejected more than it may. Nothing was
// published.
type QuarantineError struct {
	Rejected, Records int
	Limit             float64
	By                map[datasets.Reason]int
}

func (e *QuarantineError) Error() string {
	var by []string
	for _, r := range slices.Sorted(maps.Keys(e.By)) {
		by = append(by, fmt.Sprintf("%s %d", r, e.By[r]))
	}
	return fmt.Sprintf("batch: %d of %d records rejected (%s), more than the share %v allowed; "+
		"look at the input or raise --max-quarantine-ratio", e.Rejected, e.Records, strings.Join(by, ", "), e.Limit)
}
