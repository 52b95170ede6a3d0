package format

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions of this file walk JSON that json.Valid has accepted. They cut
// values out of it without building a tree, since an article needs few of them.

// members calls f with each member of the object b, in order, until f returns
// false. The key is as written, without its quotes.
func members(b []byte, f func(key, value []byte) bool) {
	i := skipBlank(b, 1)
	for i < len(b) && b[i] == '"' {
		end := stringEnd(b, i)
		key := b[i+1 : end-1]
		i = skipBlank(b, skipBlank(b, end)+1)
		end = valueEnd(b, i)
		if !f(key, b[i:end]) {
			return
		}
		if i = skipBlank(b, end); i < len(b) && b[i] == ',' {
			i = skipBlank(b, i+1)
		}
	}
}

// elements calls f with the offset and the bytes of each element of the array
// b.
func elements(b []byte, f func(at int, value []byte) bool) {
	i := skipBlank(b, 1)
	for i < len(b) && b[i] != ']' {
		end := valueEnd(b, i)
		if !f(i, b[i:end]) {
			return
		}
		if i = skipBlank(b, end); i < len(b) && b[i] == ',' {
			i = skipBlank(b, i+1)
		}
	}
}

// valueEnd is the index after the value that begins at i, or len(b).
func valueEnd(b []byte, i int) int {
	switch {
	case i >= len(b):
		return len(b)
	case b[i] == '"':
		return stringEnd(b, i)
	case b[i] != '{' && b[i] != '[':
		if n := bytes.IndexAny(b[i:], ",]} \t\r\n"); n >= 0 {
			return i + n
		}
		return len(b)
	}
	for depth := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i = stringEnd(b, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(b)
}

// stringEnd is the index after the string that begins at i, or len(b).
func stringEnd(b []byte, i int) int {
	for at := i + 1; at < len(b); {
		n := bytes.IndexByte(b[at:], '"')
		if n < 0 {
			break
		}
		at += n + 1
		slashes := 0
		for k := at - 2; k > i && b[k] == '\\'; k-- {
			slashes++
		}
		if slashes%2 == 0 {
			return at
		}
	}
	return len(b)
}

func skipBlank(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// jsonText is the text of a string value, or of a key with its quotes.
func jsonText(b []byte) string {
	inner := b[1 : len(b)-1]
	slash := bytes.IndexByte(inner, '\\')
	if slash < 0 {
		return string(inner)
	}
	out := make([]byte, 0, len(inner))
	for {
		out = append(out, inner[:slash]...)
		c := inner[slash+1]
		inner = inner[slash+2:]
		if c == 'u' {
			r := hexRune(inner)
			inner = inner[4:]
			if utf16.IsSurrogate(r) {
				low := rune(utf8.RuneError)
				if len(inner) >= 6 && inner[0] == '\\' && inner[1] == 'u' {
					low = hexRune(inner[2:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					inner = inner[6:]
				}
			}
			out = utf8.AppendRune(out, r)
		} else if k := strings.IndexByte(`bfnrt`, c); k >= 0 {
			out = append(out, "\b\f\n\r\t"[k])
		} else {
			out = append(out, c)
		}
		if slash = bytes.IndexByte(inner, '\\'); slash < 0 {
			return string(append(out, inner...))
		}
	}
}

// hexRune is the rune of four hexadecimal digits.
func hexRune(b []byte) (r rune) {
	for _, c := range b[:4] {
		switch {
		case c <= '9':
			c -= '0'
		default:
			c = c | 0x20 - 'a' + 10
		}
		r = r<<4 | rune(c)
	}
	return r
}

// valueKeys are the members of an object that hold the one thing it is about,
// by the field that is looked for, the best first.
var valueKeys = [numFields][]string{
	fieldID:        {"$oid", "id", "value", "#text", "_"},
	fieldTitle:     {"main", "rendered", "value", "text", "title", "#text", "_", "$t", "__cdata", "content", "en", "eng", "default"},
	fieldText:      {"rendered", "value", "text", "plain", "main", "content", "body", "html", "#text", "_", "$t", "__cdata", "paragraphs", "sections", "en", "eng", "default"},
	fieldPublished: {"$date", "$numberLong", "iso", "utc", "date", "value", "seconds", "_seconds", "#text", "_"},
	fieldSource:    {"name", "title", "domain", "hostname", "uri", "url", "href", "id", "value", "#text", "_"},
	fieldURL:       {"url", "href", "@id", "value", "canonical", "#text", "_"},
	fieldLang:      {"code", "iso", "value", "name", "#text", "_"},
}

// emptyAnswer reports whether the object b is what an API answers when it has
// found nothing: {"articles": []}, {"response": {"docs": []}}.
func emptyAnswer(b []byte, depth int) (empty bool) {
	members(b, func(key, value []byte) bool {
		if wrapperOf(string(key)) < 0 || depth > maxWrappers {
			return true
		}
		empty = value[0] == '[' && value[skipBlank(value, 1)] == ']' ||
			value[0] == '{' && emptyAnswer(value, depth+1)
		return !empty
	})
	return empty
}

// valueDepth bounds how deep jsonValue looks for the text of a value.
const valueDepth = 6

// jsonValue is the text of a value for field f: a string, the digits of a
// number, the member of an object that holds it, or the elements of an array.
// Paragraphs of a text are joined; numbers of a date stay a list; of other
// arrays the first element with a text counts.
func jsonValue(f field, b []byte, depth int) string {
	if len(b) == 0 || depth > valueDepth {
		return ""
	}
	switch c := b[0]; {
	case c == '"':
		return jsonText(b)
	case c == '-' || c >= '0' && c <= '9':
		return numberText(string(b))
	case c == '{':
		best, rank := "", len(valueKeys[f])
		members(b, func(key, value []byte) bool {
			if r := slices.Index(valueKeys[f], string(key)); r >= 0 && r < rank {
				if s := jsonValue(f, value, depth+1); s != "" {
					best, rank = s, r
				}
			}
			return true
		})
		return best
	case c == '[' && f == fieldPublished && len(b) > 1 && b[skipBlank(b, 1)] != '"':
		return string(b)
	case c == '[' && f == fieldText:
		var parts []string
		elements(b, func(_ int, value []byte) bool {
			if s := jsonValue(f, value, depth+1); s != "" {
				parts = append(parts, s)
			}
			return true
		})
		return strings.Join(parts, "\n\n")
	case c == '[':
		first := ""
		elements(b, func(_ int, value []byte) bool {
			first = jsonValue(f, value, depth+1)
			return first == ""
		})
		return first
	}
	return ""
}

// numberText is a number without an exponent where it is a whole one: 1.7e12 is
// 1700000000000.
func numberText(s string) string {
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < -1e18 || v > 1e18 {
		return s
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// gather offers the members of the object b, whose names begin with path.
func (v *values) gather(n *names, b []byte, path string, depth int) {
	members(b, func(key, value []byte) bool {
		if path == "" && string(key) == "labels" {
			v.labels = value
			return true
		}
		r := n.resolveKey(path, key)
		if path == "" {
			v.seen = append(v.seen, r.name)
		}
		object := value[0] == '{'
		switch {
		case r.ok && !(object && r.inside && r.rank != rankMapped):
			text := jsonValue(r.field, value, 0)
			if object && text == "" && (r.field == fieldTitle || r.field == fieldText) {
				v.hollow = r.name
			}
			v.offer(r.target, r.name, text)
		case object && r.inside && depth < valueDepth:
			v.gather(n, value, r.name, depth+1)
		case value[0] == '"' && len(value) >= proseSize:
			v.pass(r.name, jsonText(value))
		}
		return true
	})
}

// resolveKey resolves a key as it is written in JSON, below path.
func (n *names) resolveKey(path string, key []byte) resolved {
	if path == "" {
		if r, seen := n.known[string(key)]; seen {
			return r
		}
	}
	name := string(key)
	if bytes.IndexByte(key, '\\') >= 0 {
		name = jsonText(slices.Concat([]byte{'"'}, key, []byte{'"'}))
	}
	if path != "" {
		name = path + "." + name
	}
	return n.resolve(name, path != "")
}

// repairJSON mends what programs and people commonly get wrong: NaN and
// Infinity (Python), control characters in strings, escapes that JSON lacks,
// commas before a closing bracket. The caller must check the result.
func repairJSON(b []byte) []byte {
	out := make([]byte, 0, len(b)+16)
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			end := stringEnd(b, i)
			out = appendString(out, b[i:end])
			i = end - 1
		case c == ',' && closes(b, i+1):
		case c == 'N' && bytes.HasPrefix(b[i:], []byte("NaN")):
			out = append(out, "null"...)
			i += len("NaN") - 1
		case c == 'I' && bytes.HasPrefix(b[i:], []byte("Infinity")):
			out = append(bytes.TrimSuffix(out, []byte("-")), "null"...)
			i += len("Infinity") - 1
		default:
			out = append(out, c)
		}
	}
	return out
}

// closes reports whether the next byte that is not blank closes a bracket.
func closes(b []byte, i int) bool {
	i = skipBlank(b, i)
	return i < len(b) && (b[i] == '}' || b[i] == ']')
}

// appendString appends a JSON string, its quotes included, with control
// characters escaped and stray backslashes doubled.
func appendString(out, s []byte) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == '\\' && i+1 < len(s):
			i++
			switch next := s[i]; {
			case next == '\'':
				out = append(out, '\'')
			case bytes.IndexByte([]byte(`"\/bfnrtu`), next) < 0:
				out = append(out, '\\', '\\', next)
			default:
				out = append(out, '\\', next)
			}
		default:
			out = append(out, c)
		}
	}
	return out
}
