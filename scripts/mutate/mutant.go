package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
)

// mutant is one change of one file.
type mutant struct {
	pkg         pkg
	file        string
	text        []byte // of the file as it is
	line        int
	column      int
	from, to    int // bytes that are replaced
	replacement string
}

func (m mutant) String() string {
	was := string(m.text[m.from:m.to])
	if len(was) > 40 {
		was = was[:40] + "…"
	}
	return fmt.Sprintf("%s/%s:%d:%d: %q -> %q", m.pkg.ImportPath, filepath.Base(m.file), m.line,
		m.column, was, m.replacement)
}

// source is the changed file.
func (m mutant) source() []byte {
	return []byte(string(m.text[:m.from]) + m.replacement + string(m.text[m.to:]))
}

// operators are the changes of operators.
var operators = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+", token.MUL: "/", token.QUO: "*",
	token.REM: "*", token.AND: "|", token.OR: "&", token.SHL: ">>", token.SHR: "<<",
	token.INC: "--", token.DEC: "++", token.ADD_ASSIGN: "-=", token.SUB_ASSIGN: "+=",
	token.MUL_ASSIGN: "/=", token.QUO_ASSIGN: "*=", token.BREAK: "continue", token.CONTINUE: "break",
}

// mutantsOf lists all changes of all packages, in order of file and place.
func mutantsOf(packages []pkg) ([]mutant, error) {
	var out []mutant
	for _, p := range packages {
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			out = append(out, mutantsIn(p, file, text)...)
		}
	}
	return out, nil
}

// mutantsIn lists the changes of one file, which must be sound.
func mutantsIn(p pkg, file string, text []byte) []mutant {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	var out []mutant
	replace := func(from, to token.Pos, replacement string) {
		at := set.Position(from)
		out = append(out,
			mutant{p, file, text, at.Line, at.Column, at.Offset, set.Position(to).Offset,
				replacement})
	}
	operator := func(at token.Pos, op token.Token) {
		if changed, ok := operators[op]; ok {
			replace(at, at+token.Pos(len(op.String())), changed)
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			return !isMessage(n)
		case *ast.BinaryExpr:
			operator(n.OpPos, n.Op)
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				replace(n.OpPos, n.OpPos+1, "")
			}
		case *ast.IncDecStmt:
			operator(n.TokPos, n.Tok)
		case *ast.AssignStmt:
			operator(n.TokPos, n.Tok)
		case *ast.BranchStmt:
			if n.Label == nil {
				operator(n.TokPos, n.Tok)
			}
		case *ast.BasicLit:
			if i, err := strconv.ParseInt(n.Value, 0, 64); err == nil && n.Kind == token.INT {
				replace(n.Pos(), n.End(), strconv.FormatInt(i+1, 10))
			}
		case *ast.IfStmt:
			from, to := set.Position(n.Cond.Pos()).Offset, set.Position(n.Cond.End()).Offset
			replace(n.Cond.Pos(), n.Cond.End(), "("+string(text[from:to])+") && false")
		case *ast.ExprStmt:
			if _, ok := n.X.(*ast.CallExpr); ok {
				replace(n.Pos(), n.End(), "")
			}
		}
		return true
	})
	return out
}

// isMessage reports whether a call makes words for people, or room in advance:
// a change in it changes no answer.
func isMessage(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic" || f.Name == "make" && len(call.Args) == 3
	case *ast.SelectorExpr:
		of, ok := f.X.(*ast.Ident)
		return ok && of.Name == "fmt" && f.Sel.Name == "Errorf"
	}
	return false
}
