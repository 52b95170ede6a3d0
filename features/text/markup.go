package text

import (
	"html"
	"strings"
)

// Markup that readers of feeds left in a text goes: tags, comments, the bodies
// of scripts. The end of a block ends a paragraph. Only names of HTML elements
// count, so "71 < 80 and 9 > 4" stays.

// The kinds of element.
const (
	inline  = iota + 1
	lineEnd // ends a line
	block   // ends a paragraph
	hidden  // goes with its content
)

// elements lists the names of elements by kind.
var elements = func() map[string]int {
	table := map[string]int{}
	for kind, names := range [...]string{
		inline: `a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meta
			link nobr noscript o:p q rp rt ruby s samp small source span strike strong sub sup time tt u
			var wbr audio video picture embed object param input button svg path iframe amp-img`,
		lineEnd: `br hr`,
		block: `p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr td th table thead tbody tfoot caption
			blockquote pre article section header footer main aside nav figure form body html head title
			center address details summary fieldset`,
		hidden: `script style template figcaption`,
	} {
		for name := range strings.FieldsSeq(names) {
			table[name] = kind
		}
	}
	return table
}()

// markupPasses bounds how often tags and entities are taken out. Feeds escape a
// text twice; more is an attack.
const markupPasses = 3

// plainText returns s without tags and with its entities resolved.
func plainText(s string) string {
	for range markupPasses {
		before := s
		if strings.IndexByte(s, '<') >= 0 {
			s = stripTags(s)
		}
		if strings.IndexByte(s, '&') < 0 {
			return s
		}
		if s = resolveEntities(s); s == before {
			return s
		}
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = stripTags(s)
	}
	return s
}

// The bounds of an entity and a tag, in bytes.
const (
	entityLength = 32
	tagLength    = 4096
)

// resolveEntities replaces the entities of s that end in a semicolon.
func resolveEntities(s string) string {
	var b strings.Builder
	done := 0
	for i := 0; ; {
		k := strings.IndexByte(s[i:], '&')
		if k < 0 {
			break
		}
		i += k
		end := entityEnd(s, i)
		if end == 0 {
			i++
			continue
		}
		if text := html.UnescapeString(s[i:end]); text != s[i:end] {
			b.WriteString(s[done:i])
			b.WriteString(text)
			done = end
		}
		i = end
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// entityEnd returns the byte after the entity at s[i], or 0 when there is none.
func entityEnd(s string, i int) int {
	for k := i + 1; k < min(len(s), i+entityLength); k++ {
		switch c := s[k]; {
		case c == ';' && k > i+1:
			return k + 1
		case c != '#' && !isLetterOrDigit(c):
			return 0
		}
	}
	return 0
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// stripper takes the tags out of src.
type stripper struct {
	src    string
	out    []byte
	pos    int
	joined bool            // src has paragraphs as elements: line ends in it are blanks
	open   map[string]bool // ends that were looked for and are not there
}

func stripTags(s string) string {
	t := stripper{src: s}
	if t.findTag() == len(s) {
		return s
	}
	t.pos = 0
	t.joined = strings.Contains(s, "</p>") || strings.Contains(s, "</P>")
	t.out = make([]byte, 0, len(s))
	for {
		start := t.pos
		tag := t.findTag()
		t.copyText(s[start:tag])
		if tag == len(s) {
			return string(t.out)
		}
		t.pos = t.skipTag(tag)
	}
}

// findTag moves pos to the next "<" that begins markup and returns it.
func (t *stripper) findTag() int {
	for t.pos < len(t.src) {
		k := strings.IndexByte(t.src[t.pos:], '<')
		if k < 0 {
			break
		}
		t.pos += k
		if t.tagEnd(t.pos) > 0 {
			return t.pos
		}
		t.pos++
	}
	t.pos = len(t.src)
	return t.pos
}

// copyText writes text. A single line end is a blank where paragraphs are
// elements.
func (t *stripper) copyText(text string) {
	start := len(t.out)
	t.out = append(t.out, text...)
	if !t.joined {
		return
	}
	for i := start; i < len(t.out); i++ {
		if t.out[i] != '\n' {
			continue
		}
		next := i + 1
		for next < len(t.out) && t.out[next] == ' ' {
			next++
		}
		if next < len(t.out) && t.out[next] == '\n' || i > 0 && t.out[i-1] == '\n' {
			continue
		}
		t.out[i] = ' '
	}
}

// tagEnd returns the byte after the tag or comment at i, or 0 when none is
// there.
func (t *stripper) tagEnd(i int) int {
	rest := t.src[i+1:]
	switch {
	case strings.HasPrefix(rest, "!--"):
		return t.after(i, "-->")
	case strings.HasPrefix(rest, "![CDATA["):
		return i + 1 + len("![CDATA[")
	case len(rest) > 7 && strings.EqualFold(rest[:8], "!doctype"), strings.HasPrefix(rest, "?xml"):
		return closingBracket(t.src, i)
	}
	if name, _ := tagName(rest); elements[name] == 0 {
		return 0
	}
	return closingBracket(t.src, i)
}

// after returns the byte after the next end in src, or 0. It does not look
// twice for an end that is not there.
func (t *stripper) after(i int, end string) int {
	if t.open[end] {
		return 0
	}
	k := strings.Index(t.src[i:], end)
	if k < 0 {
		if t.open == nil {
			t.open = map[string]bool{}
		}
		t.open[end] = true
		return 0
	}
	return i + k + len(end)
}

// closingBracket returns the byte after the ">" of the tag at i, or 0. A ">" in
// quotes belongs to an attribute.
func closingBracket(s string, i int) int {
	limit := min(len(s), i+tagLength)
	first, quote := 0, byte(0)
	for k := i + 1; k < limit; k++ {
		switch c := s[k]; {
		case c == '>' && quote == 0:
			return k + 1
		case c == '>' && first == 0:
			first = k + 1
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && s[k-1] == '=':
			quote = c
		case c == '<' && quote == 0:
			return 0
		}
	}
	return first
}

// tagName returns the name of the element in lower case and whether it is a
// closing tag; s begins behind "<".
func tagName(s string) (name string, closing bool) {
	if strings.HasPrefix(s, "/") {
		s, closing = s[1:], true
	}
	n := 0
	for n < len(s) && n < 12 && (isLetterOrDigit(s[n]) || s[n] == ':' || s[n] == '-') {
		n++
	}
	if n == len(s) || !strings.ContainsRune(" \t\r\n/>", rune(s[n])) {
		return "", closing
	}
	return strings.ToLower(s[:n]), closing
}

// skipTag writes what the tag at i means for the text and returns where the
// text goes on.
func (t *stripper) skipTag(i int) int {
	end := t.tagEnd(i)
	name, closing := tagName(t.src[i+1:])
	switch elements[name] {
	case lineEnd:
		t.out = append(t.out, '\n')
	case block:
		t.out = append(t.out, "\n\n"...)
	case hidden:
		t.out = append(t.out, "\n\n"...)
		if closing {
			break
		}
		if close := t.after(end, "</"+name+">"); close > 0 {
			return close
		}
	}
	return end
}
