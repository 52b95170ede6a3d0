package learn

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"testing"
)

// TestSameBitsOnEveryProcessor holds the bits of a classifier, its calibration
// and its probabilities. The hashes were made on amd64, with and without fused
// multiply-add, and on arm64 (QEMU 7.2). A processor on which they do not fuses
// operations or has other functions: see internal/float.
func TestSameBitsOnEveryProcessor(t *testing.T) {
	_, p := loadFixture(t)
	want := map[string]string{
		"logistic": "3c10fdcce08018fb",
		"svm":      "0f000f916b937b7f",
		"bayes":    "71bb0d8cd44f40a9",
	}
	folds := make([]int, len(p.Y))
	for i := range folds {
		folds[i] = i % 3
	}
	for _, kind := range kinds() {
		trainer, err := kind.New(DefaultSettings())
		if err != nil {
			t.Fatal(err)
		}
		c, err := trainer.Train(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.New()
		raw, err := c.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(raw)
		scores, err := CrossScores(context.Background(), trainer, p, folds)
		if err != nil {
			t.Fatal(err)
		}
		calibration, err := FitCalibration(HeldOut{scores, p.Y, p.Weight}, len(p.Classes))
		if err != nil {
			t.Fatal(err)
		}
		for _, values := range [][]float64{calibration.Scale, calibration.Bias} {
			if err := binary.Write(sum, binary.LittleEndian, values); err != nil {
				t.Fatal(err)
			}
		}
		for i := range p.Y {
			probs := calibration.Probs(nil, c.Scores(nil, p.X.Row(i)))
			if err := binary.Write(sum, binary.LittleEndian, probs); err != nil {
				t.Fatal(err)
			}
		}
		if got := hex.EncodeToString(sum.Sum(nil)[:8]); got != want[kind.Name] {
			t.Errorf("%s: bits %s, want %s", kind.Name, got, want[kind.Name])
		}
	}
}
