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
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stance/internal/suggest"
)

// Format is one kind of file this package can read: a line of the table
// [Formats].
type Format struct {
	Name string
	Doc  string // one line for --help and the documentation
	// lower case, with the dot; files of these names are read so unless told
	// otherwise
	Extensions []string
	Labelled   bool // its records carry answers to learn from
	raw        bool // its decoder wants the bytes as they are, not as UTF-8
	decode     func(*stream)
}

// Formats is every format that can be named in [Options]. Plain inputs come
// first and own the file extensions; corpora are read only when named, since
// their files look like any other. To add a format: one decoder and one line
// here.
var Formats = []Format{
	{Name: "text", Doc: "one article per file: optional date line, title, blank line, body",
		Extensions: []string{".txt", ".text"}, decode: decodeText},
	{Name: "jsonl", Doc: "one JSON object per line; names of fields as in docs/inputs.md",
		Extensions: []string{".jsonl", ".ndjson", ".jl", ".jsonlines"}, decode: decodeJSONL},
	{Name: "json", Doc: "such objects over any number of lines: one, several, an array, or wrapped by an API",
		Extensions: []string{".json"}, decode: decodeJSON},
	{Name: "csv", Doc: "fields between commas, semicolons, tabs or bars, with a header that names the columns",
		Extensions: []string{".csv", ".tsv", ".psv"}, decode: decodeCSV},
	{Name: "parquet", Doc: "Parquet: one article per row; only the columns with known names are read",
		Extensions: []string{".parquet", ".pq"}, raw: true, decode: decodeParquet},
	{Name: "html", Doc: "one web page per file: its main text, title and date",
		Extensions: []string{".html", ".htm", ".xhtml"}, raw: true, decode: decodeHTML},
	{Name: "feed", Doc: "RSS, Atom or JSON feed: one article per entry",
		Extensions: []string{".rss", ".atom", ".xml", ".rdf"}, raw: true, decode: decodeFeed},
	{Name: "warc", Doc: "web archive: one article per HTML response or page of text",
		Extensions: []string{".warc", ".wet"}, raw: true, decode: decodeWARC},
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

// archiveExtensions are those of files that hold others.
var archiveExtensions = []string{".zip", ".tar"}

// Of returns the format that path is read as: the one named in o, else the one
// that owns its extension below that of a compression. Standard input ("-")
// without a named format is jsonl.
func Of(path string, o Options) (Format, error) {
	name := o.Format
	if name == "" && path == "-" {
		name = "jsonl"
	}
	ext := extension(path)
	for _, f := range Formats {
		if name == f.Name || name == "" && slices.Contains(f.Extensions, ext) {
			return f, nil
		}
	}
	if name != "" {
		return Format{}, fmt.Errorf("format: no format %q; choose from %s%s", name,
			strings.Join(formatNames(), ", "), suggest.Hint(name, formatNames()))
	}
	return Format{}, fmt.Errorf("format: %s: no format owns files named *%s; name one of %s",
		validName(path), ext, strings.Join(formatNames(), ", "))
}

// Detect is [Of] for a file that can be looked at: an archive, or a file whose
// first bytes tell its format, needs no extension.
func Detect(path string, o Options) error {
	_, err := Of(path, o)
	if err == nil || o.Format != "" || slices.Contains(archiveExtensions, extension(path)) {
		return nil
	}
	info, statErr := os.Stat(path)
	if statErr != nil || !info.Mode().IsRegular() { // the run says what is wrong with it
		return err
	}
	f, openErr := os.Open(path)
	if openErr != nil {
		return err
	}
	defer f.Close()
	start := make([]byte, peekSize)
	n, _ := io.ReadFull(f, start)
	start = start[:n]
	if _, ok := sniff(start, newNames(o.Map)); ok || compressionOf(start) != nil ||
		archiveOf(start) != nil {
		return nil
	}
	return err
}

func formatNames() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// extension is the lower-case extension of path below any compression suffix:
// ".jsonl" of "a.JSONL.gz".
func extension(path string) string {
	return filepath.Ext(trimCompression(strings.ToLower(path)))
}
