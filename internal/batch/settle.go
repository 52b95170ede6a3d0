package batch

import (
	"cmp"
	"slices"

	"stance/internal/output"
)

// Told is what settling needs to know of an article that was answered for
// elsewhere, without its text.
type Told struct {
	File      string // where it stood; decides the order, with Line
	Line      int
	ArticleID string
	Words     string // [WordsID]
	Signature string // column dup_signature
	Published int64  // Unix microseconds; 0 unknown
}

// Settled is what an article turns out to be beside all others of its date.
type Settled struct {
	Told
	Repeated bool // its id is taken: it belongs to the quarantine
	Story    output.Story
}

// Earlier is what settling needs to know of an article of an earlier date.
type Earlier struct{ Group, Signature string }

// Settle does for articles from anywhere what a run does for those it reads:
// ids are unique, and stories are found among the articles and with those of
// earlier dates. The result is sorted by place and does not depend on the order
// of articles. A signature that another version made is an error.
func Settle(articles []Told, earlier []Earlier) ([]Settled, error) {
	slices.SortFunc(articles, func(a, b Told) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Words, b.Words))
	})
	finder, ids := newStoryFinder(), idBook{}
	for _, e := range earlier {
		finder.addEarlier(&e.Signature, e.Group)
	}
	settled := make([]Settled, len(articles))
	for i, a := range articles {
		id, became := ids.enter(a.ArticleID, hashID(a.ArticleID), sightingOf(a.File, a.Words), a.Words)
		a.ArticleID = id
		settled[i] = Settled{Told: a, Repeated: became == repeated}
		if became == repeated {
			continue
		}
		if err := finder.addTold(a); err != nil {
			return nil, err
		}
	}
	stories, err := finder.stories()
	if err != nil {
		return nil, err
	}
	for i := range settled {
		if !settled[i].Repeated {
			settled[i].Story, stories = stories[0], stories[1:]
		}
	}
	return settled, nil
}
