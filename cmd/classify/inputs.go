package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stance/datasets/format"
	"stance/internal/program"
)

// samples are the patterns of the project's own articles, read when no input is
// named.
func samples() []string {
	return []string{"datasets/sample/articles-*.jsonl", "datasets/sample/text/*.txt"}
}

// inputs expands what the user named, or the samples for nothing, into files
// that a format owns. It tells w which files of folders are read and which are
// not.
func (f *flags) inputs(w io.Writer, args []string, o format.Options) ([]format.Input, error) {
	if len(args) == 0 {
		for _, pattern := range samples() {
			found, err := filepath.Glob(filepath.FromSlash(pattern))
			if err != nil {
				return nil, err
			}
			args = append(args, found...)
		}
		if len(args) == 0 {
			return nil, program.Fail(program.Usage, errors.New("no input, and the sample articles lie only in the project's own folder; "+
				"name files, folders, patterns or - for standard input"))
		}
	}
	skipped := map[string]int{}
	found, err := format.Expand(args, func(path string) { skipped[extensionOf(path)]++ })
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, in := range found {
		if err := format.Detect(in.Path, o); err != nil {
			faults = append(faults, fmt.Errorf("%w with --format", err))
		}
	}
	if !f.quiet && hasFolder(args) {
		read := map[string]int{}
		for _, in := range found {
			read[extensionOf(in.Path)]++
		}
		fmt.Fprintf(w, "Reading %d files%s", len(found), counts(read))
		if len(skipped) > 0 {
			fmt.Fprintf(w, "; %d passed over, since no format owns their names%s", sumOf(skipped),
				counts(skipped))
		}
		fmt.Fprintln(w, ".")
	}
	return found, program.Fail(program.Schema, errors.Join(faults...))
}

func hasFolder(paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	})
}

// extensionOf is what a kind of file is called in messages: ".jsonl.gz".
func extensionOf(path string) string {
	base := strings.TrimLeft(filepath.Base(path), ".")
	if _, ext, ok := strings.Cut(base, "."); ok && len(ext) <= 16 {
		return plain("." + strings.ToLower(ext))
	}
	return plain(strings.ToLower(filepath.Ext(base)))
}
