package batch

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// storyFinder groups the articles of a run, and those of earlier dates, that
// tell the same story in the same words. What it finds does not depend on the
// order in which articles come.
type storyFinder struct {
	deduper datasets.Deduper
	earlier map[string]string // groups of earlier dates, each once
	foreign int               // articles of earlier dates that cannot be compared
	tellers []teller          // the articles of this run
}

// teller is what decides which article of a story is the primary one.
type teller struct {
	published int64   // Unix microseconds; 0 unknown
	content   [8]byte // the beginning of the content hash
	id        string
}

func newStoryFinder() *storyFinder { return &storyFinder{earlier: map[string]string{}} }

// add takes the next article of this run. Its id is its own among them.
func (f *storyFinder) add(s *datasets.Signature, id string, published time.Time) {
	at := int64(0)
	if !published.IsZero() {
		at = published.UnixMicro()
	}
	f.deduper.Add(s, len(f.tellers))
	f.tellers = append(f.tellers, teller{at, s.Content, id})
}

// stories are the answers, in the order of add. The primary article of a story
// is the one published first, unknown times last, ties by content hash, then by
// id; a story that an earlier date has told has none.
func (f *storyFinder) stories() []output.Story {
	found := make([]output.Story, len(f.tellers))
	for _, g := range f.deduper.Groups() {
		first := g.Members[0]
		for _, i := range g.Members {
			found[i].Group = g.ID
			if f.tellers[i].before(&f.tellers[first]) {
				first = i
			}
		}
		if _, told := f.earlier[g.ID]; !told {
			found[first].Primary = true
		}
	}
	return found
}

// before reports whether t rather than u is the primary article of a story.
func (t *teller) before(u *teller) bool {
	if (t.published == 0) != (u.published == 0) {
		return u.published == 0
	}
	return cmp.Or(cmp.Compare(t.published, u.published), bytes.Compare(t.content[:], u.content[:]),
		cmp.Compare(t.id, u.id)) < 0
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
		earlier := output.Layout{Root: l.Root,
			Date: date.UTC().AddDate(0, 0, -back).Format(time.DateOnly)}
		for _, name := range earlier.Parts(output.ArticlesData) {
			if err := f.rememberPart(name); err != nil {
				log.Warn("an earlier date cannot be compared with", "error", err)
			}
		}
	}
	if f.foreign > 0 {
		log.Warn("stories of earlier dates are told anew: another version wrote them", "articles",
			f.foreign)
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
	s, ok := parseSignature(signature)
	if !ok {
		f.foreign++
		return
	}
	kept, known := f.earlier[group]
	if !known {
		kept = strings.Clone(group)
		f.earlier[kept] = kept
	}
	f.deduper.AddEarlier(s, kept)
}

// signaturePrefix begins a dup_signature and tells its version.
func signaturePrefix() string { return strconv.Itoa(datasets.SignatureVersion) + ":" }

// formatSignature is the column dup_signature.
func formatSignature(s *datasets.Signature) string {
	data, _ := s.MarshalBinary() // cannot fail: it is an array of numbers
	return signaturePrefix() + base64.RawStdEncoding.EncodeToString(data)
}

// parseSignature is its inverse; ok is false for those of another version,
// which cannot be compared.
func parseSignature(column *string) (s *datasets.Signature, ok bool) {
	if column == nil {
		return nil, false
	}
	encoded, ours := strings.CutPrefix(*column, signaturePrefix())
	data, err := base64.RawStdEncoding.DecodeString(encoded)
	s = new(datasets.Signature)
	return s, ours && err == nil && s.UnmarshalBinary(data) == nil
}
