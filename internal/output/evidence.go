package output

import (
	"cmp"
	"slices"
	"strings"
)

// evidenceLimit is how many rows of evidence a report takes.
const evidenceLimit = 240

// evidence keeps the clearest row of each topic, country and side.
type evidence map[evidenceKey]Row

type evidenceKey struct{ topic, country, stance string }

// add keeps the row if it is the clearest of its key and its sentence tells an
// act of the country.
func (e evidence) add(r *Row, acts func(sentence, country, topic string) bool) {
	if *r.Stance == "neutral" || r.EvidenceText == nil {
		return
	}
	key := evidenceKey{r.Topic, r.Country, *r.Stance}
	if best, found := e[key]; found && compareClarity(*r, best) >= 0 {
		return
	}
	if acts == nil || acts(*r.EvidenceText, r.Country, r.Topic) {
		kept := ownStrings(*r)
		e[evidenceKey{kept.Topic, kept.Country, *kept.Stance}] = kept
	}
}

// ownStrings is a row whose strings do not hold pages of a part in memory.
func ownStrings(r Row) Row {
	for _, s := range []*string{&r.ArticleID, &r.Country, &r.CountryName, &r.Topic} {
		*s = strings.Clone(*s)
	}
	for _, p := range []**string{&r.Source, &r.URL, &r.Title, &r.Stance, &r.EvidenceText} {
		if *p != nil {
			own := strings.Clone(**p)
			*p = &own
		}
	}
	return r
}

// compareClarity sorts rows by the size of their score, the greatest first,
// then by date, article and country.
func compareClarity(a, b Row) int {
	return cmp.Or(cmp.Compare(max(*b.StanceScore, -*b.StanceScore),
		max(*a.StanceScore, -*a.StanceScore)),
		cmp.Compare(a.RunDate, b.RunDate), cmp.Compare(a.ArticleID, b.ArticleID),
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Topic, b.Topic))
}

// rows lists the clearest rows, and says how many are left out.
func (e evidence) rows() (kept []Row, left int) {
	for _, r := range e {
		kept = append(kept, r)
	}
	slices.SortFunc(kept, compareClarity)
	if left = max(0, len(kept)-evidenceLimit); left > 0 {
		kept = kept[:evidenceLimit]
	}
	return kept, left
}
