package text

import "strings"

// Addresses, handles and tickers are no words of a text: what they spell names
// no country and no topic. A hashtag counts as the word behind the mark, except
// in a row of hashtags at the end, which labels the text.

// cutAddresses returns the paragraph without them.
func cutAddresses(p string) string {
	out := make([]byte, 0, len(p))
	for chunk := range strings.SplitSeq(cutListings(cutHashtagRow(p)), " ") {
		before, core, after := core(chunk)
		switch {
		case isAddress(core) || isHandle(core) || isTicker(core):
			before, after = unpair(before, after)
			if before == "" {
				out = appendMarks(out, after)
				continue
			}
			core = ""
		case len(core) > 1 && core[0] == '#' && isLetterOrDigit(core[1]):
			core = core[1:]
		}
		if before+core+after != "" {
			if len(out) > 0 {
				out = append(out, ' ')
			}
			out = append(out, before+core+after...)
		}
	}
	return string(out)
}

// unpair takes off the brackets and quotes that stand on both sides of an
// address.
func unpair(before, after string) (string, string) {
	for before != "" && after != "" {
		opens, closes := before[len(before)-1], after[0]
		if opens != closes && strings.IndexByte("()[]<>", opens)+1 != strings.IndexByte("()[]<>",
			closes) {
			break
		}
		before, after = before[:len(before)-1], after[1:]
	}
	return before, after
}

// appendMarks appends the marks behind an address that went to the word before,
// but no stop behind a stop.
func appendMarks(out []byte, marks string) []byte {
	const stops = ".,;:!?"
	if len(out) == 0 {
		return out
	}
	if strings.IndexByte(stops, out[len(out)-1]) >= 0 {
		marks = strings.TrimLeft(marks, stops)
	}
	return append(out, marks...)
}

// core parts a chunk of text from the punctuation around it.
func core(chunk string) (before, core, after string) {
	core = strings.TrimLeft(chunk, "\"'([<")
	before = chunk[:len(chunk)-len(core)]
	trimmed := strings.TrimRight(core, "\"')]>.,;:!?…")
	return before, trimmed, core[len(trimmed):]
}

// isAddress reports whether w is a web or e-mail address.
func isAddress(w string) bool {
	if strings.Contains(w, "://") || hasPrefixFold(w, "www.") || hasPrefixFold(w, "mailto:") {
		return true
	}
	if user, host, found := strings.Cut(w, "@"); found && user != "" {
		return strings.Contains(host, ".") && !strings.HasSuffix(host, ".")
	}
	host, _, path := strings.Cut(w, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || !isLowerHost(host) {
		return false
	}
	domain := host[dot+1:]
	return domains[domain] || path && len(domain) >= 2 && strings.Trim(domain, lowerLetters) == ""
}

const lowerLetters = "abcdefghijklmnopqrstuvwxyz"

// isLowerHost reports whether host is written as hosts are: lower-case letters,
// digits, stops and hyphens.
func isLowerHost(host string) bool {
	for i := range len(host) {
		if c := host[i]; c != '.' && c != '-' && (!isLetterOrDigit(c) || 'A' <= c && c <= 'Z') {
			return false
		}
	}
	return true
}

// domains are the top-level domains that tell an address without a path.
var domains = NewSet(`com org net gov edu int info example`)

// isHandle reports whether w is the name of an account: "@desk_one".
func isHandle(w string) bool {
	if len(w) < 2 || w[0] != '@' {
		return false
	}
	for i := 1; i < len(w); i++ {
		if c := w[i]; !isLetterOrDigit(c) && c != '_' && c != '.' && c != '-' {
			return i > 1 && w[i:] == "'s"
		}
	}
	return true
}

// isTicker reports whether w is a symbol of a stock or currency: "$" and up to
// six capitals. "$US" before an amount is none; it has two.
func isTicker(w string) bool {
	if len(w) < 4 || len(w) > 7 || w[0] != '$' {
		return false
	}
	for i := 1; i < len(w); i++ {
		if w[i] < 'A' || w[i] > 'Z' {
			return false
		}
	}
	return true
}

// exchanges are the markets that listings in brackets begin with.
var exchanges = []string{"NYSE", "NASDAQ", "Nasdaq", "LSE", "LON", "TSE", "TYO", "TSX", "ASX",
	"HKG", "HKEX",
	"SSE", "SHA", "SHE", "SZSE", "BSE", "NSE", "MOEX", "MCX", "FRA", "ETR", "EPA", "AMEX", "OTC",
	"OTCMKTS",
	"BIT", "SWX", "KRX", "TPE", "WSE"}

// cutListings takes out the listings of firms: "(NYSE: ABC)".
func cutListings(p string) string {
	var b strings.Builder
	done := 0
	for from := 0; ; {
		k := strings.IndexByte(p[from:], '(')
		if k < 0 {
			break
		}
		open := from + k
		from = open + 1
		end := strings.IndexByte(p[open:min(len(p), open+listingLength)], ')')
		if end < 0 || !isListing(p[open+1:open+end]) {
			continue
		}
		b.WriteString(strings.TrimRight(p[done:open], " "))
		from = open + end + 1
		done = from
	}
	if done == 0 {
		return p
	}
	b.WriteString(p[done:])
	return b.String()
}

// listingLength bounds a listing in bytes.
const listingLength = 40

func isListing(s string) bool {
	market, symbol, found := strings.Cut(s, ":")
	if !found || symbol == "" || strings.ToUpper(symbol) != symbol {
		return false
	}
	for _, e := range exchanges {
		if market == e {
			return true
		}
	}
	return false
}

// cutHashtagRow takes out two or more hashtags at the end of a paragraph.
func cutHashtagRow(p string) string {
	end, tags := len(p), 0
	for end > 0 {
		start := strings.LastIndexByte(p[:end], ' ') + 1
		if p[start] != '#' || end-start < 2 {
			break
		}
		tags++
		end = max(start-1, 0)
	}
	if tags < 2 {
		return p
	}
	return p[:end]
}

// hasPrefixFold reports whether s begins with prefix, which is in lower case,
// in any case of ASCII letters.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[i] {
			return false
		}
	}
	return true
}
