package output

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"stance/internal/golden"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// column is a field of a row type with its tag taken apart.
type column struct {
	name    string
	options []string
	doc     string
	typ     reflect.Type
}

func (c column) has(option string) bool { return slices.Contains(c.options, option) }

// columnsOf lists the columns of a row type in order; an embedded struct stands
// for its fields.
func columnsOf(t reflect.Type, comments map[string]string) (cs []column) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			cs = append(cs, columnsOf(f.Type, comments)...)
			continue
		}
		tag := strings.Split(f.Tag.Get("parquet"), ",")
		cs = append(cs, column{tag[0], tag[1:], comments[t.Name()+"."+f.Name], f.Type})
	}
	return cs
}

// commentsOf maps Type.Field to the field's comment, for the struct types of a
// file.
func commentsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	comments := map[string]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				for _, name := range f.Names {
					comment := strings.Join(strings.Fields(f.Doc.Text()), " ")
					comments[spec.Name.Name+"."+name.Name] = comment
				}
			}
		}
		return true
	})
	return comments
}

// tables are the row types by dataset, in the order of docs/columns.md.
var tables = []struct {
	dataset, doc string
	row          reflect.Type
	schema       *parquet.Schema
}{
	{StanceData, "one row per article x country x topic", reflect.TypeFor[Row](),
		parquet.SchemaOf(Row{})},
	{ArticlesData, "one row per article, also for those that name no country or topic",
		reflect.TypeFor[ArticleRow](),
		parquet.SchemaOf(ArticleRow{})},
	{AggregatesData, "one row per day x country x topic", reflect.TypeFor[AggregateRow](),
		parquet.SchemaOf(AggregateRow{})},
	{QuarantineData, "one row per rejected record", reflect.TypeFor[QuarantineRow](),
		parquet.SchemaOf(QuarantineRow{})},
}

// The rules stand at the head of row.go; the reasons, with the readers that
// break, in docs/columns.md.
func TestRowTypesFollowTheRules(t *testing.T) {
	comments := commentsOf(t, "row.go")
	for _, table := range tables {
		seen := map[string]bool{}
		for _, c := range columnsOf(table.row, comments) {
			at := table.dataset + "." + c.name
			if faults := columnFaults(c); len(faults) > 0 {
				t.Errorf("%s: %s", at, strings.Join(faults, "; "))
			}
			if seen[c.name] {
				t.Errorf("%s: twice", at)
			}
			seen[c.name] = true
			leaf, ok := table.schema.Lookup(c.name)
			if !ok {
				t.Errorf("%s: not a top-level column of the file", at)
				continue
			}
			if leaf.Node.Optional() != (c.typ.Kind() == reflect.Pointer) {
				t.Errorf("%s: optional in the file is %v", at, leaf.Node.Optional())
			}
		}
		if got, want := len(table.schema.Columns()), len(seen); got != want {
			t.Errorf("%s: %d columns in the file, %d in the type", table.dataset, got, want)
		}
	}
}

// columnFaults says which rules a column breaks.
func columnFaults(c column) (faults []string) {
	fault := func(bad bool, what string) {
		if bad {
			faults = append(faults, what)
		}
	}
	base, pointer := c.typ, c.typ.Kind() == reflect.Pointer
	if pointer {
		base = c.typ.Elem()
	}
	fault(pointer != c.has("optional"), "optional and pointer go together")
	fault(!slices.Contains([]reflect.Kind{reflect.String, reflect.Bool, reflect.Int32,
		reflect.Int64,
		reflect.Float64}, base.Kind()),
		"of type "+base.String()+": tables are flat, of strings, booleans, int32, int64 and float64")
	fault(base.Kind() == reflect.String && c.has("dict") == c.has("plain"), "a string is either dict or plain")
	fault(base.Kind() == reflect.Float64 && !c.has("dict"), "a float is dict: rounded to 4 decimals it has few values")
	for _, o := range c.options {
		fault(!slices.Contains([]string{"optional", "dict", "plain", "date", "timestamp(microsecond)"}, o), "tag "+o)
	}
	fault(c.has("date") && base.Kind() != reflect.Int32, "a date is int32 days")
	fault(c.has("timestamp(microsecond)") && base.Kind() != reflect.Int64, "a time is int64 microseconds")
	fault(strings.HasSuffix(c.name, "_date") != c.has("date") && c.name != "day",
		"a column called _date is a date, and no other")
	fault(strings.HasSuffix(c.name, "_at") != c.has("timestamp(microsecond)"),
		"a column called _at is a time, and no other")
	fault(c.name == "dt", "the directory key dt must not be a column")
	fault(c.name != strings.ToLower(c.name) || c.name == "", "a name is snake_case")
	fault(c.doc == "" || !strings.HasSuffix(c.doc, "."), "no comment that is a sentence")
	return faults
}

