package pipe

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	parsed "stance/features/text"
	"stance/internal/batch"
	"stance/internal/output"
	"stance/models"
)

var runDate = time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)

// lineReader is a stand-in for a model. It has an answer for each of the words
// FRA and CHN, by the length of the text.
type lineReader struct{}

func (lineReader) CountryName(code string) string { return "Land of " + code }

func (lineReader) CheckCost(a datasets.Article) error {
	if strings.Contains(a.Text, "COSTLY") {
		return &features.CostError{Work: 2, Limit: 1}
	}
	return nil
}

func (lineReader) Predict(_ context.Context, a datasets.Article) (models.Reading, error) {
	if strings.Contains(a.Text, "PANIC") {
		panic("no such word")
	}
	d := &parsed.Document{Text: a.Title + "\n\n" + a.Text}
	r := models.Reading{Document: d, Topics: []string{"taiwan"}, SentimentScore: 0.5}
	for _, country := range []string{"CHN", "FRA"} {
		if strings.Contains(d.Text, country) {
			side := []string{"supportive", "neutral", "critical"}[len(a.Text)%3]
			score := float64(len(a.Text)%200)/100 - 1
			r.Predictions = append(r.Predictions, models.Prediction{Country: country, Topic: "taiwan", Role: "actor", Stance: side,
				Status: models.StatusOK, PSupportive: 0.5, PNeutral: 0.25, PCritical: 0.25,
				PActor: 1, Score: score,
				Evidence: datasets.Span{Start: 0, End: len(d.Text)}})
		}
	}
	return r, nil
}

// record is a row of a test's table.
type record struct{ file, id, title, text, date string }

// hostile is a night with everything that crosses articles, and rows that are
// none.
func hostile() []record {
	story := "The foreign minister of FRA said on Sunday that the country would send more aid before the winter comes."
	list := []record{
		{"1", "a", "Aid", story, "2026-03-29T10:00:00Z"},
		{"1", "b", "Aid again", story + " Aides agreed.", "2026-03-28T10:00:00Z"},
		{"1", "a", "", "The same id in the same file FRA.", ""},
		{"1", "", "No id", "The row names it CHN.", "2026-03-29"},
		{"1", "c", " ", "", "2026-03-29"},
		{"1", "d", "None", "nan", "soon"},
		{"1", "e", "Broken", "\xff\x81\x8d", ""},
		{"1", "f", "Panic", "PANIC", ""},
		{"1", "i", "Costly", "COSTLY", ""},
		{"2", "a", "", "Another file counts its rows FRA CHN.", "03/04/2026"},
		{"2", "a", "Aid", story, ""},
		{"2", "g", "Long", strings.Repeat("a", 5000), ""},
		{"2", "h", "Zero \x00 byte \ufeff", "CHN \u202e text", "0000-00-00"},
	}
	for i := range 400 { // copies of forty stories that disagree on the side
		list = append(list, record{"2", fmt.Sprint("n", i), "Copy", fmt.Sprintf("Story %d of FRA and CHN was told once more by an outlet "+
			"that has number %d in the list of those that print what agencies write%s", i%40, i%40,
			strings.Repeat(".", i%7)),
			fmt.Sprintf("2026-03-%02d", 27+i%3)})
	}
	return list
}

var names = []string{"doc_id", "headline", "body", "published"}

func options() format.Options { return format.Options{Limits: format.Limits{Line: 4000}} }

func stamp() output.Stamp { return StampOf("m", "c", "run", runDate) }

func config() Config {
	return Config{Options: options(), Name: "-", Reader: lineReader{},
		Filler: output.Filler{Stamp: stamp(), CountryName: lineReader{}.CountryName,
			MaxPairs: 1000}}
}

