package batch

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// quarantineOf is the row of a rejected record.
func quarantineOf(bad *datasets.RecordError, s Stamp) QuarantineRow {
	return QuarantineRow{
		Reason: string(bad.Reason), Message: valid(bad.Detail), File: valid(bad.File),
		Line: int32(bad.Line), ByteOffset: bad.Offset, Excerpt: text(valid(cut(bad.Excerpt, datasets.ExcerptLimit))),
		Stamp: s,
	}
}

// duplicateID is the rejection of an article whose id was seen before. The first one stays: which that is depends on
// the order of the inputs alone.
func duplicateID(a *datasets.Article) *datasets.RecordError {
	return &datasets.RecordError{
		Origin: a.Origin, Reason: datasets.ReasonDuplicate,
		Detail: fmt.Sprintf("an earlier record of this run has the id %q; give each article its own, or drop the repeat",
			cut(a.ID, 200)),
		Excerpt: cut(a.Title+"\n\n"+a.Text, datasets.ExcerptLimit),
	}
}

// cut is s without what lies beyond n bytes, ended at a rune.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// valid is s as the UTF-8 that a STRING column must hold.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// QuarantineError is a run that rejected more than it may. Nothing was published.
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
