package golearn

import (
	"testing"

	"stance/models/conformance"
)

func TestConformance(t *testing.T) {
	for _, kind := range Kinds() {
		t.Run(kind.Name, func(t *testing.T) { conformance.Run(t, kind) })
	}
}

func TestBundles(t *testing.T) {
	for _, kind := range Kinds() {
		t.Run(kind.Name, func(t *testing.T) { conformance.RunBundle(t, kind, "../../datasets/sample/labelled-2.jsonl") })
	}
}
