package main

import (
	"slices"
	"testing"
)

func TestMutantsIn(t *testing.T) {
	text := `package p

func f(a, b int) int {
	if a < 3 && !g(b) {
		g(a)
		a++
	}
	return a + b
}
`
	var got []string
	for _, m := range mutantsIn(pkg{ImportPath: "p"}, "p.go", []byte(text)) {
		got = append(got, m.String())
	}
	want := []string{
		`p/p.go:4:5: "a < 3 && !g(b)" -> "(a < 3 && !g(b)) && false"`, `p/p.go:4:11: "&&" -> "||"`,
		`p/p.go:4:7: "<" -> "<="`,
		`p/p.go:4:9: "3" -> "4"`, `p/p.go:4:14: "!" -> ""`, `p/p.go:5:3: "g(a)" -> ""`, `p/p.go:6:4: "++" -> "--"`, `p/p.go:8:11: "+" -> "-"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
