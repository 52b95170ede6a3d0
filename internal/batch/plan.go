package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stance/datasets"
)

// A plan says, before anything is predicted, which parts a run consists of and what each is made of. Where parts begin
// depends on the order of the articles and the number per part: not on workers, shards or earlier attempts. A part that
// lies there already, staged by a run that was killed or published by an earlier one, is kept when its recipe is the
// planned one and its bytes are what was written.

// plan is made from a scan.
type plan struct {
	contents
	per  int // articles in each part but the last
	scan *scan
}

func newPlan(c *Config, l layout, s *scan) *plan {
	p := &plan{per: c.ArticlesPerPart, scan: s, contents: contents{
		layout: l, base: c.base(l), Quarantine: hex.EncodeToString(s.rejects[:]),
		Records: s.records, Articles: s.articles, Rejected: s.nRejected(), Reasons: s.reasons(),
	}}
	for i, sum := range s.sums {
		h := sha256.New()
		h.Write(sum)
		fmt.Fprintf(h, "pairs %d signature %d\n", c.MaxPairs, datasets.SignatureVersion)
		for _, st := range s.stories[i*p.per : i*p.per+p.size(i)] {
			fmt.Fprintf(h, "%s %t\n", st.group, st.primary)
		}
		p.Inputs = append(p.Inputs, hex.EncodeToString(h.Sum(nil)))
	}
	return p
}

// size is the number of articles in part i.
func (p *plan) size(i int) int { return min(p.per, p.Articles-i*p.per) }

// base is what all parts of a run are made of.
func (c *Config) base(l layout) Recipe {
	return Recipe{SchemaVersion: SchemaVersion, ModelID: c.ModelID, ConfigSHA256: c.ConfigSHA256,
		RunID: c.runID(), RunDate: l.date}
}

// runID names the run when the user does not: equal for equal date, model, config and schema.
func (c *Config) runID() string {
	if c.RunID != "" {
		return c.RunID
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s",
		SchemaVersion, c.ModelID, c.ConfigSHA256, c.Date.UTC().Format(time.DateOnly)))
	return hex.EncodeToString(h[:8])
}

// predicted are the datasets that prediction writes, a part of each from the same articles.
func predicted() []string { return []string{StanceData, ArticlesData} }

// keep reports whether part i need not be predicted: it is staged, or could be linked into staging from what is
// published under whatever number.
func (p *plan) keep(i int, published map[string]string) bool {
	for _, dataset := range predicted() {
		if staged, err := CheckPart(p.path(dataset, i)); err == nil && staged.Recipe == p.recipe(dataset, i) {
			continue
		}
		old, ok := published[dataset+p.Inputs[i]]
		if !ok {
			return false
		}
		if info, err := CheckPart(old); err != nil || info.Recipe != p.recipe(dataset, i) {
			return false
		}
		os.Remove(p.path(dataset, i))
		if err := os.Link(old, p.path(dataset, i)); err != nil {
			return false // no links on this file system: predicting again is as good
		}
	}
	return true
}

// publishedParts maps dataset + input hash to the file that holds it under the date's published folders.
func (p *plan) publishedParts() map[string]string {
	found := map[string]string{}
	for _, dataset := range predicted() {
		names, _ := filepath.Glob(filepath.Join(escapeGlob(p.layout.published(dataset)), "part-*.parquet"))
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				continue
			}
			if info, _, err := readFooter(f); err == nil {
				found[dataset+info.Recipe.InputSHA256] = name
			}
			f.Close()
		}
	}
	return found
}
