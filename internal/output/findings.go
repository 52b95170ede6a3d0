package output

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"stance/models"
)

// Selection says what to read for a report or an export.
type Selection struct {
	First, Last time.Time // run dates, both included; zero leaves that end open
	Topic       string    // only this topic; "" reads all
	Country     string    // only this country; "" reads all

	// Acts reports whether a sentence, read alone, tells what the country
	// itself does or says. Evidence that fails it is left out; nil keeps all.
	Acts func(sentence, country, topic string) bool
}

// Findings is what is published for a range of dates, for a report to people.
//
// A story speaks once in the whole range for each country and topic: through
// the first row, in the order of dates, parts and rows. All counts of stories
// follow from that rule, so that those of runs or days add up to those of the
// range.
type Findings struct {
	Runs       []Run         // by date; never empty
	ByRun      []Cell        // by country, topic, run date
	ByDay      []Cell        // by country, topic, day of publication (run date when unknown)
	Outlets    []OutletCount // by source, topic
	Evidence   []Row         // the clearest row of each topic, country and side, the clearest first
	Left       int           // evidence that is left out because there was too much
	Quarantine []QuarantineCount
	Models     []string // ids of the bundles that answered, in the order of the dates
}

// Run is what one run date published, whatever the selection.
type Run struct {
	Date         string // YYYY-MM-DD
	Articles     int64
	Rejected     int64
	OffTopic     int64             // articles without a row
	Unknown      Scores            // of the rows' oov_ratio; only Stories, Sum and Squares
	Topics       map[string]int64  // articles that name a topic
	Countries    map[string]int64  // articles that name a country
	Outlets      map[string]int64  // articles of an outlet
	Stances      map[string]Scores // stories first told in this run, by topic
	CountryNames map[string]string // of the countries that have a row
}

// Cell is one country beside one topic on one date.
type Cell struct {
	Country, CountryName, Topic string
	Day                         int32 // days since 1970-01-01
	Scores
	Articles int64 // with a stance
	Mentions int64 // that only name the country
	Unjudged int64 // without a stance for another reason
}

// OutletCount is one outlet's answers on a topic. An answer is a country's
// stance in a story that the outlet told; copies of it count once.
type OutletCount struct {
	Source, Topic string // Source is "" for articles that name no outlet
	Scores               // of answers
	Told          int64  // distinct stories the answers come from
}

// QuarantineCount is how many records were rejected for one reason, with one of
// them.
type QuarantineCount struct {
	Reason  string
	Count   int64
	Example QuarantineRow // the first
}

// ReadFindings reads what is published under out. It fails when no date lies in
// the range, and on a part that cannot be read. Its memory grows with the
// distinct stories, by about 100 bytes for each country and topic of a story.
func ReadFindings(out string, s Selection) (Findings, error) {
	dates, err := selectedDates(out, s)
	if err != nil {
		return Findings{}, err
	}
	r := newFindingsReader(s)
	for _, d := range dates {
		if err := r.readDate(Layout{out, d}); err != nil {
			return r.found, err
		}
	}
	return r.finish(), nil
}

// selectedDates lists the published dates in the range of s. None is an error.
func selectedDates(root string, s Selection) ([]string, error) {
	dates, _, err := publishedDates(root)
	if err != nil {
		return nil, err
	}
	dates = slices.DeleteFunc(dates, func(d string) bool {
		return !s.First.IsZero() && d < s.First.Format(time.DateOnly) ||
			!s.Last.IsZero() && d > s.Last.Format(time.DateOnly)
	})
	if len(dates) == 0 {
		return nil, fmt.Errorf("output: nothing is published under %s for these dates; run classify --out %s, or check --since and --until", root, root)
	}
	return dates, nil
}

// findingsReader counts rows while they pass.
type findingsReader struct {
	Selection
	found        Findings
	byRun, byDay map[cellKey]*Cell
	outlets      map[[2]string]*OutletCount
	seen         map[uint64]struct{} // what has been counted once
	evidence     evidence
}

func newFindingsReader(s Selection) *findingsReader {
	return &findingsReader{Selection: s, byRun: map[cellKey]*Cell{}, byDay: map[cellKey]*Cell{},
		outlets: map[[2]string]*OutletCount{}, seen: map[uint64]struct{}{}, evidence: evidence{}}
}

// readDate adds one date.
func (r *findingsReader) readDate(l Layout) error {
	day, err := time.Parse(time.DateOnly, l.Date)
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	r.found.Runs = append(r.found.Runs,
		Run{Date: l.Date, Topics: map[string]int64{}, Countries: map[string]int64{},
			Outlets: map[string]int64{}, Stances: map[string]Scores{},
			CountryNames: map[string]string{}})
	run := &r.found.Runs[len(r.found.Runs)-1]
	return errors.Join(
		eachPublished(l, StanceData, func(row *Row) error {
			return r.addRow(run, DaysOf(day), row)
		}),
		eachPublished(l, ArticlesData, func(row *articleCount) error {
			r.addArticle(run, row)
			return nil
		}),
		eachPublished(l, QuarantineData, func(row *QuarantineRow) error {
			run.Rejected++
			r.addRejected(row)
			return nil
		}))
}

