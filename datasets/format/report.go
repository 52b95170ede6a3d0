package format

import (
	"slices"
	"strings"

	"stance/datasets"
)

// Report says how an input was read, for people to look at before they run it.
type Report struct {
	Files []FileReport
}

// FileReport is the report of one file: an input, or a member of an archive.
type FileReport struct {
	Name      string
	Layers    []string // what it was packed in, the outermost first
	Format    string   // "" when it could not be read at all
	Encoding  string   // "" when the format says it, as HTML and Parquet do
	Delimiter string   // of CSV, as people name it; "" for other formats
	Fields    []FieldReport
	Unused    []NameCount // names of the input that stand for no field, the commonest first
	Articles  int
	Rejected  map[datasets.Reason]int
	Notes     map[datasets.Note]int
	Shown     []datasets.Article     // the first articles
	Rejects   []datasets.RecordError // the first rejected records
}

// FieldReport says where the values of one field of an article came from.
type FieldReport struct {
	Field string
	Names []NameCount // the commonest first
	None  int         // articles without a value
}

// NameCount is how often a name of the input was used.
type NameCount struct {
	Name  string
	Count int
}

const (
	shownArticles = 3
	shownRejects  = 5
	reportedNames = 100 // of one field; further ones are not counted
)

func (r *Report) begin(src source, format, encoding string) {
	f := FileReport{Name: src.name, Layers: src.layers, Format: format, Encoding: encoding,
		Rejected: map[datasets.Reason]int{}, Notes: map[datasets.Note]int{}}
	for _, names := range fieldNames {
		f.Fields = append(f.Fields, FieldReport{Field: names.name})
	}
	r.Files = append(r.Files, f)
}

func (r *Report) file() *FileReport { return &r.Files[len(r.Files)-1] }

// delimiters are commas by the names people give them.
var delimiters = map[byte]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "bar", 0: "none, one column"}

func (r *Report) dialect(d dialect) {
	r.file().Delimiter = delimiters[d.comma]
	if r.file().Delimiter == "" {
		r.file().Delimiter = string(rune(d.comma))
	}
}

// fields counts where the fields of a record came from.
func (r *Report) fields(v *values) {
	f := r.file()
	used := map[string]bool{}
	for i := range v.found {
		if v.found[i].value == "" {
			f.Fields[i].None++
			used[v.found[i].empty] = true
			continue
		}
		top, _, _ := strings.Cut(v.found[i].name, ".")
		used[top], used[v.found[i].name] = true, true
		count(&f.Fields[i].Names, v.found[i].name)
	}
	for _, name := range v.seen {
		if !used[name] {
			count(&f.Unused, name)
		}
	}
}

// count adds one to the count of name and keeps the commonest first.
func count(list *[]NameCount, name string) {
	i := slices.IndexFunc(*list, func(n NameCount) bool { return n.Name == name })
	if i < 0 {
		if len(*list) == reportedNames {
			return
		}
		*list = append(*list, NameCount{Name: name})
		i = len(*list) - 1
	}
	for (*list)[i].Count++; i > 0 && (*list)[i].Count > (*list)[i-1].Count; i-- {
		(*list)[i], (*list)[i-1] = (*list)[i-1], (*list)[i]
	}
}

// outcome counts a record that was handed to the consumer.
func (r *Report) outcome(e datasets.Example, rejected *datasets.RecordError) {
	f := r.file()
	if rejected != nil {
		f.Rejected[rejected.Reason]++
		if len(f.Rejects) < shownRejects {
			f.Rejects = append(f.Rejects, *rejected)
		}
		return
	}
	f.Articles++
	for _, n := range strings.Fields(e.Notes) {
		f.Notes[datasets.Note(n)]++
	}
	if len(f.Shown) < shownArticles {
		f.Shown = append(f.Shown, e.Article)
	}
}
