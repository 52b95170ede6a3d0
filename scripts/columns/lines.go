package main

import (
	"go/scanner"
	"go/token"
	"strings"
)

// Limits, in columns.
const (
	commentLimit = 80
	codeLimit    = 100
	tabWidth     = 4
)

// width counts the columns of a line.
func width(line string) int {
	n := 0
	for _, r := range line {
		if n++; r == '\t' {
			n += tabWidth - 1
		}
	}
	return n
}

// piece is a token of one line.
type piece struct {
	tok      token.Token
	from, to int // bytes of the line
}

// line is a line of a file with the tokens that begin in it.
type line struct {
	number  int
	text    string
	pieces  []piece
	literal bool // it begins inside a string or a block comment
}

// linesOf splits a file into lines.
func linesOf(src []byte) []line {
	var lines []line
	for n, text := range strings.Split(string(src), "\n") {
		lines = append(lines, line{number: n + 1, text: text})
	}
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.SEMICOLON && literal == "\n" {
			continue
		}
		if !tok.IsLiteral() && tok != token.COMMENT {
			literal = tok.String()
		}
		at := set.Position(pos)
		l := &lines[at.Line-1]
		end := min(len(l.text), at.Column-1+len(literal))
		l.pieces = append(l.pieces, piece{tok, at.Column - 1, end})
		for n := at.Line; n < at.Line+strings.Count(literal, "\n"); n++ {
			lines[n].literal = true
		}
	}
}

// isComment reports whether a line is a comment that can be wrapped.
func (l line) isComment() bool {
	text := strings.TrimSpace(l.text)
	return len(l.pieces) == 1 && strings.HasPrefix(text, "//") && !isDirective(text)
}

// isDirective reports whether a comment speaks to a tool: "//go:build".
func isDirective(text string) bool { return len(text) > 2 && text[2] != ' ' && text[2] != '\t' }

// isCode reports whether a comment is shown as code.
func isCode(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "//\t") }

// tooWide reports whether a line is wider than it may be and could be wrapped.
func (l line) tooWide() bool {
	switch {
	case l.literal || len(l.pieces) == 0:
		return false
	case l.isComment():
		words := strings.Fields(l.text)
		return width(l.text) > commentLimit && len(words) > 2 && !isCode(l.text)
	case width(l.text) <= codeLimit ||
		isDirective(strings.TrimSpace(l.text)) && l.pieces[0].tok == token.COMMENT:
		return false
	}
	for _, p := range l.pieces {
		if p.tok == token.STRING && width(l.text[:p.from]) < codeLimit &&
			width(l.text[:p.to]) > codeLimit-2 {
			return false
		}
	}
	return true
}
