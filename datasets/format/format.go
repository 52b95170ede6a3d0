// Package format reads files of articles and labelled examples. It owns
// everything between a file and a [datasets.Article].
//
// The table [Formats] lists the file formats; each has one decoder in a file of
// its own. A decoder turns an input into a stream of [datasets.Example]. A bad
// record becomes a [*datasets.RecordError] in the same stream, so one broken
// record never ends a run.
package format

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Format is one kind of file this package can read: a line of the table [Formats].
type Format struct {
	Name       string
	Doc        string   // one line for --help and the documentation
	Extensions []string // lower case, with the dot; files of these names are read so unless told otherwise
	Labelled   bool     // its records carry answers to learn from
	decode     func(*stream)
}

// Formats is every format that can be named in [Options]. Plain inputs come first and own the file extensions; corpora
// are read only when named, since their files look like any other. To add a format: one decoder and one line here.
var Formats = []Format{
	{Name: "text", Doc: "one article per file: optional date line, title, blank line, body",
		Extensions: []string{".txt"}, decode: decodeText},
	{Name: "jsonl", Doc: "one JSON object per line: id, title, text or body, published_at, source, url, lang, labels",
		Extensions: []string{".jsonl", ".ndjson"}, decode: decodeJSONL},
	{Name: "json", Doc: "such objects over any number of lines: one, several, or an array",
		Extensions: []string{".json"}, decode: decodeJSON},
	{Name: "csv", Doc: "comma or tab separated, with a header that names the columns",
		Extensions: []string{".csv", ".tsv"}, decode: decodeCSV},
	{Name: "stance", Doc: "jsonl whose every record has labels of country, topic and stance",
		Labelled: true, decode: decodeStance},
	{Name: "newsmtsc", Doc: "NewsMTSC (EACL 2021): JSON lines of news sentences with the polarity toward marked targets",
		Labelled: true, decode: decodeNewsMTSC},
	{Name: "dse", Doc: "directed sentiment between entities (ACL 2021): sentence, p, q, label, separated by tabs",
		Labelled: true, decode: decodeDSE},
	{Name: "plover", Doc: "PLOVER events (PLV): tab-separated sentences with <s> and <t> marks, root and quad class",
		Labelled: true, decode: decodePLOVER},
	{Name: "unscon", Doc: "UN Security Council conflicts (UNSCon): CSV of speech sentences with the kind of verbal conflict",
		Labelled: true, decode: decodeUNSCon},
}

// Of returns the format that path is read as: the one named in o, else the one that owns its extension (a trailing
// .gz or .zst does not count). Standard input ("-") without a named format is jsonl.
func Of(path string, o Options) (Format, error) {
	name := o.Format
	if name == "" && path == "-" {
		name = "jsonl"
	}
	ext := extension(path)
	for _, f := range Formats {
		if name == f.Name {
			return f, nil
		}
		for _, e := range f.Extensions {
			if name == "" && e == ext {
				return f, nil
			}
		}
	}
	if name != "" {
		return Format{}, fmt.Errorf("datasets: no format %q; choose from %s", name, strings.Join(formatNames(), ", "))
	}
	return Format{}, fmt.Errorf("datasets: %s: no format owns files named *%s; name one of %s",
		path, ext, strings.Join(formatNames(), ", "))
}

func formatNames() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// extension is the lower-case extension of path below any compression suffix: ".jsonl" of "a.JSONL.gz".
func extension(path string) string {
	return filepath.Ext(trimCompression(strings.ToLower(path)))
}

func trimCompression(path string) string {
	for _, suffix := range []string{".gz", ".zst"} {
		if strings.HasSuffix(strings.ToLower(path), suffix) {
			return path[:len(path)-len(suffix)]
		}
	}
	return path
}

// stem is the base name of path without extension and compression suffix; IDs are made from it.
func stem(path string) string {
	if path == "-" {
		return "stdin"
	}
	base := filepath.Base(trimCompression(path))
	if s := strings.TrimSuffix(base, filepath.Ext(base)); s != "" {
		return s
	}
	return base
}
