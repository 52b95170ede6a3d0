package conformance

import (
	"testing"

	"stance/models"
)

func TestOwnKinds(t *testing.T) {
	for _, kind := range models.Kinds() {
		t.Run(kind.Name, func(t *testing.T) { Run(t, kind) })
	}
}

func TestOwnBundles(t *testing.T) {
	for _, kind := range models.Kinds() {
		t.Run(kind.Name, func(t *testing.T) { RunBundle(t, kind, "../../datasets/sample/labelled-2.jsonl") })
	}
}
