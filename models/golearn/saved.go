package golearn

// A Classifier in golearn's file: a gzipped tar with golearn's CLS_MANIFEST and
// METADATA and one entry of ours, STANCE_CLASSIFIER, made of the fields of
// codec.go:
//
//	magic "gcl1", names: the kind and the class attribute
//	count of columns; 0 or 1: whether they have names; if so names, and 0 (float) or 1 (binary) for each
//	count of bytes and the bytes of the fitted classifier, as its MarshalBinary gives them
//	checksum (golearn reads entries without checking that of gzip)

import (
	"fmt"
	"math"

	"github.com/sjwhitworth/golearn/base"
)

const (
	savedMagic = "gcl1"
	savedKey   = "STANCE_CLASSIFIER"
)

// GetMetadata is what golearn writes at the head of a saved classifier.
func (c *Classifier) GetMetadata() base.ClassifierMetadataV1 {
	return base.ClassifierMetadataV1{
		FormatVersion:      1, // golearn reads no other
		ClassifierName:     "stance " + c.kind.Name,
		ClassifierVersion:  "1.0",
		ClassifierMetadata: map[string]any{"kind": c.kind.Name},
	}
}

// Save writes the fitted classifier to a new file in golearn's format.
func (c *Classifier) Save(path string) error {
	if c.fitted == nil {
		return c.nothingToSave()
	}
	w, err := base.CreateSerializedClassifierStub(path, c.GetMetadata())
	if err != nil {
		return fmt.Errorf("golearn: %s: %w", path, err)
	}
	if err := c.SaveWithPrefix(w, ""); err != nil {
		w.Close()
		return err
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("golearn: %s: %w", path, err)
	}
	return nil
}

// SaveWithPrefix writes the fitted classifier as a part of another file. It
// leaves the file open.
func (c *Classifier) SaveWithPrefix(w *base.ClassifierSerializer, prefix string) error {
	if c.fitted == nil {
		return c.nothingToSave()
	}
	fitted, err := c.fitted.MarshalBinary()
	if err != nil {
		return err
	}
	if err := w.WriteBytesForKey(w.Prefix(prefix, savedKey), c.bytes(fitted)); err != nil {
		return fmt.Errorf("golearn: %w", err)
	}
	return nil
}

func (c *Classifier) nothingToSave() error {
	return fmt.Errorf("golearn: %s has nothing to save; call Fit or Load first", c.kind.Name)
}

// Load reads what Save wrote for a classifier of the same kind. After an error
// c is what it was.
func (c *Classifier) Load(path string) error {
	return recovered(func() error {
		r, err := base.ReadSerializedClassifierStub(path)
		if err != nil {
			return fmt.Errorf("golearn: %s: %w", path, err)
		}
		defer r.Close()
		return c.LoadWithPrefix(r, "")
	})
}

// LoadWithPrefix reads what SaveWithPrefix wrote for a classifier of the same
// kind. After an error c is what it was.
func (c *Classifier) LoadWithPrefix(r *base.ClassifierDeserializer, prefix string) error {
	b, err := r.GetBytesForKey(r.Prefix(prefix, savedKey))
	if err != nil {
		return fmt.Errorf("golearn: no classifier of this package in the file: %w", err)
	}
	return c.setBytes(b)
}

// bytes encodes c around the bytes of its fitted classifier.
func (c *Classifier) bytes(fitted []byte) []byte {
	w := newWriter(savedMagic)
	w.names([]string{c.kind.Name, c.table.class})
	w.count(c.table.cols)
	w.flag(c.table.names != nil)
	if c.table.names != nil {
		w.names(c.table.names)
		for _, binary := range c.table.binary {
			w.flag(binary)
		}
	}
	w.count(len(fitted))
	w.b = append(w.b, fitted...)
	return w.sealed()
}

// setBytes decodes what bytes gave.
func (c *Classifier) setBytes(b []byte) error {
	r, err := newReader(b, savedMagic)
	if err != nil {
		return err
	}
	head := r.names()
	if len(head) != 2 {
		r.fail("%d names at its head", len(head))
		return r.end()
	}
	if head[0] != c.kind.Name {
		return fmt.Errorf("golearn: the file holds a classifier of kind %s, not %s; make it with that kind", head[0], c.kind.Name)
	}
	t := table{class: head[1], cols: r.number(math.MaxInt32)}
	if r.flag() {
		t.names = append([]string{}, r.names()...)
		for range t.names {
			t.binary = append(t.binary, r.flag())
		}
		if len(t.names) != t.cols {
			r.fail("%d names for %d columns", len(t.names), t.cols)
		}
	}
	model := r.take(r.count())
	if err := r.end(); err != nil {
		return err
	}
	fitted, err := c.kind.Decode(model)
	if err != nil {
		return err
	}
	c.fitted, c.table = fitted, t
	return nil
}

func (w *writer) flag(set bool) {
	if set {
		w.count(1)
	} else {
		w.count(0)
	}
}

func (r *reader) flag() bool { return r.number(1) == 1 }
