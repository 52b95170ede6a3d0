package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"stance/datasets/format"
	"stance/internal/program"
)

// samples are the patterns of the project's own articles, read when no input is named.
func samples() []string {
	return []string{"datasets/sample/articles-*.jsonl", "datasets/sample/text/*.txt"}
}

// inputs expands what the user named, or the samples for nothing, into files that a format owns.
func inputs(args []string, o format.Options) ([]format.Input, error) {
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
	found, err := format.Expand(args)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, in := range found {
		if _, err := format.Of(in.Path, o); err != nil {
			faults = append(faults, fmt.Errorf("%w with --format", err))
		}
	}
	return found, program.Fail(program.Schema, errors.Join(faults...))
}
