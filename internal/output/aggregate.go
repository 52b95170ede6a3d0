package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"stance/models"
)

// Aggregates are made from the staged parts, never from what prediction had in
// memory. So they are the same whether the parts were predicted now, kept from
// an attempt that was killed, or made by other shards.
//
// They do not depend on the order of rows either, so that a cluster counts what
// one machine counts: a story speaks through a row that its content decides,
// and sums are integers.

// StanceView is the columns of a [Row] that counting needs.
type StanceView struct {
	Country       string   `parquet:"country,dict"`
	CountryName   string   `parquet:"country_name,dict"`
	Topic         string   `parquet:"topic,dict"`
	Status        string   `parquet:"stance_status,dict"`
	Stance        *string  `parquet:"stance,optional,dict"`
	StanceScore   *float64 `parquet:"stance_score,optional,dict"`
	OOVRatio      float64  `parquet:"oov_ratio,dict"`
	PublishedDate *int32   `parquet:"published_date,optional,date"`
	DupGroupID    string   `parquet:"dup_group_id,dict"`
	RunDate       int32    `parquet:"run_date,date"`
	ArticleID     string   `parquet:"article_id,dict"`
	ContentSHA256 string   `parquet:"content_sha256,dict"`
	PublishedAt   *int64   `parquet:"published_at,optional,timestamp(microsecond)"`
}

// cellKey is one line of the aggregates.
type cellKey struct {
	day            int32
	country, topic string
}

// cell counts one line of the aggregates.
type cell struct {
	name               string
	articles           [3]int64 // by stance, in the order of stances
	lowMargin          int64
	mentions, unjudged int64

	// Over the stories, as their voices stand now. Scores have 4 decimals, so
	// sums of scoreUnits are exact: 9e10 stories fit.
	stories             [3]int64
	score, scoreSquared int64
}

// scoreUnit is the least difference of two scores, which have 4 decimals.
const scoreUnit = 1e-4

// voice is the row through which a story speaks in a cell: that of the article
// published first, unknown times last, ties by content hash. That is the
// primary article of the story when it has a row in the cell.
type voice struct {
	published int64
	content   [8]byte // the beginning of the content hash
	score     int32   // in scoreUnits
	side      int8
}

// before reports whether v speaks rather than w.
func (v voice) before(w voice) bool {
	return cmp.Or(cmp.Compare(v.published, w.published), bytes.Compare(v.content[:], w.content[:]),
		cmp.Compare(v.score, w.score), cmp.Compare(v.side, w.side)) < 0
}

// count adds v to the sums of stories n times; -1 takes it away.
func (c *cell) count(v voice, n int64) {
	score := int64(v.score)
	c.stories[v.side] += n
	c.score += n * score
	c.scoreSquared += n * score * score
}

// stances is the order of counts; it is not changed.
var stances = [...]string{"supportive", "neutral", "critical"}

// Tally counts the rows of a date into lines of the aggregates.
type Tally struct {
	cells   map[cellKey]*cell
	stories map[[16]byte]voice // by cell and story
}

// NewTally is a Tally that has counted nothing.
func NewTally() *Tally {
	return &Tally{cells: map[cellKey]*cell{}, stories: map[[16]byte]voice{}}
}

// Add counts a row. Rows may come in any order.
func (t *Tally) Add(r *StanceView) error {
	key := cellKey{r.RunDate, strings.Clone(r.Country), strings.Clone(r.Topic)}
	if r.PublishedDate != nil {
		key.day = *r.PublishedDate
	}
	c := t.cells[key]
	if c == nil {
		c = &cell{name: strings.Clone(r.CountryName)}
		t.cells[key] = c
	}
	if r.Stance == nil {
		if r.Status == string(models.StatusMentionOnly) {
			c.mentions++
		} else {
			c.unjudged++
		}
		return nil
	}
	side := slices.Index(stances[:], *r.Stance)
	if side < 0 || r.StanceScore == nil {
		return fmt.Errorf("output: a row says stance %q without a score; the model and this program do not fit",
			*r.Stance)
	}
	c.articles[side]++
	if r.Status == string(models.StatusLowMargin) {
		c.lowMargin++
	}
	t.speak(key, c, r.DupGroupID, voiceOf(r, side))
	return nil
}

