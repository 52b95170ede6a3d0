package batch

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// storyFinder groups the articles of a run, and those of earlier dates, that
// tell the same story in the same words.
type storyFinder struct {
	deduper   datasets.Deduper
	earlier   map[string]struct{} // groups of earlier dates
	published []int64             // of the articles of this run, in Unix microseconds; 0 unknown
}

func newStoryFinder() *storyFinder { return &storyFinder{earlier: map[string]struct{}{}} }

// add takes the next article of this run.
func (f *storyFinder) add(s datasets.Signature, published time.Time) {
	at := int64(0)
	if !published.IsZero() {
		at = published.UnixMicro()
	}
	f.deduper.Add(s, strconv.Itoa(len(f.published)))
	f.published = append(f.published, at)
}

// stories are the answers, in the order of add. The primary article of a story
// is the one published first, unknown times last, ties by order; a story that
// an earlier date has told has none.
func (f *storyFinder) stories() ([]output.Story, error) {
	found := make([]output.Story, len(f.published))
	for _, g := range f.deduper.Groups() {
		first := -1
		for _, m := range g.Members {
			i, err := strconv.Atoi(m)
			if err != nil || i >= len(found) {
				return nil, fmt.Errorf("batch: article %q in a group of duplicates was never added", m)
			}
			found[i].Group = g.ID
			if first < 0 || f.before(i, first) {
				first = i
			}
		}
		if _, told := f.earlier[g.ID]; !told {
			found[first].Primary = true
		}
	}
	return found, nil
}

// before reports whether article i came out before article j.
func (f *storyFinder) before(i, j int) bool {
	a, b := f.published[i], f.published[j]
	if (a == 0) != (b == 0) {
		return b == 0
	}
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(i, j)) < 0
}

// storyView is what later dates need of an ArticleRow.
type storyView struct {
	DupGroupID   string  `parquet:"dup_group_id,plain"`
	DupSignature *string `parquet:"dup_signature,optional,plain"`
}

// remember adds the articles of the days before l's date that lie under its
// root. A part that cannot be read costs the links to its stories, not the
// night: it is logged.
func (f *storyFinder) remember(l output.Layout, date time.Time, days int, log *slog.Logger) {
	for back := days; back > 0; back-- {
		earlier := output.Layout{Root: l.Root, Date: date.UTC().AddDate(0, 0, -back).Format(time.DateOnly)}
		for _, name := range earlier.Parts(output.ArticlesData) {
			if err := f.rememberPart(name); err != nil {
				log.Warn("an earlier date cannot be compared with", "error", err)
			}
		}
	}
}

// rememberPart adds the articles of one part. It is checked first: the decoder
// is for bytes that we wrote.
func (f *storyFinder) rememberPart(path string) error {
	if _, err := output.CheckPart(path); err != nil {
		return err
	}
	return output.EachRow(path, func(v *storyView) error {
		f.addEarlier(v.DupSignature, v.DupGroupID)
		return nil
	})
}

// addEarlier takes an article of an earlier date by its columns.
func (f *storyFinder) addEarlier(signature *string, group string) {
	if s, ok := parseSignature(signature); ok {
		group = strings.Clone(group)
		f.earlier[group] = struct{}{}
		f.deduper.AddEarlier(s, group)
	}
}

// addTold is add for an article known by its columns.
func (f *storyFinder) addTold(a Told) error {
	s, ok := parseSignature(&a.Signature)
	if !ok {
		return fmt.Errorf("batch: article %q has no dup_signature of this version; answer for it again", a.ArticleID)
	}
	published := time.Time{}
	if a.Published != 0 {
		published = time.UnixMicro(a.Published)
	}
	f.add(s, published)
	return nil
}

// signaturePrefix begins a dup_signature and tells its version.
func signaturePrefix() string { return strconv.Itoa(datasets.SignatureVersion) + ":" }

// formatSignature is the column dup_signature.
func formatSignature(s datasets.Signature) string {
	data, _ := s.MarshalBinary() // cannot fail: it is an array of numbers
	return signaturePrefix() + base64.RawStdEncoding.EncodeToString(data)
}

// parseSignature is its inverse; ok is false for those of another version,
// which cannot be compared.
func parseSignature(column *string) (s datasets.Signature, ok bool) {
	if column == nil {
		return s, false
	}
	encoded, ours := strings.CutPrefix(*column, signaturePrefix())
	data, err := base64.RawStdEncoding.DecodeString(encoded)
	return s, ours && err == nil && s.UnmarshalBinary(data) == nil
}