// plain publishes the records by a run of one machine and returns all rows, by
// dataset.
func plain(t *testing.T, records []record) map[string][]string {
	t.Helper()
	out := t.TempDir()
	read := func(file string) func(context.Context) iter.Seq2[datasets.Example, error] {
		return func(context.Context) iter.Seq2[datasets.Example, error] {
			return func(yield func(datasets.Example, error) bool) {
				table, err := format.NewTable(names, options())
				if err != nil {
					t.Fatal(err)
				}
				line := 0
				for _, r := range records {
					if r.file != file {
						continue
					}
					line++
					a, err := table.Read(datasets.Origin{File: file, Line: line,
						Offset: int64(line - 1)}, []string{r.id, r.title, r.text, r.date})
					if !yield(datasets.Example{Article: a}, err) {
						return
					}
				}
			}
		}
	}
	c := batch.Config{Out: out, Date: runDate, Reader: lineReader{}, ModelID: "m", ConfigSHA256: "c", RunID: "run", MaxQuarantineRatio: 1,
		Inputs: []batch.Input{{Name: "1", Read: read("1")}, {Name: "2", Read: read("2")}}}
	if _, err := batch.Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	l, err := output.NewLayout(out, runDate)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	keep := func(dataset string, row any, err error) {
		text, err2 := json.Marshal(row)
		if err = errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		rows[dataset] = append(rows[dataset], string(text))
	}
	err = errors.Join(
		output.EachRow(l.Parts(output.StanceData)[0], func(r *output.Row) error {
			keep(output.StanceData, asMap(r), nil)
			return nil
		}),
		output.EachRow(l.Parts(output.ArticlesData)[0], func(r *output.ArticleRow) error {
			keep(output.ArticlesData, asMap(r), nil)
			return nil
		}),
		output.EachRow(l.Parts(output.AggregatesData)[0], func(r *output.AggregateRow) error {
			keep(output.AggregatesData, asMap(r), nil)
			return nil
		}),
		output.EachRow(l.Parts(output.QuarantineData)[0], func(r *output.QuarantineRow) error {
			keep(output.QuarantineData, asMap(r), nil)
			return nil
		}))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range rows {
		slices.Sort(list)
	}
	return rows
}

// asMap is a row by the names of its columns, as text.
func asMap[T any](row *T) map[string]string {
	table := output.TableOf[T]()
	m := map[string]string{}
	for i, v := range table.Values(nil, row) {
		m[table.Columns[i].Name] = v.String()
	}
	return m
}

// cluster does what an engine does: it answers for the records in partitions,
// settles ids and stories, and counts.
func cluster(t *testing.T, records []record, partitions int) map[string][]string {
	t.Helper()
	ctx := context.Background()
	in := make([][][]string, partitions)
	lines := map[string]int{}
	all := map[string][]string{} // by place
	for i, r := range records {
		lines[r.file]++
		row := []string{r.id, r.title, r.text, r.date, r.file, fmt.Sprint(lines[r.file])}
		all[r.file+" "+row[5]] = row
		in[i*7919%partitions] = append(in[i*7919%partitions], row)
	}
	columns := append(slices.Clone(names), FileColumn, LineColumn)
	byDataset := map[string][]map[string]string{}
	var schema *arrow.Schema
	for _, rows := range in {
		slices.Reverse(rows)
		d := filter(t, stream(t, columns, rows), func(r *bytes.Reader, w *bytes.Buffer) error {
			return Articles(ctx, config(), r, w)
		})
		schema = d.schema
		if int(d.mark.Input) != len(rows) ||
			d.mark.Rows[output.ArticlesData]+d.mark.Rows[output.QuarantineData] != d.mark.Input {
			t.Fatalf("%d rows in, mark %+v", len(rows), d.mark)
		}
		for _, m := range d.rows {
			byDataset[m["dataset"]] = append(byDataset[m["dataset"]], m)
		}
	}
	settled := filter(t, reencode(t, schema, byDataset[output.ArticlesData]),
		func(r *bytes.Reader, w *bytes.Buffer) error {
			return Stories(ctx, output.DaysOf(runDate), r, w)
		})
	stories := map[string]map[string]string{}
	var repeated [][]string
	for _, m := range settled.rows {
		stories[m["file"]+" "+m["line"]] = m
		if m["repeated"] == "true" {
			repeated = append(repeated, append(slices.Clone(all[m["file"]+" "+m["line"]]), m["article_id"]))
		}
	}
	for _, dataset := range []string{output.StanceData, output.ArticlesData} {
		byDataset[dataset] = slices.DeleteFunc(byDataset[dataset], func(m map[string]string) bool {
			s := stories[m["file"]+" "+m["line"]]
			for _, c := range []string{"article_id", "dup_group_id", "is_dup_primary"} {
				m[c] = s[c]
			}
			return s["repeated"] == "true"
		})
	}
	rejects := filter(t, stream(t, append(columns, IDColumn), repeated),
		func(r *bytes.Reader, w *bytes.Buffer) error {
			return Repeats(ctx, config(), r, w)
		})
	byDataset[output.QuarantineData] = append(byDataset[output.QuarantineData], rejects.rows...)
	counted := filter(t, reencode(t, schema, byDataset[output.StanceData]),
		func(r *bytes.Reader, w *bytes.Buffer) error {
			return Aggregates(ctx, r, w)
		})
	byDataset[output.AggregatesData] = counted.rows
	return map[string][]string{
		output.StanceData:     linesOf[output.Row](t, byDataset[output.StanceData]),
		output.ArticlesData:   linesOf[output.ArticleRow](t, byDataset[output.ArticlesData]),
		output.AggregatesData: linesOf[output.AggregateRow](t, byDataset[output.AggregatesData]),
		output.QuarantineData: linesOf[output.QuarantineRow](t, byDataset[output.QuarantineData]),
	}
}

