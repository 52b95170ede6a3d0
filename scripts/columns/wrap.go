package main

import (
	"go/format"
	"go/token"
	"strings"
)

// passes bounds how often a line is broken.
const passes = 20

// wrap breaks lines that are too wide, and formats the file.
func wrap(src []byte) ([]byte, error) {
	for range passes {
		var out []string
		changed := false
		lines := linesOf(src)
		for i := 0; i < len(lines); i++ {
			l := lines[i]
			switch {
			case !l.tooWide():
				out = append(out, l.text)
			case l.isComment():
				first := paragraphStart(lines, i)
				last := paragraphEnd(lines, i)
				out = append(out[:len(out)-(i-first)], fill(lines[first:last])...)
				changed, i = true, last-1
			default:
				broken := l.broken()
				changed = changed || len(broken) > 1
				out = append(out, broken...)
			}
		}
		if !changed {
			return src, nil
		}
		formatted, err := format.Source([]byte(strings.Join(out, "\n")))
		if err != nil {
			return nil, err
		}
		src = formatted
	}
	return src, nil
}

// inParagraph reports whether line b goes on with the paragraph of line a, both
// of comments.
func inParagraph(a, b line) bool {
	return a.isComment() && b.isComment() && indentOf(a.text) == indentOf(b.text) &&
		isProse(a.text) && isProse(b.text)
}

// isProse reports whether a comment is plain text: no code, list, heading or
// empty line.
func isProse(text string) bool {
	rest := strings.TrimPrefix(strings.TrimSpace(text), "//")
	return len(rest) > 1 && rest[0] == ' ' && rest[1] != ' ' && rest[1] != '#' && rest[1] != '\t' &&
		rest[1] != '-' && rest[1] != '['
}

func indentOf(text string) string { return text[:len(text)-len(strings.TrimLeft(text, "\t "))] }

func paragraphStart(lines []line, i int) int {
	for i > 0 && inParagraph(lines[i-1], lines[i]) {
		i--
	}
	return i
}

func paragraphEnd(lines []line, i int) int {
	for i+1 < len(lines) && inParagraph(lines[i], lines[i+1]) {
		i++
	}
	return i + 1
}

// fill lays the words of a paragraph out in lines.
func fill(lines []line) []string {
	indent := indentOf(lines[0].text)
	prefix := indent + "//"
	more := prefix + " "
	first := strings.TrimPrefix(strings.TrimSpace(lines[0].text), "//")
	lead := first[:len(first)-len(strings.TrimLeft(first, " \t"))]
	if lead != " " { // a list
		more = prefix + lead + "  "
	}
	var words []string
	for _, l := range lines {
		words = append(words,
			strings.Fields(strings.TrimPrefix(strings.TrimSpace(l.text), "//"))...)
	}
	var out []string
	text := prefix + lead + words[0]
	for _, w := range words[1:] {
		if width(text)+1+width(w) > commentLimit {
			out = append(out, text)
			text = more + w
			continue
		}
		text += " " + w
	}
	return append(out, text)
}

// broken is a line of code in two or more lines: a comment behind it goes
// above, the body of a function on lines of its own, and else it is broken
// behind the last comma or operator that fits.
func (l line) broken() []string {
	last := l.pieces[len(l.pieces)-1]
	if last.tok == token.COMMENT && len(l.pieces) > 1 {
		if !strings.HasPrefix(l.text[last.from:], "//") {
			return []string{l.text}
		}
		return []string{indentOf(l.text) + l.text[last.from:],
			strings.TrimRight(l.text[:last.from], " \t")}
	}
	if open, end, ok := l.body(); ok {
		return []string{l.text[:open], l.text[open:end], l.text[end:]}
	}
	if at := l.breakAt(); at > 0 {
		return []string{l.text[:at], l.text[at:]}
	}
	return []string{l.text}
}

// body finds the body of the first function literal that begins and ends in the
// line and holds something.
func (l line) body() (open, end int, ok bool) {
	for i, p := range l.pieces {
		if p.tok != token.FUNC || i == 0 {
			continue
		}
		depth := 0
		for k := i + 1; k < len(l.pieces); k++ {
			switch q := l.pieces[k]; q.tok {
			case token.LPAREN, token.LBRACK:
				depth++
			case token.RPAREN, token.RBRACK:
				if depth--; depth < 0 {
					return 0, 0, false
				}
			case token.LBRACE:
				if depth > 0 || l.pieces[k-1].tok == token.INTERFACE ||
					l.pieces[k-1].tok == token.STRUCT {
					depth++
					continue
				}
				closing := l.closing(k)
				if closing <= k+1 {
					return 0, 0, false
				}
				return q.to, l.pieces[closing].from, true
			}
		}
	}
	return 0, 0, false
}

// closing finds the brace that closes the one at piece k; -1 when it is not in
// the line.
func (l line) closing(k int) int {
	depth := 0
	for i := k; i < len(l.pieces); i++ {
		switch l.pieces[i].tok {
		case token.LBRACE:
			depth++
		case token.RBRACE:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// breakAt is where a line is best broken: at the least depth of brackets, as
// far right as fits; 0 for nowhere.
func (l line) breakAt() int {
	best, bestDepth, depth := 0, 1<<30, 0
	assigned, declares := l.assigned(), l.pieces[0].tok == token.FUNC
	results := false // of a function that is declared here
	for i, p := range l.pieces {
		switch p.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
			next := i + 1
			results = results ||
				declares && depth == 0 && i > 4 && next < len(l.pieces) &&
					l.pieces[next].tok != token.IDENT
		}
		if width(l.text[:p.to]) > codeLimit {
			break
		}
		if i+1 == len(l.pieces) || i < assigned || !breaks(l.pieces[i].tok) ||
			l.pieces[i+1].tok == token.COMMENT {
			continue
		}
		if p.tok != token.COMMA && (i == 0 || !isOperand(l.pieces[i-1].tok)) {
			continue // a sign
		}
		rank := 10*depth + looseness(p.tok)
		if depth == 0 && p.tok == token.COMMA && l.pieces[0].tok == token.RETURN {
			rank += 25 // "return nil,"
		}
		if results {
			rank += 40
		}
		if rank <= bestDepth {
			best, bestDepth = p.to, rank
		}
	}
	return best
}

// assigned is the piece behind the first assignment of the line: what stands
// before it is not broken.
func (l line) assigned() int {
	depth := 0
	for i, p := range l.pieces {
		switch p.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.ASSIGN, token.DEFINE, token.ADD_ASSIGN, token.OR_ASSIGN:
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// breaks reports whether a line may be broken behind a token.
func breaks(t token.Token) bool { return t == token.COMMA || t.Precedence() > 0 }

// looseness ranks commas and operators: the looser it binds, the better a line
// is broken behind it.
func looseness(t token.Token) int {
	switch t.Precedence() {
	case token.LowestPrec:
		return 0
	case token.EQL.Precedence():
		return 30 // "err != nil"
	}
	return t.Precedence()
}

// isOperand reports whether an operator behind a token has two operands.
func isOperand(t token.Token) bool {
	return t == token.IDENT || t.IsLiteral() || t == token.RPAREN || t == token.RBRACK ||
		t == token.RBRACE
}
