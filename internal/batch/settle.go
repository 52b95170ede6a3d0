package batch

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// Told is what settling needs to know of an article that was answered for
// elsewhere, without its text and signature.
type Told struct {
	File      string // where it stood; decides the order, with Line
	Line      int
	ArticleID string
	Words     string // [WordsID]
	Published int64  // Unix microseconds; 0 unknown
}

// Settled is what an article turns out to be beside all others of its date.
type Settled struct {
	Told
	Repeated bool // its id is taken: it belongs to the quarantine
	Story    output.Story

	signature *datasets.Signature
}

// Settler does for articles from anywhere what a run does for those it reads:
// ids are unique, and stories are found among the articles and with those of
// earlier dates. It keeps less than 1 kB an article. It is not safe for many
// goroutines at once.
type Settler struct {
	finder   *storyFinder
	articles []Settled
}

// NewSettler is a Settler that has seen nothing.
func NewSettler() *Settler { return &Settler{finder: newStoryFinder()} }

// Add takes an article of the date and its dup_signature. A signature that
// another version made is an error.
func (s *Settler) Add(a Told, signature string) error {
	parsed, ok := parseSignature(&signature)
	if !ok {
		return fmt.Errorf("batch: article %q has no dup_signature of this version; answer for it again", a.ArticleID)
	}
	s.articles = append(s.articles, Settled{Told: a, signature: parsed})
	return nil
}

// AddEarlier takes an article of an earlier date by its dup_group_id and
// dup_signature. A signature that another version made is passed over.
func (s *Settler) AddEarlier(group, signature string) {
	s.finder.addEarlier(&signature, group)
}

// Settle returns all articles of the date, sorted by place. They do not depend
// on the order of Add. It may be called once.
func (s *Settler) Settle() []Settled {
	slices.SortFunc(s.articles, func(a, b Settled) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Words, b.Words))
	})
	ids := idBook{}
	for i := range s.articles {
		a := &s.articles[i]
		id, became := ids.enter(a.ArticleID, hashID(a.ArticleID), sightingOf(a.File, a.Words),
			a.Words)
		a.ArticleID, a.Repeated = id, became == repeated
		if !a.Repeated {
			s.finder.add(a.signature, id, a.published())
		}
	}
	stories := s.finder.stories()
	for i := range s.articles {
		if a := &s.articles[i]; !a.Repeated {
			a.Story, stories = stories[0], stories[1:]
		}
	}
	return s.articles
}

func (a *Told) published() time.Time {
	if a.Published == 0 {
		return time.Time{}
	}
	return time.UnixMicro(a.Published)
}
