package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// A plan says, before anything is predicted, which parts a run consists of and
// what each is made of. Where parts begin depends on the order of the articles
// and the number per part: not on workers, shards or earlier attempts. A part
// that lies there already, staged by a run that was killed or published by an
// earlier one, is kept when its recipe is the planned one and its bytes are
// what was written.

// plan is made from a scan.
type plan struct {
	output.Contents
	per  int // articles in each part but the last
	scan *scan
}

func newPlan(c *Config, l output.Layout, s *scan) *plan {
	p := &plan{per: c.ArticlesPerPart, scan: s, Contents: output.Contents{
		Layout: l, Base: c.base(l, s.content), Quarantine: hex.EncodeToString(s.rejects[:]),
		Records: s.records, Articles: s.articles, Rejected: s.nRejected(),
		Reasons: countsOf(s.rejected),
	}}
	for i, sum := range s.sums {
		h := sha256.New()
		h.Write(sum)
		fmt.Fprintf(h, "pairs %d signature %d\n", c.MaxPairs, datasets.SignatureVersion)
		for _, st := range s.stories[i*p.per : i*p.per+p.size(i)] {
			fmt.Fprintf(h, "%s %t\n", st.Group, st.Primary)
		}
		p.Inputs = append(p.Inputs, hex.EncodeToString(h.Sum(nil)))
	}
	return p
}

// size is the number of articles in part i.
func (p *plan) size(i int) int { return min(p.per, p.Articles-i*p.per) }

// base is what all parts of a run over the given content are made of.
func (c *Config) base(l output.Layout, content [sha256.Size]byte) output.Recipe {
	return output.Recipe{SchemaVersion: output.SchemaVersion, ModelID: c.ModelID,
		ConfigSHA256: c.ConfigSHA256,
		RunID:        c.runID(content), RunDate: l.Date}
}

// runID names the run when the user does not. It is equal for equal date,
// model, config, schema and records.
func (c *Config) runID(content [sha256.Size]byte) string {
	if c.RunID != "" {
		return c.RunID
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s %x",
		output.SchemaVersion, c.ModelID, c.ConfigSHA256, c.Date.UTC().Format(time.DateOnly),
		content))
	return hex.EncodeToString(h[:8])
}

// made reports whether r was made for the date of l by the settings of c, from
// whatever input.
func (c *Config) made(r output.Recipe, l output.Layout) bool {
	want := c.base(l, [sha256.Size]byte{})
	if c.RunID == "" {
		want.RunID = r.RunID
	}
	return r == want
}

// predicted are the datasets that prediction writes, a part of each from the
// same articles.
func predicted() []string { return []string{output.StanceData, output.ArticlesData} }

// keep reports whether part i need not be predicted: it is staged, or could be
// linked into staging from what is published under whatever number.
func (p *plan) keep(i int, published map[string]string) bool {
	for _, dataset := range predicted() {
		if staged, err := output.CheckPart(p.Path(dataset, i)); err == nil &&
			staged.Recipe == p.Recipe(dataset, i) {
			continue
		}
		old, ok := published[dataset+p.Inputs[i]]
		if !ok {
			return false
		}
		if info, err := output.CheckPart(old); err != nil || info.Recipe != p.Recipe(dataset, i) {
			return false
		}
		os.Remove(p.Path(dataset, i))
		if err := os.Link(old, p.Path(dataset, i)); err != nil {
			return false // no links on this file system: predicting again is as good
		}
	}
	return true
}

// publishedParts maps dataset + input hash to the file that holds it under the
// date's published folders.
func (p *plan) publishedParts() map[string]string {
	found := map[string]string{}
	for _, dataset := range predicted() {
		for _, name := range p.Layout.Parts(dataset) {
			if info, err := output.ReadInfo(name); err == nil {
				found[dataset+info.Recipe.InputSHA256] = name
			}
		}
	}
	return found
}
