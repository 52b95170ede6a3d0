package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// portable are the packages whose numbers have the same bits on every
// processor: those that make features, those that fit a classifier, and those
// that score and answer with it. docs/reliability.md has the promise.
var portable = []string{"features", "features/family", "features/syntax", "features/vector",
	"internal/float", "models", "models/learn"}

// inexact are functions of package math that have other bits on other
// processors. Sqrt, Floor, Round, Abs, Ldexp and Frexp are exact.
var inexact = regexp.MustCompile(
	`\bmath\.(Exp|Exp2|Expm1|Log|Log2|Log10|Log1p|Pow|Tanh|Cbrt|Hypot|Lgamma|Erf|FMA)\(`)

func TestPortablePackagesLeaveMathAlone(t *testing.T) {
	for _, folder := range portable {
		files, err := filepath.Glob(filepath.Join("..", "..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for n, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if found := inexact.FindString(code); found != "" {
					t.Errorf("%s:%d: %s) differs between processors; use internal/float", file, n+1,
						found)
				}
			}
		}
	}
}
