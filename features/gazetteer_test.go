package features

import "testing"

func TestDefaultGazetteer(t *testing.T) {
	if _, err := DefaultGazetteer(); err != nil {
		t.Fatal(err)
	}
}
