package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stance/datasets"
	"stance/internal/golden"
)

// An example in docs/inputs.md is a block of input, whose first line names a
// file and options, and the block of what is read from it.
var inputExample = regexp.MustCompile("(?s)```[a-z]+ file=(\\S+)([^\n]*)\n(.*?)```\n+```text\n(.*?)```\n")

// TestInputsDocument reads every example of docs/inputs.md and holds what comes
// out against what the document says.
func TestInputsDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "inputs.md")
	doc, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	updated := inputExample.ReplaceAllFunc(doc, func(example []byte) []byte {
		m := inputExample.FindSubmatch(example)
		n++
		name, input, want := string(m[1]), string(m[3]), string(m[4])
		var o Options
		for _, option := range strings.Fields(string(m[2])) {
			if value, ok := strings.CutPrefix(option, "map="); ok {
				if err := o.Map.Set(value); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		got := readAs(t, name, input, o)
		if got != want && !golden.Updating() {
			t.Errorf("%s is read as\n%swant\n%s", name, got, want)
		}
		return bytes.Replace(example, []byte("```text\n"+want), []byte("```text\n"+got), 1)
	})
	if n < 20 {
		t.Errorf("%d examples found, want 20 or more; is the pattern still right?", n)
	}
	golden.File(t, path, updated)
}

// readAs has a line per record of an input: its fields, or why it is rejected.
func readAs(t *testing.T, name, input string, o Options) string {
	t.Helper()
	var out strings.Builder
	for e, err := range Decode(context.Background(), strings.NewReader(input), name, o) {
		var bad *datasets.RecordError
		switch {
		case errors.As(err, &bad):
			fmt.Fprintf(&out, "line %d: %s: %s\n", bad.Line, bad.Reason, bad.Detail)
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			fmt.Fprintln(&out, fieldsOf(t, e))
		}
	}
	return out.String()
}
