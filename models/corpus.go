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
)

// CorpusFiles are the files of a corpus.
type CorpusFiles struct {
	Texts       []datasets.Input
	Annotations string // file of labels that lie apart from the texts; "": the texts have their own
}

// ReadCorpus reads the files of a corpus in the format that info names. Name, License and Weight of info are kept; the
// counts and the hash, over the bytes of the annotations and of all texts in their order, are filled in. reject is called
// with each record that is not sound; the error is for files that cannot be read at all, for annotations without their
// text and for a corpus without a sound record.
func ReadCorpus(ctx context.Context, info CorpusInfo, files CorpusFiles, o datasets.Options, reject func(*datasets.RecordError)) (Corpus, error) {
	o.Format = info.Format
	c := Corpus{Info: info}
	sum := sha256.New()
	if files.Annotations != "" {
		text, err := os.ReadFile(files.Annotations)
		if err != nil {
			return c, fmt.Errorf("models: corpus %s: %w", info.Name, err)
		}
		sum.Write(text)
		if o.Annotations, err = datasets.ReadAnnotations(bytes.NewReader(text), files.Annotations); err != nil {
			return c, err
		}
	}
	for _, file := range files.Texts {
		text, err := os.ReadFile(file.Path)
		if err != nil {
			return c, fmt.Errorf("models: corpus %s: %w", info.Name, err)
		}
		sum.Write(text)
		for e, err := range datasets.Decode(ctx, bytes.NewReader(text), file.Path, o) {
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
		return c, fmt.Errorf("models: corpus %s has no sound record; is it of format %s?", info.Name, info.Format)
	}
	if n := len(o.Annotations) - len(c.Examples); n > 0 {
		return c, fmt.Errorf("models: corpus %s: %d of %d annotated articles are not in the texts; take the texts that were annotated",
			info.Name, n, len(o.Annotations))
	}
	return c, nil
}

// HoldOut divides corpora into a part to learn from and examples to measure on: about the given share of the examples with
// stance labels, the latest ones, never apart from copies of their story. Examples without such labels are learnt from.
func HoldOut(corpora []Corpus, share float64) (learn []Corpus, dev []datasets.Example, err error) {
	var labelled []datasets.Example
	for _, c := range corpora {
		for _, e := range c.Examples {
			if hasTask(e, datasets.TaskStance) {
				labelled = append(labelled, e)
			}
		}
	}
	train, held, err := datasets.Split(labelled, datasets.SplitOptions{By: datasets.ByTime, Fraction: share})
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
		out[i].Examples = slices.DeleteFunc(slices.Clone(out[i].Examples), func(e datasets.Example) bool { return !hasTask(e, task) })
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
