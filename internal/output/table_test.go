package output

import "testing"

// A row's cells are its columns in order, with nulls where nothing is known.
func TestTableTakesRowsApart(t *testing.T) {
	table := TableOf[ArticleRow]()
	published := int64(86_400_000_000)
	row := ArticleRow{ArticleID: "a", PublishedAt: &published, PublishedDate: count(1), Status: "ok", Truncated: true,
		TextBytes: 7, OOVRatio: prob(0.25), DupGroupID: "g"}
	cells := table.Values(nil, &row)
	if len(cells) != len(table.Columns) {
		t.Fatalf("%d cells for %d columns", len(cells), len(table.Columns))
	}
	want := map[string]struct {
		typ  ColumnType
		text string
	}{
		"article_id": {Text, "a"}, "published_at": {Micros, "86400000000"},
		"published_date": {Date, "1"}, "truncated": {Bool, "true"},
		"text_bytes": {Int64, "7"}, "n_tokens": {Int32, "0"}, "oov_ratio": {Double, "0.25"}, "error": {Text, "<null>"},
		"sentiment_score": {Double, "<null>"}, "dup_group_id": {Text, "g"},
	}
	for i, c := range table.Columns {
		w, ok := want[c.Name]
		if ok &&
			(c.Type != w.typ || cells[i].String() != w.text || cells[i].IsNull() != (w.text == "<null>")) {
			t.Errorf("%s is of type %d and %s, want %d and %s", c.Name, c.Type, cells[i], w.typ,
				w.text)
		}
		delete(want, c.Name)
	}
	if len(want) > 0 {
		t.Errorf("no columns %v", want)
	}
}

func TestTablesOfAllRowTypes(t *testing.T) {
	for name, n := range map[string]int{
		StanceData: len(TableOf[Row]().Columns), ArticlesData: len(TableOf[ArticleRow]().Columns),
		AggregatesData: len(TableOf[AggregateRow]().Columns),
		QuarantineData: len(TableOf[QuarantineRow]().Columns),
	} {
		for _, table := range tables {
			if table.dataset == name && n != len(table.schema.Columns()) {
				t.Errorf("%s has %d columns, want %d", name, n, len(table.schema.Columns()))
			}
		}
	}
}
