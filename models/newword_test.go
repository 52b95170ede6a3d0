package models

import (
	"slices"
	"testing"

	"stance/datasets"
)

// Words are new when the model has them nowhere; names of roles, numbers,
// addresses and words beside no country are not.
func TestNewWords(t *testing.T) {
	r, err := defaultPredictor(t).Predict(t.Context(), datasets.Article{Title: "Norway and Ukraine", Text: "Norway sent zzplonk drones and a " +
		"qqgrumf-boat to Ukraine, www.zz.example 123 said. Norway said the zzplonk works. Nobody saw the xxfnord."})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"qqgrumf", "zzplonk"}; !slices.Equal(r.NewWords, want) {
		t.Errorf("got %q, want %q", r.NewWords, want)
	}
}