// linesOf is rows with the columns of one row type, as plain has them.
func linesOf[T any](t *testing.T, rows []map[string]string) (list []string) {
	t.Helper()
	for _, m := range rows {
		kept := map[string]string{}
		for _, c := range output.TableOf[T]().Columns {
			kept[c.Name] = m[c.Name]
		}
		text, err := json.Marshal(kept)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(text))
	}
	slices.Sort(list)
	return list
}

// One machine and a cluster give the same rows, whatever the partitions: the
// promise of docs/scale-out.md.
func TestClusterGivesTheRowsOfOneMachine(t *testing.T) {
	want := plain(t, hostile())
	for _, dataset := range []string{output.StanceData, output.ArticlesData, output.AggregatesData,
		output.QuarantineData} {
		if len(want[dataset]) < 2 {
			t.Fatalf("only %d rows of %s; the test looks at nothing", len(want[dataset]), dataset)
		}
	}
	for _, partitions := range []int{1, 3, 64, 500} {
		got := cluster(t, hostile(), partitions)
		for dataset := range want {
			if extra, missing := less(got[dataset], want[dataset]),
				less(want[dataset], got[dataset]); len(extra)+len(missing) > 0 {
				t.Errorf("%d partitions, %s: %d rows too many, %d missing, such as\n%.1500q\n%.1500q", partitions, dataset, len(extra), len(missing),
					extra, missing)
			}
		}
	}
}

// less is the rows of a that are not in b, as EXCEPT ALL gives them.
func less(a, b []string) (rest []string) {
	count := map[string]int{}
	for _, row := range b {
		count[row]++
	}
	for _, row := range a {
		if count[row]--; count[row] < 0 {
			rest = append(rest, row)
		}
	}
	return rest
}

