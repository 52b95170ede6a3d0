package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// contents is what a date will consist of: the parts of each dataset and what each must be made of. It is the record
// that a shard leaves.
type contents struct {
	layout     layout
	base       Recipe        // without the input
	Inputs     []string      `json:"inputs"`     // by part of stance/v1 and articles/v1: hash of articles and stories
	Quarantine string        `json:"quarantine"` // hex hash of the rejected records
	Records    int           `json:"records"`    // = articles + rejected
	Articles   int           `json:"articles"`
	Rejected   int           `json:"rejected"`
	Reasons    []ReasonCount `json:"reasons"`
}

// removeStrays removes what earlier attempts left in the staged folders under names that are not planned.
func (o contents) removeStrays() error {
	for _, dataset := range datasetNames {
		planned := map[string]bool{}
		for i := range o.parts(dataset) {
			planned[partName(i, o.parts(dataset))] = true
		}
		entries, err := os.ReadDir(o.layout.staged(dataset))
		if err != nil {
			return fmt.Errorf("batch: %w", err)
		}
		for _, e := range entries {
			if !planned[e.Name()] {
				if err := os.RemoveAll(filepath.Join(o.layout.staged(dataset), e.Name())); err != nil {
					return fmt.Errorf("batch: cannot clear staging: %w", err)
				}
			}
		}
	}
	return nil
}

// parts is the number of parts of a dataset. It is never 0: a date without a file is no date to readers.
func (o contents) parts(dataset string) int {
	if dataset == StanceData || dataset == ArticlesData {
		return len(o.Inputs)
	}
	return 1
}

// recipe is what part i of a dataset must be made of.
func (o contents) recipe(dataset string, i int) Recipe {
	r := o.base
	switch dataset {
	case QuarantineData:
		r.InputSHA256 = o.Quarantine
	case AggregatesData:
		r.InputSHA256 = hashOf(o.Inputs...)
	default:
		r.InputSHA256 = o.Inputs[i]
	}
	return r
}

func hashOf(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(h[:])
}

// path is where part i of a dataset is staged.
func (o contents) path(dataset string, i int) string {
	return filepath.Join(o.layout.staged(dataset), partName(i, o.parts(dataset)))
}

// count reads the staged rows into a tally and the summary.
func (o contents) count(sum *Summary) (*tally, error) {
	t := newTally()
	for i := range o.parts(StanceData) {
		err := eachRow(o.path(StanceData, i), func(r *stanceView) error {
			sum.addRow(r)
			return t.add(r)
		})
		if err != nil {
			return nil, err
		}
		if err := eachRow(o.path(ArticlesData, i), sum.addArticle); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (o contents) writeAggregates(t *tally, s Stamp) error {
	p, err := CreatePart[AggregateRow](o.path(AggregatesData, 0))
	if err != nil {
		return err
	}
	defer p.Abort()
	if err := p.Append(t.rows(s)...); err != nil {
		return err
	}
	_, err = p.Commit(o.recipe(AggregatesData, 0))
	return err
}

// commitRecord checks every staged part and lists it. It is here that records in = articles + quarantined is asserted
// over the rows that will be published.
func (o contents) commitRecord(sum *Summary) (commitRecord, error) {
	rec := commitRecord{Date: o.layout.date}
	rows := map[string]int{}
	for _, dataset := range datasetNames {
		d := commitDataset{Name: dataset}
		for i := range o.parts(dataset) {
			info, err := CheckPart(o.path(dataset, i))
			if err != nil {
				return rec, err
			}
			if info.Recipe != o.recipe(dataset, i) {
				return rec, fmt.Errorf("batch: staged part %s of %s is of another run; run again with --force",
					info.Name, dataset)
			}
			d.Parts = append(d.Parts, info)
			rows[dataset] += int(info.Rows)
			sum.Bytes += info.Bytes
		}
		rec.Datasets = append(rec.Datasets, d)
	}
	if a, q := rows[ArticlesData], rows[QuarantineData]; a != o.Articles || q != o.Rejected || a+q != o.Records {
		return rec, fmt.Errorf("batch: %d records in, but %d article rows and %d quarantine rows are staged "+
			"(%d and %d planned); nothing was published", o.Records, a, q, o.Articles, o.Rejected)
	}
	return rec, nil
}