// speak lets a story speak through v in a cell, unless it has a voice that
// comes before.
func (t *Tally) speak(k cellKey, c *cell, group string, v voice) {
	id := storyID(k, group)
	if spoken, again := t.stories[id]; again {
		if !v.before(spoken) {
			return
		}
		c.count(spoken, -1)
	}
	t.stories[id] = v
	c.count(v, 1)
}

func storyID(k cellKey, group string) [16]byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s", k.day, k.country, k.topic, group))
	return [16]byte(sum[:16])
}

func voiceOf(r *StanceView, side int) voice {
	v := voice{published: math.MaxInt64, score: int32(math.Round(*r.StanceScore / scoreUnit)),
		side: int8(side)}
	if r.PublishedAt != nil {
		v.published = *r.PublishedAt
	}
	hex.Decode(v.content[:],
		[]byte(r.ContentSHA256)[:min(len(r.ContentSHA256), hex.EncodedLen(len(v.content)))])
	return v
}

// Rows are the cells by day, country, topic.
func (t *Tally) Rows(s Stamp) []AggregateRow {
	keys := make([]cellKey, 0, len(t.cells))
	for k := range t.cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.country, b.country),
			cmp.Compare(a.topic, b.topic))
	})
	rows := make([]AggregateRow, len(keys))
	for i, k := range keys {
		rows[i] = t.cells[k].row(k, s)
	}
	return rows
}

func (c *cell) row(k cellKey, s Stamp) AggregateRow {
	row := AggregateRow{
		Day: k.day, Country: k.country, CountryName: c.name, Topic: k.topic,
		ArticlesSupport: c.articles[0], ArticlesNeutral: c.articles[1],
		ArticlesCritical:  c.articles[2],
		Articles:          c.articles[0] + c.articles[1] + c.articles[2],
		ArticlesLowMargin: c.lowMargin,
		StoriesSupport:    c.stories[0], StoriesNeutral: c.stories[1],
		StoriesCritical: c.stories[2],
		Stories:         c.stories[0] + c.stories[1] + c.stories[2],
		MentionArticles: c.mentions, UnjudgedArticles: c.unjudged,
		Stamp: s,
	}
	if row.Stories == 0 {
		return row
	}
	n := float64(row.Stories)
	score, scoreSquared := float64(c.score)*scoreUnit, float64(c.scoreSquared)*scoreUnit*scoreUnit
	row.ShareSupport, row.ShareSupportLow, row.ShareSupportHigh = wilson(c.stories[0], n)
	row.ShareNeutral, row.ShareNeutralLow, row.ShareNeutralHigh = wilson(c.stories[1], n)
	row.ShareCritical, row.ShareCriticalLow, row.ShareCriticalHigh = wilson(c.stories[2], n)
	mean := score / n
	row.MeanScore = prob(mean)
	if n > 1 {
		variance := max(0, (scoreSquared-n*mean*mean)/(n-1))
		row.ScoreStdErr = prob(math.Sqrt(variance / n))
	}
	return row
}

// wilson is k/n with its 95 % score interval: E. B. Wilson, "Probable
// inference, the law of succession, and statistical inference", JASA 22 (1927).
// Unlike k/n ± 2 standard errors it stays within 0 and 1 and has a width at k =
// 0.
func wilson(k int64, n float64) (share, low, high *float64) {
	const z = 1.959963984540054 // 97.5th percentile of the normal distribution
	p := float64(k) / n
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return prob(p), prob(max(0, centre-half)), prob(min(1, centre+half))
}
