package output

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stance/datasets"
)

// Contents says what a date consists of: how many parts each dataset has and
// what each part must be made of. It is known before the first row is written.
type Contents struct {
	Layout Layout `json:"-"`
	// what all parts are made of; Dataset and InputSHA256 are empty
	Base Recipe `json:"recipe"`
	// by part of stance and articles: hash of its articles and their stories
	Inputs     []string      `json:"inputs"`
	Quarantine string        `json:"quarantine"` // hash of the rejected records, in hex
	Records    int           `json:"records"`    // = Articles + Rejected
	Articles   int           `json:"articles"`
	Rejected   int           `json:"rejected"`
	Reasons    []ReasonCount `json:"reasons"` // sorted by reason
}

// ReasonCount counts the records that were rejected for one reason.
type ReasonCount struct {
	Reason datasets.Reason `json:"reason"`
	Count  int             `json:"count"`
}

// Parts is the number of parts of a dataset. It is never 0: readers take a date
// without a file for no date at all.
func (o Contents) Parts(dataset string) int {
	if dataset == StanceData || dataset == ArticlesData {
		return len(o.Inputs)
	}
	return 1
}

// Recipe is what part i of a dataset must be made of. That of the aggregates
// depends on the parts they are counted from: see aggregatesRecipe.
func (o Contents) Recipe(dataset string, i int) Recipe {
	r := o.Base
	r.Dataset = dataset
	if dataset == QuarantineData {
		r.InputSHA256 = o.Quarantine
	} else {
		r.InputSHA256 = o.Inputs[i]
	}
	return r
}

// aggregatesRecipe is what the aggregates must be made of when the parts of the
// other datasets are these. They are written last and cover the sum of every
// other part, so that no row of a date can be exchanged unnoticed.
func (o Contents) aggregatesRecipe(parts map[string][]PartInfo) Recipe {
	r := o.Base
	r.Dataset, r.InputSHA256 = AggregatesData, sumOf(parts)
	return r
}

// sumOf is a hash over the sums of all parts but those of the aggregates.
func sumOf(parts map[string][]PartInfo) string {
	var sums []string
	for _, dataset := range datasetNames {
		if dataset != AggregatesData {
			for _, p := range parts[dataset] {
				sums = append(sums, dataset, p.SHA256)
			}
		}
	}
	return hashOf(sums...)
}

func hashOf(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(h[:])
}

// Stamp is what every row of the date says of its run.
func (o Contents) Stamp() Stamp {
	day, _ := time.Parse(time.DateOnly, o.Base.RunDate) // NewLayout made it
	return Stamp{ModelID: o.Base.ModelID, ConfigSHA256: o.Base.ConfigSHA256, RunID: o.Base.RunID,
		RunDate: DaysOf(day), SchemaVersion: int32(o.Base.SchemaVersion)}
}

// Path is where part i of a dataset is staged.
func (o Contents) Path(dataset string, i int) string {
	return filepath.Join(o.Layout.Staged(dataset), PartName(i, o.Parts(dataset)))
}

// RemoveStrays removes from the staged folders what earlier attempts left there
// under names that are not planned.
func (o Contents) RemoveStrays() error {
	for _, dataset := range datasetNames {
		planned := map[string]bool{}
		for i := range o.Parts(dataset) {
			planned[PartName(i, o.Parts(dataset))] = true
		}
		entries, err := os.ReadDir(o.Layout.Staged(dataset))
		if err != nil {
			return fmt.Errorf("output: %w", err)
		}
		for _, e := range entries {
			if !planned[e.Name()] {
				if err := os.RemoveAll(filepath.Join(o.Layout.Staged(dataset),
					e.Name())); err != nil {
					return fmt.Errorf("output: cannot clear staging: %w", err)
				}
			}
		}
	}
	return nil
}

// WriteAggregates stages the aggregates that t has counted. All other parts
// must be staged.
func (o Contents) WriteAggregates(t *Tally) error {
	parts := map[string][]PartInfo{}
	for _, dataset := range datasetNames {
		for i := range o.Parts(dataset) {
			if dataset != AggregatesData {
				info, err := ReadInfo(o.Path(dataset, i))
				if err != nil {
					return err
				}
				parts[dataset] = append(parts[dataset], info)
			}
		}
	}
	p, err := CreatePart[AggregateRow](o.Path(AggregatesData, 0))
	if err != nil {
		return err
	}
	defer p.Abort()
	if err := p.Append(t.Rows(o.Stamp())...); err != nil {
		return err
	}
	_, err = p.Commit(o.aggregatesRecipe(parts))
	return err
}

// Check reads every staged part, compares it with what was planned, and lists
// the parts for [Layout.Publish]. It fails unless the rows that will be
// published are all records: records = articles + rejected.
func (o Contents) Check() (CommitRecord, error) {
	rec := CommitRecord{Date: o.Layout.Date}
	rows, parts := map[string]int{}, map[string][]PartInfo{}
	for _, dataset := range datasetNames {
		for i := range o.Parts(dataset) {
			info, err := CheckPart(o.Path(dataset, i))
			if err != nil {
				return rec, err
			}
			parts[dataset] = append(parts[dataset], info)
			rows[dataset] += int(info.Rows)
		}
		rec.Datasets = append(rec.Datasets, committedDataset{dataset, parts[dataset]})
	}
	for _, dataset := range datasetNames {
		for i, info := range parts[dataset] {
			want := o.aggregatesRecipe(parts)
			if dataset != AggregatesData {
				want = o.Recipe(dataset, i)
			}
			if info.Recipe != want {
				return rec, fmt.Errorf("output: staged part %s of %s belongs to another run; run again with --force",
					info.Name, dataset)
			}
		}
	}
	if a, q := rows[ArticlesData],
		rows[QuarantineData]; a != o.Articles || q != o.Rejected || a+q != o.Records {
		return rec, fmt.Errorf("output: %d records in, but %d article rows and %d quarantine rows are staged "+
			"(%d and %d planned); nothing was published", o.Records, a, q, o.Articles, o.Rejected)
	}
	return rec, nil
}