// addRow counts a row of stance/v1.
func (r *findingsReader) addRow(run *Run, day int32, row *Row) error {
	run.Unknown.addValue(row.OOVRatio)
	if _, known := run.CountryNames[row.Country]; !known {
		run.CountryNames[strings.Clone(row.Country)] = strings.Clone(row.CountryName)
	}
	side := -1
	if row.Stance != nil {
		side = slices.Index(stances[:], *row.Stance)
		if side < 0 || row.StanceScore == nil {
			return fmt.Errorf("output: a row says stance %q without a score; the model and this program do not fit", *row.Stance)
		}
	}
	speaks := side >= 0 && r.first("story", row.Country, row.Topic, row.DupGroupID)
	if speaks {
		s := run.Stances[row.Topic]
		s.add(side, *row.StanceScore)
		run.Stances[strings.Clone(row.Topic)] = s
	}
	if r.Topic != "" && row.Topic != r.Topic || r.Country != "" && row.Country != r.Country {
		return nil
	}
	published := day
	if row.PublishedDate != nil {
		published = *row.PublishedDate
	}
	for _, c := range []*Cell{cellOf(r.byRun, row, day), cellOf(r.byDay, row, published)} {
		c.count(row, side, speaks)
	}
	if side >= 0 {
		r.addOutlet(row, side)
		if row.IsDupPrimary {
			r.evidence.add(row, r.Acts)
		}
	}
	return nil
}

// cellOf is the cell of a row on a day, made when new.
func cellOf(cells map[cellKey]*Cell, row *Row, day int32) *Cell {
	key := cellKey{day, row.Country, row.Topic}
	c := cells[key]
	if c == nil {
		key.country, key.topic = strings.Clone(key.country), strings.Clone(key.topic)
		c = &Cell{Country: key.country, CountryName: strings.Clone(row.CountryName),
			Topic: key.topic, Day: day}
		cells[key] = c
	}
	return c
}

// count adds a row to a cell; side is -1 without a stance.
func (c *Cell) count(row *Row, side int, speaks bool) {
	switch {
	case side >= 0:
		c.Articles++
		if speaks {
			c.add(side, *row.StanceScore)
		}
	case row.Status == string(models.StatusMentionOnly):
		c.Mentions++
	default:
		c.Unjudged++
	}
}

// addOutlet counts an answer of an outlet.
func (r *findingsReader) addOutlet(row *Row, side int) {
	source := ""
	if row.Source != nil {
		source = *row.Source
	}
	if !r.first("answer", source, row.Country, row.Topic, row.DupGroupID) {
		return
	}
	key := [2]string{source, row.Topic}
	o := r.outlets[key]
	if o == nil {
		key = [2]string{strings.Clone(source), strings.Clone(row.Topic)}
		o = &OutletCount{Source: key[0], Topic: key[1]}
		r.outlets[key] = o
	}
	o.add(side, *row.StanceScore)
	if r.first("told", source, row.Topic, row.DupGroupID) {
		o.Told++
	}
}

// first reports whether something comes for the first time. It remembers 64
// bits of a hash: among ten million stories, a false "no" has a chance of 1 in
// 370,000.
func (r *findingsReader) first(what ...string) bool {
	sum := sha256.Sum256([]byte(strings.Join(what, "\x00")))
	id := binary.LittleEndian.Uint64(sum[:])
	_, again := r.seen[id]
	r.seen[id] = struct{}{}
	return !again
}

// articleCount is what is read of an ArticleRow to count it.
type articleCount struct {
	Source    *string `parquet:"source,optional,dict"`
	Topics    *string `parquet:"topics,optional,dict"`
	Countries *string `parquet:"countries,optional,dict"`
	Pairs     int32   `parquet:"n_pairs"`
	ModelID   string  `parquet:"model_id,dict"`
}

// addArticle counts a row of articles/v1.
func (r *findingsReader) addArticle(run *Run, row *articleCount) {
	run.Articles++
	if row.Pairs == 0 {
		run.OffTopic++
	}
	countNames(run.Topics, row.Topics)
	countNames(run.Countries, row.Countries)
	source := ""
	if row.Source != nil {
		source = strings.Clone(*row.Source)
	}
	run.Outlets[source]++
	if !slices.Contains(r.found.Models, row.ModelID) {
		r.found.Models = append(r.found.Models, strings.Clone(row.ModelID))
	}
}

// countNames counts each of the names joined by a space.
func countNames(counts map[string]int64, names *string) {
	if names != nil {
		for name := range strings.FieldsSeq(*names) {
			counts[strings.Clone(name)]++
		}
	}
}

// addRejected counts a row of quarantine/v1.
func (r *findingsReader) addRejected(row *QuarantineRow) {
	list := &r.found.Quarantine
	at := slices.IndexFunc(*list, func(q QuarantineCount) bool { return q.Reason == row.Reason })
	if at < 0 {
		at = len(*list)
		*list = append(*list, QuarantineCount{Reason: row.Reason, Example: *row})
	}
	(*list)[at].Count++
}

// finish sorts what was counted.
func (r *findingsReader) finish() Findings {
	r.found.ByRun, r.found.ByDay = sortedCells(r.byRun), sortedCells(r.byDay)
	for _, o := range r.outlets {
		r.found.Outlets = append(r.found.Outlets, *o)
	}
	slices.SortFunc(r.found.Outlets, func(a, b OutletCount) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Topic, b.Topic))
	})
	r.found.Evidence, r.found.Left = r.evidence.rows()
	slices.SortStableFunc(r.found.Quarantine, func(a, b QuarantineCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return r.found
}

// sortedCells lists cells by country, topic and day.
func sortedCells(cells map[cellKey]*Cell) []Cell {
	list := make([]Cell, 0, len(cells))
	for _, c := range cells {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Topic, b.Topic),
			cmp.Compare(a.Day, b.Day))
	})
	return list
}
