package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

// shownRejects is the number of rejected records that are named one by one.
const shownRejects = 10

// corpusOf parses format:path[@weight].
func corpusOf(arg string) (config.Corpus, error) {
	name, path, ok := strings.Cut(arg, ":")
	c := config.Corpus{Format: name, Path: path, Weight: 1}
	if at := strings.LastIndexByte(path, '@'); at > 0 {
		if w, err := strconv.ParseFloat(path[at+1:], 64); err == nil {
			c.Path, c.Weight = path[:at], w
		}
	}
	if _, err := format.Of("", format.Options{Format: name}); !ok || err != nil || c.Path == "" ||
		!(c.Weight > 0 && c.Weight <= 1e6) {
		return c, errors.Join(fmt.Errorf("corpus %q; write format:path or format:path@weight, such as stance:train.jsonl", arg), err)
	}
	return c, nil
}

// corporaOf parses the values of a flag; all faults are reported at once.
func corporaOf(args []string) ([]config.Corpus, error) {
	var list []config.Corpus
	var faults []error
	for _, arg := range args {
		c, err := corpusOf(arg)
		list, faults = append(list, c), append(faults, err)
	}
	return list, program.Fail(program.Usage, errors.Join(faults...))
}

// nameOf is what a corpus without a name is called in a bundle: its folder and
// file, without the way there.
func nameOf(path string) string {
	folder := filepath.Base(filepath.Dir(path))
	base, _, _ := strings.Cut(filepath.Base(path), ".")
	switch {
	case strings.ContainsAny(base, "*?["):
		return folder
	case folder == "." || folder == ".." || folder == string(filepath.Separator):
		return base
	}
	return folder + "/" + base
}

// corpusReader reads corpora and counts what they reject.
type corpusReader struct {
	options  format.Options
	log      *slog.Logger
	rejected int
}

func (r *corpusReader) corpora(ctx context.Context, list []config.Corpus) ([]models.Corpus, error) {
	var out []models.Corpus
	for _, c := range list {
		files, err := format.Expand([]string{c.Path}, nil)
		if err != nil {
			return nil, fmt.Errorf("corpus %s:%s: %w", c.Format, c.Path, err)
		}
		info := models.CorpusInfo{Name: c.Name, Format: c.Format, License: c.License,
			Weight: c.Weight}
		if info.Name == "" {
			info.Name = nameOf(c.Path)
		}
		if info.Weight == 0 {
			info.Weight = 1
		}
		read, err := models.ReadCorpus(ctx, info,
			models.CorpusFiles{Texts: files, Annotations: c.Annotations}, r.options, r.reject)
		if err != nil {
			return nil, err
		}
		r.log.Info("corpus read", "name", read.Info.Name, "files", len(files), "examples",
			read.Info.Examples, "labels", read.Info.Labels)
		out = append(out, read)
	}
	return out, nil
}

// examples reads corpora to measure on.
func (r *corpusReader) examples(ctx context.Context,
	list []config.Corpus) ([]datasets.Example, error) {
	corpora, err := r.corpora(ctx, list)
	var examples []datasets.Example
	for _, c := range corpora {
		examples = append(examples, c.Examples...)
	}
	return examples, err
}

func (r *corpusReader) reject(e *datasets.RecordError) {
	if r.rejected++; r.rejected <= shownRejects {
		r.log.Warn("record rejected", "at", fmt.Sprintf("%s:%d", e.File, e.Line), "reason",
			e.Reason, "detail", e.Detail)
	}
}

// verdict is the error of a command that was otherwise done.
func (r *corpusReader) verdict() error {
	if r.rejected == 0 {
		return nil
	}
	return program.Fail(program.Quarantined, fmt.Errorf("done, but %d records of the corpora were rejected", r.rejected))
}
