package output

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// Findings is what is published for a range of dates, for a report to people.
type Findings struct {
	Dates      []string // run dates, YYYY-MM-DD, ascending
	Articles   int64
	Aggregates []AggregateRow // by day, country, topic; a story speaks once in the whole range, through its first article
	Evidence   []Row          // by topic: of each side, the rows that speak for it most clearly, one per country
	Quarantine []QuarantineCount
	Models     []string // ids of the bundles that answered, in the order of the dates
}

// QuarantineCount is how many records were rejected for one reason, with one of
// them.
type QuarantineCount struct {
	Reason  string
	Count   int64
	Example QuarantineRow // the first
}

// ReadFindings reads what is published under out for the run dates from first
// to last, both included; a zero time leaves that end open. perSide is how many
// rows of evidence are kept for each side of each topic. It fails when no date
// lies in the range, and on a part that cannot be read.
func ReadFindings(out string, first, last time.Time, perSide int) (Findings, error) {
	dates, _, err := publishedDates(out)
	if err != nil {
		return Findings{}, err
	}
	f := Findings{}
	for _, d := range dates {
		if (first.IsZero() || d >= first.Format(time.DateOnly)) && (last.IsZero() || d <= last.Format(time.DateOnly)) {
			f.Dates = append(f.Dates, d)
		}
	}
	if len(f.Dates) == 0 {
		return f, fmt.Errorf("output: nothing is published under %s for these dates; run classify --out %s, or check --from and --to", out, out)
	}
	strongest := &evidence{perSide: perSide, sides: map[evidenceKey][]Row{}}
	t := NewTally()
	for _, d := range f.Dates {
		if err := f.readDate(Layout{out, d}, t, strongest); err != nil {
			return f, err
		}
	}
	f.Aggregates, f.Evidence = t.Rows(Stamp{SchemaVersion: SchemaVersion}), strongest.rows()
	slices.SortStableFunc(f.Quarantine, func(a, b QuarantineCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return f, nil
}

// readDate adds one date.
func (f *Findings) readDate(l Layout, t *Tally, strongest *evidence) error {
	return errors.Join(
		eachPublished(l, StanceData, func(r *StanceView) error {
			wholeRange := cellKey{math.MinInt32, r.Country, r.Topic}
			if r.Stance != nil && !t.first(wholeRange, r.DupGroupID) {
				return nil
			}
			return t.Add(r)
		}),
		eachPublished(l, StanceData, func(r *Row) error {
			strongest.add(r)
			return nil
		}),
		eachPublished(l, ArticlesData, func(r *articleCount) error {
			f.Articles++
			if !slices.Contains(f.Models, r.ModelID) {
				f.Models = append(f.Models, r.ModelID)
			}
			return nil
		}),
		eachPublished(l, QuarantineData, func(r *QuarantineRow) error {
			at := slices.IndexFunc(f.Quarantine, func(q QuarantineCount) bool { return q.Reason == r.Reason })
			if at < 0 {
				at = len(f.Quarantine)
				f.Quarantine = append(f.Quarantine, QuarantineCount{Reason: r.Reason, Example: *r})
			}
			f.Quarantine[at].Count++
			return nil
		}))
}

// articleCount is what is read of an ArticleRow to count it.
type articleCount struct {
	ModelID string `parquet:"model_id,dict"`
}

// evidence keeps the clearest rows of each side of each topic.
type evidence struct {
	perSide int
	sides   map[evidenceKey][]Row // clearest first, one per country
}

type evidenceKey struct{ topic, stance string }

// add keeps r if it is among the clearest. A story speaks once, through its
// first article.
func (e *evidence) add(r *Row) {
	if r.Stance == nil || *r.Stance == "neutral" || r.EvidenceText == nil || r.StanceScore == nil || !r.IsDupPrimary {
		return
	}
	key := evidenceKey{r.Topic, *r.Stance}
	list := e.sides[key]
	if at := slices.IndexFunc(list, func(o Row) bool { return o.Country == r.Country }); at >= 0 {
		if compareClarity(*r, list[at]) >= 0 {
			return
		}
		list = slices.Delete(list, at, at+1)
	}
	at, _ := slices.BinarySearchFunc(list, *r, compareClarity)
	list = slices.Insert(list, at, *r)
	e.sides[key] = list[:min(e.perSide, len(list))]
}

// compareClarity sorts rows by the size of their score, the greatest first,
// then by article and country.
func compareClarity(a, b Row) int {
	return cmp.Or(cmp.Compare(max(*b.StanceScore, -*b.StanceScore), max(*a.StanceScore, -*a.StanceScore)),
		cmp.Compare(a.RunDate, b.RunDate), cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Country, b.Country))
}

// rows lists what was kept: by topic, supportive before critical.
func (e *evidence) rows() []Row {
	var keys []evidenceKey
	for k := range e.sides {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b evidenceKey) int {
		return cmp.Or(cmp.Compare(a.topic, b.topic), cmp.Compare(b.stance, a.stance))
	})
	var out []Row
	for _, k := range keys {
		out = append(out, e.sides[k]...)
	}
	return out
}