// A rule that nothing can break is no rule: each of these columns breaks one.
func TestRulesCatchBadColumns(t *testing.T) {
	type bad struct {
		A string   `parquet:"a"`           // untagged
		B int64    `parquet:"b,optional"`  // optional value
		C *string  `parquet:"c,dict"`      // pointer that is not optional
		D string   `parquet:"d,dict,uuid"` // UUID
		E []string `parquet:"e,list"`      // nested
		F int64    `parquet:"f_date,date"` // wide date
		G int64    `parquet:"g_at"`        // time without its type
		H string   `parquet:"dt,dict"`     // the directory key
		I bool     `parquet:"i"`           // no comment
		J float64  `parquet:"j"`           // plain float
	}
	comments := map[string]string{}
	for _, f := range strings.Split("ABCDEFGHJ", "") {
		comments["bad."+f] = "A sentence."
	}
	for _, c := range columnsOf(reflect.TypeFor[bad](), comments) {
		if len(columnFaults(c)) == 0 {
			t.Errorf("column %s passes", c.name)
		}
	}
}

const columnsHead = `# Columns

Made from the row types in internal/output/row.go by ` + "`go test ./internal/output -run Columns -update`" + `; do not edit.

Four tables, each a folder of Parquet files partitioned by run date: ` + "`OUT/<table>/v1/dt=YYYY-MM-DD/part-*.parquet`" + `. Point a
reader at ` + "`OUT/<table>/v1`" + `. Nothing else lies there, and ` + "`dt`" + ` (the directory key) equals ` + "`run_date`" + ` (the column). A
column added within v1 comes last and nullable (read old and new dates together with union_by_name in DuckDB, missing_columns="insert"
in polars); anything else makes v2 in a folder of its own.

Strings are UTF-8, dates DATE, times TIMESTAMP in microseconds UTC, probabilities and scores DOUBLE rounded to 4 decimals.
No column is nested. A footer says in key-value pairs (` + "`stance.*`" + `) what a file was made of and its checksum.
`

// docs/columns.md is what people build on, so it is made from the types and
// compared.
func TestColumnsDocument(t *testing.T) {
	comments := commentsOf(t, "row.go")
	var b bytes.Buffer
	b.WriteString(columnsHead)
	for _, table := range tables {
		fmt.Fprintf(&b, "\n## %s/v%d\n\n%s.\n\n| column | type | null | meaning |\n|---|---|---|---|\n",
			table.dataset, SchemaVersion,
			strings.ToUpper(table.doc[:1])+table.doc[1:])
		for _, c := range columnsOf(table.row, comments) {
			null := ""
			if c.has("optional") {
				null = "yes"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", c.name, typeName(c), null, c.doc)
		}
	}
	golden.File(t, filepath.Join("..", "..", "docs", "columns.md"), b.Bytes())
}

func typeName(c column) string {
	base := c.typ
	if base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch {
	case c.has("date"):
		return "date"
	case c.has("timestamp(microsecond)"):
		return "timestamp (UTC)"
	case base.Kind() == reflect.Float64:
		return "double"
	}
	return base.String()
}
