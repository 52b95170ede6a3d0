package batch

import (
	"cmp"
	"slices"
	"strings"

	"stance/internal/output"
)

// Summary says what a run did; it is what --summary-json writes. Lists are
// sorted by their names. Seconds is the only field that differs between equal
// runs, save for which parts were kept.
type Summary struct {
	Date     string `json:"date"`
	ModelID  string `json:"model_id"`
	RunID    string `json:"run_id"`
	Records  int    `json:"records"`  // = articles + quarantined
	Articles int    `json:"articles"` // accepted
	// of these, that the model could not read
	Failed    int `json:"failed"`
	Truncated int `json:"truncated"` // of these, cut at the size limit
	// of these, that repeat a story of this run or of the dates kept
	Repeats int `json:"repeats"`
	// of these, without a country beside a topic
	NoPairs     int                  `json:"no_pairs"`
	Quarantined int                  `json:"quarantined"` // rejected records
	Reasons     []output.ReasonCount `json:"reasons"`
	// articles by what their reader had to guess or leave out
	Notes        []NameCount  `json:"notes"`
	Rows         int          `json:"rows"` // of stance/v1
	Topics       []TopicCount `json:"topics"`
	Countries    []NameCount  `json:"countries"` // rows with a stance
	MeanOOV      float64      `json:"mean_oov"`  // over rows
	PartsWritten int          `json:"parts_written"`
	PartsKept    int          `json:"parts_kept"`
	Bytes        int64        `json:"bytes"` // of all published parts
	Seconds      float64      `json:"seconds"`
	Drift        *Drift       `json:"drift,omitempty"`

	oov      float64
	newWords map[string]int // articles by word that the model has never seen
}

// TopicCount counts the rows of a topic.
type TopicCount struct {
	Topic      string `json:"topic"`
	Supportive int    `json:"supportive"`
	Neutral    int    `json:"neutral"`
	Critical   int    `json:"critical"`
	NoStance   int    `json:"no_stance"` // mentions and rows that could not be judged
}

// NameCount counts by a name.
type NameCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// addCounts takes what the first pass counted.
func (s *Summary) addCounts(records, articles int, reasons []output.ReasonCount) {
	s.Records, s.Articles, s.Quarantined, s.Reasons = records, articles, records-articles, reasons
	if s.Notes == nil {
		s.Notes = []NameCount{}
	}
}

// addParts counts the rows of parts, and gives those of stance to each.
func (s *Summary) addParts(stance, articles []string, each func(*output.StanceView) error) error {
	for _, path := range stance {
		err := output.EachRow(path, func(r *output.StanceView) error {
			s.addRow(r)
			return each(r)
		})
		if err != nil {
			return err
		}
	}
	for _, path := range articles {
		if err := output.EachRow(path, s.addArticle); err != nil {
			return err
		}
	}
	return nil
}

// addRow counts a row of stance/v1.
func (s *Summary) addRow(r *output.StanceView) {
	s.Rows++
	s.oov += r.OOVRatio
	s.MeanOOV = output.Round4(s.oov / float64(s.Rows))
	t := s.topic(r.Topic)
	if r.Stance == nil {
		t.NoStance++
		return
	}
	switch *r.Stance {
	case "supportive":
		t.Supportive++
	case "neutral":
		t.Neutral++
	case "critical":
		t.Critical++
	}
	s.country(r.Country).Count++
}

// country is the count of one country, made when new.
func (s *Summary) country(code string) *NameCount {
	i, found := slices.BinarySearchFunc(s.Countries, code, func(c NameCount, code string) int {
		return cmp.Compare(c.Name, code)
	})
	if !found {
		s.Countries = slices.Insert(s.Countries, i, NameCount{Name: strings.Clone(code)})
	}
	return &s.Countries[i]
}

// topic is the count of one topic, made when new.
func (s *Summary) topic(id string) *TopicCount {
	i, found := slices.BinarySearchFunc(s.Topics, id, func(t TopicCount, id string) int {
		return cmp.Compare(t.Topic, id)
	})
	if !found {
		s.Topics = slices.Insert(s.Topics, i, TopicCount{Topic: strings.Clone(id)})
	}
	return &s.Topics[i]
}

// articleView is what a summary needs of an ArticleRow.
type articleView struct {
	Status       string `parquet:"article_status,dict"`
	Truncated    bool   `parquet:"truncated"`
	Pairs        int32  `parquet:"n_pairs"`
	IsDupPrimary bool   `parquet:"is_dup_primary"`

	NewWords *string `parquet:"new_words,optional,plain"`
	Notes    *string `parquet:"notes,optional,dict"`
}

// addArticle counts a row of articles/v1.
func (s *Summary) addArticle(a *articleView) error {
	countIf(&s.Failed, a.Status == "failed")
	countIf(&s.Truncated, a.Truncated)
	countIf(&s.Repeats, !a.IsDupPrimary)
	countIf(&s.NoPairs, a.Pairs == 0)
	if a.Notes != nil {
		s.addNotes(*a.Notes)
	}
	if a.NewWords != nil && a.IsDupPrimary {
		s.addNewWords(*a.NewWords)
	}
	return nil
}

// addNotes counts the notes of an article.
func (s *Summary) addNotes(notes string) {
	for _, n := range strings.Fields(notes) {
		i, found := slices.BinarySearchFunc(s.Notes, n, func(c NameCount, name string) int {
			return cmp.Compare(c.Name, name)
		})
		if !found {
			s.Notes = slices.Insert(s.Notes, i, NameCount{Name: n})
		}
		s.Notes[i].Count++
	}
}

func countIf(n *int, is bool) {
	if is {
		*n++
	}
}
