package models

import (
	"encoding/json"
	"reflect"
	"testing"

	"stance/models/learn"
)

// A manifest of format 1 is read without its method of calibration; a method
// that is gone is refused.
func TestManifestOfFormat1(t *testing.T) {
	text := func(method string) []byte {
		return []byte(`{"kind":"svm","seed":18446744073709551615,"options":{"calibration":"auto","folds":5},` +
			`"heads":[{"task":"stance","calibration":{"method":"` + method + `","scale":[0.1],"bias":[-2]}}]}`)
	}
	var got Manifest
	if err := json.Unmarshal(text("vector"), &got); err != nil {
		t.Fatal(err)
	}
	want := Manifest{Kind: "svm", Seed: 1<<64 - 1, Options: FitOptions{Folds: 5},
		Heads: []HeadInfo{{Task: "stance", Calibration: learn.Calibration{Scale: []float64{0.1}, Bias: []float64{-2}}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if err := json.Unmarshal(text("platt"), &got); err == nil || err.Error() != `json: unknown field "method"` {
		t.Errorf("platt: %v", err)
	}
	if err := json.Unmarshal([]byte(`{"colour":"red"}`), &got); err == nil || err.Error() != `json: unknown field "colour"` {
		t.Errorf("colour: %v", err)
	}
}
