package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"

	"stance/datasets"
	"stance/datasets/format"
)

// CorpusFiles are the files of a corpus.
type CorpusFiles struct {
	Texts       []format.Input
	Annotations string // file of labels that lie apart from the texts; "": the texts have their own
}

// ReadCorpus reads the files of a corpus in the format that info names. It
// keeps Name, License and Weight of info and fills in the counts and the hash,
// which covers the annotations and then all texts in order. It calls reject
// with each invalid record. It fails when a file cannot be read, when an
// annotated text is missing, and when no record is valid.
func ReadCorpus(ctx context.Context, info CorpusInfo, files CorpusFiles, o format.Options,
	reject func(*datasets.RecordError)) (Corpus, error) {
	o.Format = info.Format
	c := Corpus{Info: info}
	sum := sha256.New()
	if files.Annotations != "" {
		text, err := os.ReadFile(files.Annotations)
		if err != nil {
			return c, fmt.Errorf("models: corpus %s: %w", info.Name, err)
		}
		sum.Write(text)
		if o.Annotations, err = format.ReadAnnotations(bytes.NewReader(text),
			files.Annotations); err != nil {
			return c, err
		}
	}
	for _, file := range files.Texts {
		text, err := os.ReadFile(file.Path)
		if err != nil {
			return c, fmt.Errorf("models: corpus %s: %w", info.Name, err)
		}
		sum.Write(text)
		for e, err := range format.Decode(ctx, bytes.NewReader(text), file.Path, o) {
			var rejected *datasets.RecordError
			switch {
			case err == nil:
				c.Examples = append(c.Examples, e)
				c.Info.Labels += len(e.Labels)
			case errors.As(err, &rejected):
				reject(rejected)
			default:
				return c, err
			}
		}
	}
	c.Info.SHA256, c.Info.Examples = hex.EncodeToString(sum.Sum(nil)), len(c.Examples)
	if err := ctx.Err(); err != nil {
		return c, err
	}
	if len(c.Examples) == 0 {
		return c, fmt.Errorf("models: corpus %s has no sound record; is it of format %s?",
			info.Name, info.Format)
	}
	if n := len(o.Annotations) - len(c.Examples); n > 0 {
		return c, fmt.Errorf("models: corpus %s: %d of %d annotated articles are not in the texts; take the texts that were annotated",
			info.Name, n, len(o.Annotations))
	}
	return c, nil
}

// HoldOut splits corpora into training data and held-out examples. It holds out
// about the given share of the examples with stance labels: the latest ones,
// together with all copies of their stories. Examples without stance labels
// stay in the training data.
func HoldOut(corpora []Corpus, share float64) (learn []Corpus, dev []datasets.Example, err error) {
	var labelled []datasets.Example
	for _, c := range corpora {
		for _, e := range c.Examples {
			if hasTask(e, datasets.TaskStance) {
				labelled = append(labelled, e)
			}
		}
	}
	train, held, err := datasets.Split(labelled,
		datasets.SplitOptions{By: datasets.ByTime, Fraction: share})
	if err != nil {
		return nil, nil, err
	}
	kept := make([]bool, len(labelled))
	for _, i := range train {
		kept[i] = true
	}
	for _, i := range held {
		dev = append(dev, labelled[i])
	}
	n := 0
	for _, c := range corpora {
		part := Corpus{Info: c.Info}
		for _, e := range c.Examples {
			if hasTask(e, datasets.TaskStance) {
				if n++; !kept[n-1] {
					continue
				}
			}
			part.Examples = append(part.Examples, e)
		}
		learn = append(learn, part)
	}
	return learn, dev, nil
}

// WithTask keeps the examples that have a label of the task.
func WithTask(corpora []Corpus, task datasets.Task) []Corpus {
	out := slices.Clone(corpora)
	for i := range out {
		out[i].Examples = slices.DeleteFunc(slices.Clone(out[i].Examples),
			func(e datasets.Example) bool {
				return !hasTask(e, task)
			})
	}
	return out
}

func hasTask(e datasets.Example, task datasets.Task) bool {
	for _, l := range e.Labels {
		if l.Task == task {
			return true
		}
	}
	return false
}
