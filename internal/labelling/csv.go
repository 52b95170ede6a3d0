package labelling

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// csvColumns are the columns of a spreadsheet. A person fills in label, and
// annotator where several work on copies.
var csvColumns = []string{"label", "annotator", "question", "article_title", "article_text", "model_answer", "model_probability", "model_uncertainty",
	"source", "published_at", "url", "country", "country_name", "topic", "proposition", "article_id", "stance_id"}

// writeCSV begins with a byte order mark, without which Excel reads another
// encoding than UTF-8.
func writeCSV(w io.Writer, tasks []Task) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(csvColumns); err != nil {
		return err
	}
	for _, t := range tasks {
		row := []string{"", "", t.Question(), t.Title, t.Text, t.Answer, fmt.Sprint(round(t.Prob)),
			fmt.Sprint(round(t.Uncertainty)),
			t.Source, t.Published, t.URL, t.Country, t.CountryName, t.Topic, t.Proposition,
			t.ArticleID, t.ID}
		for i := range row {
			row[i] = guard(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// guard puts an apostrophe before what a spreadsheet would take for a formula,
// and before an apostrophe, so that unguard can tell.
func guard(v string) string {
	if v != "" && strings.ContainsRune("=+-@\t\r'", rune(v[0])) {
		return "'" + v
	}
	return v
}

func unguard(v string) string { return strings.TrimPrefix(v, "'") }

// readCSV reads a sheet; its columns may be in any order, and ";" or a tab may
// divide them. Programs write line ends within a cell in their own way, which
// the check of ids passes over.
func readCSV(text []byte, name string) ([]Answer, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	in := csv.NewReader(bytes.NewReader(text))
	head, _, _ := bytes.Cut(text, []byte("\n"))
	for _, d := range []byte{';', '\t'} {
		if bytes.Count(head, []byte{d}) > bytes.Count(head, []byte{byte(in.Comma)}) {
			in.Comma = rune(d)
		}
	}
	columns, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, need := range []string{"label", "stance_id", "article_id", "country", "topic", "article_title", "article_text"} {
		if !slices.Contains(columns, need) {
			err = errors.Join(err,
				fmt.Errorf("%s: no column %s; keep all columns of the export", name, need))
		}
	}
	if err != nil {
		return nil, err
	}
	c := &collector{}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return c.done()
		}
		line, _ := in.FieldPos(0)
		place := fmt.Sprintf("%s:%d", name, line)
		if err != nil {
			c.fault(name, err)
			return c.done()
		}
		field := func(column string) string {
			if at := slices.Index(columns, column); at >= 0 {
				return unguard(row[at])
			}
			return ""
		}
		c.add(csvRecord(field), cmp.Or(field("annotator"), name), field("label"), place)
	}
}

// csvRecord is the record of a row.
func csvRecord(field func(string) string) record {
	number := func(column string) float64 {
		// of the model: for people alone
		v, _ := strconv.ParseFloat(strings.Replace(field(column), ",", ".", 1), 64)
		return v
	}
	return record{ID: field("stance_id"), ArticleID: field("article_id"), Source: field("source"),
		URL: field("url"), Published: field("published_at"),
		Country: field("country"), CountryName: field("country_name"), Topic: field("topic"),
		Proposition: field("proposition"),
		Title:       field("article_title"), Text: field("article_text"), Answer: field("model_answer"),
		Prob:        number("model_probability"),
		Uncertainty: number("model_uncertainty")}
}
