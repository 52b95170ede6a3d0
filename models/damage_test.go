package models

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"stance/datasets"
	"stance/features"
	"stance/models/learn"
)

// smallBundle is the bytes of a bundle learnt from a few sample articles.
func smallBundle(t testing.TB) []byte {
	t.Helper()
	g, err := features.DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := features.NewPipeline(g, []features.Topic{{ID: "taiwan", Proposition: "Taiwan should be able to keep its self-rule.",
		Terms: []string{"taiwan*", "taipei"}, For: features.Side{Countries: []string{"TWN"}},
		Against: features.Side{Countries: []string{"CHN"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadCorpus(context.Background(), CorpusInfo{Name: "sample", Format: "stance", Weight: 1},
		CorpusFiles{Texts: []datasets.Input{{Path: "../datasets/sample/labelled-2.jsonl"}}}, datasets.Options{}, func(e *datasets.RecordError) { t.Fatal(e) })
	if err != nil {
		t.Fatal(err)
	}
	c.Examples = c.Examples[:min(40, len(c.Examples))]
	o := TrainOptions{Kind: Kinds()[0], Settings: learn.DefaultSettings(), Fit: DefaultFitOptions(), Seed: 1}
	o.Fit.Folds, o.Fit.Vectorizer.MinDF, o.Fit.Vectorizer.MaxTerms = 2, 3, 300
	b, err := Train(context.Background(), pl, []Corpus{c}, o)
	if err != nil {
		t.Fatal(err)
	}
	data, err := b.encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDamagedBundleIsRefused changes one byte, or cuts the end off, 10,000 times: no bundle like that may be read.
func TestDamagedBundleIsRefused(t *testing.T) {
	whole := smallBundle(t)
	if _, err := Decode(whole, Kinds()); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		data := bytes.Clone(whole)
		at, flip := random.IntN(len(whole)), byte(0)
		if random.IntN(4) == 0 {
			data = data[:at]
		} else {
			flip = byte(1 + random.IntN(255))
			data[at] ^= flip
		}
		if _, err := Decode(data, Kinds()); err == nil {
			t.Fatalf("read: %d of %d bytes, byte %d changed by %#x", len(data), len(whole), at, flip)
		}
	}
	for at := range min(len(whole), 200) { // the header and the names, each bit
		for bit := range 8 {
			data := bytes.Clone(whole)
			data[at] ^= 1 << bit
			if _, err := Decode(data, Kinds()); err == nil {
				t.Fatalf("read: bit %d of byte %d changed", bit, at)
			}
		}
	}
}

// FuzzDecodeBundle gives Decode any bytes as a whole bundle (section 255) or as one section of a sound one under a right
// checksum: an error or a bundle, no panic.
func FuzzDecodeBundle(f *testing.F) {
	whole := smallBundle(f)
	sound, err := readSections(whole)
	if err != nil {
		f.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(sound.left))
	f.Add(byte(255), whole)
	f.Add(byte(255), []byte(bundleMagic+"\x01\x00\x00\x00\xff\xff\xff\xff"))
	for i, name := range names {
		f.Add(byte(i), sound.left[name])
	}
	f.Fuzz(func(t *testing.T, section byte, data []byte) {
		if int(section) < len(names) {
			w := &sectionWriter{}
			for i, name := range names {
				raw := sound.left[name]
				if i == int(section) {
					raw = data
				}
				w.add(name, raw)
			}
			if data, err = w.bytes(); err != nil {
				t.Fatal(err)
			}
		}
		if b, err := Decode(data, Kinds()); err == nil && (b.ID() == "" || len(b.Manifest.Heads) == 0) {
			t.Errorf("read: %+v", b.Manifest)
		}
	})
}
