package main

import (
	"strings"
	"testing"
)

// long is a word of n letters.
func long(n int) string { return strings.Repeat("x", n) }

func TestTooWide(t *testing.T) {
	tests := []struct {
		line string
		want bool
	}{
		{"// " + long(38) + " " + long(38), false},
		{"// " + long(39) + " " + long(38), true},
		{"// " + long(100), false}, // an address cannot be wrapped
		{"//go:generate " + long(100) + " x", false},
		{"//\tx := " + long(50) + " + " + long(50), false}, // shown as code
		{"var " + long(45) + ", " + long(49) + " T", true},
		{"var " + long(44) + ", " + long(48) + " T", false},
		{"\tvar " + long(43) + ", " + long(48) + " T", true}, // a tab is four columns
		{`var x = "` + long(120) + `"`, false},
		{`var x, y = "a", ` + long(120), true},
		{"var x = `\n// " + long(39) + " " + long(38) + "`", false},
	}
	for _, tt := range tests {
		got := false
		for _, l := range linesOf([]byte("package p\n" + tt.line)) {
			got = got || l.tooWide()
		}
		if got != tt.want {
			t.Errorf("%s\nis too wide: %v, want %v", tt.line, got, tt.want)
		}
	}
}

// TestWrap has each way of wrapping once.
func TestWrap(t *testing.T) {
	a, b, c := long(30), "b"+long(29), "c"+long(29)
	tests := []struct{ name, in, want string }{
		{"comment", "// F " + a + " " + b + " " + c + " d\n// e\nvar x int",
			"// F " + a + " " + b + "\n// " + c + " d e\nvar x int"},
		{"list", "// F is:\n//\n//   - " + a + " " + b + " " + c + "\nvar x int",
			"// F is:\n//\n//   - " + a + " " + b + "\n//     " + c + "\nvar x int"},
		{"comment behind code", "var x int // " + a + " " + b + " " + c + " d",
			"// " + a + " " + b + "\n// " + c + " d\nvar x int"},
		{"arguments", "var x = f(" + a + ", g(" + b + ", 1), " + c + ", d)",
			"var x = f(" + a + ", g(" + b + ", 1),\n\t" + c + ", d)"},
		{"operators", "var x = " + a + " && " + b + " && f(1, 2) && " + c,
			"var x = " + a + " && " + b + " && f(1, 2) &&\n\t" + c},
		{"function", "var x = f(" + a + ", func(i int) bool { return " + b + " || " + c + " })",
			"var x = f(" + a + ", func(i int) bool {\n\treturn " + b + " || " + c + "\n})"},
		{"results", "func f(" + a + " int, " + b + " int, " + c + " int) (int, error) { return 0, nil }",
			"func f(" + a + " int, " + b + " int,\n\t" + c + " int) (int, error) {\n\treturn 0, nil\n}"},
		{"assignment", "func f() {\n\t" + a + ", y = g(" + b + ", 1), h(" + c + ", 2)\n}",
			"func f() {\n\t" + a + ", y = g(" + b + ", 1),\n\t\th(" + c + ", 2)\n}"},
	}
	for _, tt := range tests {
		got, err := wrap([]byte("package p\n\n" + tt.in + "\n"))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if want := "package p\n\n" + tt.want + "\n"; string(got) != want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, want)
		}
		if again, err := wrap(got); err != nil || string(again) != string(got) {
			t.Errorf("%s: wrapped once more, it is\n%s", tt.name, again)
		}
	}
}

// TestTree holds the files of this project to the limits.
func TestTree(t *testing.T) {
	faults, err := run("../..", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Errorf("%s; make format wraps what it can", f)
	}
}
