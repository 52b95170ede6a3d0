package output

import (
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// QuarantineOf is the row of a rejected record, without its Stamp. Its excerpt
// is cut to
// [datasets.ExcerptLimit] bytes.
func QuarantineOf(bad *datasets.RecordError) QuarantineRow {
	return QuarantineRow{
		Reason: string(bad.Reason), Message: valid(bad.Detail), File: valid(bad.File),
		Line: int32(bad.Line), ByteOffset: bad.Offset,
		Excerpt: text(valid(cut(bad.Excerpt, datasets.ExcerptLimit))),
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