// Rows without a place stand in the named file, at their row of the stream.
func TestArticlesPlacesRows(t *testing.T) {
	c := config()
	c.Name = "night.parquet"
	d := filter(t, stream(t, []string{"text"}, [][]string{{"One."}, {""}, {"Three."}}),
		func(r *bytes.Reader, w *bytes.Buffer) error {
			return Articles(context.Background(), c, r, w)
		})
	var got []string
	for _, m := range d.rows {
		got = append(got,
			strings.Join([]string{m["dataset"], m["article_id"], m["file"], m["line"], m["byte_offset"], m["reason"]}, " "))
	}
	want := []string{"articles night-1 night.parquet 1 0 <null>", "quarantine <null> night.parquet 2 1 empty",
		"articles night-3 night.parquet 3 2 <null>"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A stream without rows gives a stream with a mark.
func TestEmptyStreams(t *testing.T) {
	d := filter(t, stream(t, []string{"text"}, nil), func(r *bytes.Reader, w *bytes.Buffer) error {
		return Articles(context.Background(), config(), r, w)
	})
	if len(d.rows) > 0 || d.mark.Input != 0 {
		t.Errorf("%+v", d)
	}
	md := d.schema.Metadata()
	for key, want := range map[string]string{UsedKey: "text", ColumnsKey + output.QuarantineData: "reason,message,file,line,byte_offset," +
		"excerpt,model_id,config_sha256,run_id,run_date,schema_version"} {
		if got, _ := md.GetValue(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	empty := reencode(t, d.schema, nil)
	filter(t, empty, func(r *bytes.Reader, w *bytes.Buffer) error {
		return Stories(context.Background(), 1, r, w)
	})
	filter(t, empty, func(r *bytes.Reader, w *bytes.Buffer) error {
		return Aggregates(context.Background(), r, w)
	})
}

// A stream that was cut short, or is none, is an error and never a shorter
// stream, wherever it is cut.
func TestCutStreamsAreErrors(t *testing.T) {
	rows := [][]string{}
	for i := range 15 {
		rows = append(rows, []string{fmt.Sprint(i), "FRA and CHN."})
	}
	whole := stream(t, []string{"id", "text"}, rows)
	for n := 0; n < len(whole); n += 3 {
		var out bytes.Buffer
		err := Articles(context.Background(), config(), bytes.NewReader(whole[:n]), &out)
		var bad *InputError
		if !errors.As(err, &bad) {
			t.Fatalf("cut after %d of %d bytes: error %v", n, len(whole), err)
		}
	}
	for name, in := range map[string][]byte{
		"no text": stream(t, []string{"id", "price"}, rows),
		"no file": stream(t, []string{"text", LineColumn}, rows),
		"words":   []byte(`{"text": "This is JSON, and long enough to be taken for the head of a message."}`),
	} {
		var bad *InputError
		if err := Articles(context.Background(), config(), bytes.NewReader(in),
			&bytes.Buffer{}); !errors.As(err, &bad) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// A flipped bit among the values of a batch, their offsets and nulls may give
// other rows or an error, never a crash. (One in the head of a message can make
// arrow-go ask for more memory than there is; the process then ends with a code
// that is not 0 and without a mark.)
func TestBrokenValuesNeverCrash(t *testing.T) {
	whole := stream(t, []string{"id", "text"}, [][]string{{"a", "FRA."}, {"b", "CHN and FRA."}, {"c", ""}})
	body := bytes.Index(whole, []byte("FRA."))
	for i := body - 200; i < len(whole); i++ {
		for bit := range 8 {
			in := slices.Clone(whole)
			in[i] ^= 1 << bit
			var bad *InputError
			if err := Articles(context.Background(), config(), bytes.NewReader(in),
				&bytes.Buffer{}); err != nil && !errors.As(err, &bad) {
				t.Fatalf("byte %d, bit %d: %v", i, bit, err)
			}
		}
	}
}

// The sum in the mark is that of the bytes before its batch.
func TestMarkSumsTheStream(t *testing.T) {
	var out bytes.Buffer
	w, err := newWriter(&out, nil, func(*shape) {})
	if err != nil {
		t.Fatal(err)
	}
	before := w.sink.sum
	w.mark.Input = 3
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	if d := decode(t, out.Bytes()); d.mark.CRC32 == fmt.Sprintf("%08x", before) ||
		d.mark.Input != 3 {
		// close flushes an empty batch first, so the sum must have moved on
		t.Errorf("mark %+v after sum %08x", d.mark, before)
	}
}

// Rows of two runs are not counted together, and rows of a later date have no
// place in an earlier one.
func TestFiltersRefuseForeignRows(t *testing.T) {
	d := filter(t, stream(t, []string{"text"}, [][]string{{"FRA says."}, {"CHN says."}}),
		func(r *bytes.Reader, w *bytes.Buffer) error {
			return Articles(context.Background(), config(), r, w)
		})
	var stance, articles []map[string]string
	for _, m := range d.rows {
		if m["dataset"] == output.StanceData {
			stance = append(stance, m)
		} else {
			articles = append(articles, m)
		}
	}
	stance[1]["run_id"] = "another"
	var bad *InputError
	if err := Aggregates(context.Background(), bytes.NewReader(reencode(t, d.schema, stance)),
		&bytes.Buffer{}); !errors.As(err, &bad) {
		t.Errorf("rows of two runs: error %v", err)
	}
	early := output.DaysOf(runDate) - 1
	if err := Stories(context.Background(), early, bytes.NewReader(reencode(t, d.schema, articles)),
		&bytes.Buffer{}); !errors.As(err, &bad) {
		t.Errorf("rows of a later date: error %v", err)
	}
}
