package output

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stance/datasets"
)

var (
	quiet    = slog.New(slog.DiscardHandler)
	testDate = time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
)

// night is a date that tests publish: articles in parts of 50, each with two
// rows of stance, and rejected records. salt makes other articles.
type night struct {
	root               string
	date               time.Time
	articles, rejected int
	model, salt        string
}

// stage writes the parts of a night and stops before its commit record.
func (n night) stage(t *testing.T) (Contents, CommitRecord) {
	t.Helper()
	l, err := NewLayout(n.root, n.date)
	if err == nil {
		err = l.Make()
	}
	if err != nil {
		t.Fatal(err)
	}
	const per = 50
	o := Contents{Layout: l, Records: n.articles + n.rejected, Articles: n.articles,
		Rejected:   n.rejected,
		Quarantine: hashOf(n.salt, fmt.Sprint(n.rejected)),
		Reasons:    []ReasonCount{{datasets.ReasonSyntax, n.rejected}},
		Base: Recipe{SchemaVersion: SchemaVersion, ModelID: n.model, ConfigSHA256: "c", RunID: "r",
			RunDate: l.Date}}
	for i := range max(1, (n.articles+per-1)/per) {
		o.Inputs = append(o.Inputs, hashOf(n.salt, fmt.Sprint(n.articles, i)))
	}
	stamp := o.Stamp()
	tally := NewTally()
	for i := range o.Inputs {
		var rows []Row
		var articles []ArticleRow
		for a := i * per; a < min(n.articles, (i+1)*per); a++ {
			articles = append(articles, articleRow(a, n.salt, stamp))
			rows = append(rows, stanceRows(a, n.salt, stamp)...)
		}
		writeRows(t, o, StanceData, i, rows)
		writeRows(t, o, ArticlesData, i, articles)
		for _, r := range rows {
			if err := tally.Add(&StanceView{Country: r.Country, CountryName: r.CountryName,
				Topic: r.Topic, Status: r.Status,
				Stance: r.Stance, StanceScore: r.StanceScore, DupGroupID: r.DupGroupID,
				RunDate: r.RunDate}); err != nil {
				t.Fatal(err)
			}
		}
	}
	rejected := quarantineRows(n.rejected, 10)
	for i := range rejected {
		rejected[i].Stamp = stamp
	}
	writeRows(t, o, QuarantineData, 0, rejected)
	if err := o.WriteAggregates(tally); err != nil {
		t.Fatal(err)
	}
	rec, err := o.Check()
	if err != nil {
		t.Fatal(err)
	}
	return o, rec
}

// publish stages a night and publishes it.
func (n night) publish(t *testing.T) Contents {
	t.Helper()
	o, rec := n.stage(t)
	if err := o.Layout.Publish(rec, quiet); err != nil {
		t.Fatal(err)
	}
	return o
}

func writeRows[T tableRow](t *testing.T, o Contents, dataset string, i int, rows []T) {
	t.Helper()
	p, err := CreatePart[T](o.Path(dataset, i))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Abort()
	if err := p.Append(rows...); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Commit(o.Recipe(dataset, i)); err != nil {
		t.Fatal(err)
	}
}

func articleRow(i int, salt string, s Stamp) ArticleRow {
	id := fmt.Sprint("a", i)
	published := time.Unix(int64(s.RunDate)*24*60*60, 0)
	return ArticleRow{ArticleID: id, ContentSHA256: hashOf(id, salt), Title: text("Head of " + id),
		Status: "ok", Pairs: 2,
		PublishedAt: micros(published), PublishedDate: date(published),
		DupGroupID: hashOf(id, salt)[:8], IsDupPrimary: true, Stamp: s}
}

// stanceRows are a supportive and a critical row of article i.
func stanceRows(i int, salt string, s Stamp) []Row {
	a := articleRow(i, salt, s)
	base := Row{ArticleID: a.ArticleID, ContentSHA256: a.ContentSHA256, Title: a.Title, Topic: "harbour",
		CountryRole: "actor", Status: "ok", EvidenceText: text("Evidence of " + a.ArticleID),
		DupGroupID: a.DupGroupID, IsDupPrimary: true, Stamp: s}
	one, two := base, base
	one.Country, one.CountryName, one.Stance, one.StanceScore = "PER", "Peru", text("supportive"),
		prob(.5+float64(i%7)/100)
	two.Country, two.CountryName, two.Stance, two.StanceScore = "CHL", "Chile", text("critical"),
		prob(-.5-float64(i%5)/100)
	return []Row{one, two}
}

// tree maps every file under dir, by relative path, to a hash of its bytes.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// published is the tree of an output root without what is private.
func published(t *testing.T, root string) map[string]string {
	t.Helper()
	files := tree(t, root)
	for path := range files {
		if strings.HasPrefix(path, "_staging/") {
			delete(files, path)
		}
	}
	return files
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
