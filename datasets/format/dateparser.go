package format

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dateToken is a run of digits, a run of letters, or one other character.
type dateToken struct {
	text   string
	number int  // of digits
	isNum  bool // digits
	isWord bool // letters
	used   bool // belongs to the clock or the zone
}

// maxDateTokens bounds the parser's work; the longest known form has 25.
const maxDateTokens = 48

// dateParser reads one lower-case date in three passes over its tokens: the
// clock with its zone, the name of the month, and the numbers that are left.
type dateParser struct {
	tokens   []dateToken
	clock    clockTime
	hasClock bool
	us       bool // the zone is a US one without daylight saving time in its name
	zoneless bool
}

// scan cuts s into tokens, leaving out blanks. It reports whether there are few
// enough.
func (p *dateParser) scan(s string) bool {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		t := dateToken{isNum: digit(r), isWord: unicode.IsLetter(r) || unicode.IsMark(r)}
		n := size
		for (t.isNum || t.isWord) && n < len(s) {
			next, size := utf8.DecodeRuneInString(s[n:])
			if t.isNum && !digit(next) ||
				t.isWord && !unicode.IsLetter(next) && !unicode.IsMark(next) {
				break
			}
			n += size
		}
		t.text, s = s[:n], s[n:]
		if unicode.IsSpace(r) {
			continue
		}
		if t.isNum {
			t.number, t.isNum = digits(t.text)
		}
		if p.tokens = append(p.tokens, t); len(p.tokens) > maxDateTokens {
			return false
		}
	}
	return true
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// read gives the date of the scanned tokens.
func (p *dateParser) read() dateReading {
	unread := dateReading{kind: dateUnread}
	p.dropComments()
	if !p.readClock() {
		return unread
	}
	if r, ok := p.weekDate(); ok {
		return r
	}
	var numbers []dateToken
	var separators string
	month, words := 0, dateWords()
	for _, t := range p.tokens {
		switch {
		case t.used:
		case t.isNum:
			if len(numbers) == 0 {
				separators = ""
			}
			numbers = append(numbers, t)
		case t.isWord:
			w, known := words[t.text]
			if !known {
				return unread
			}
			if w.month > 0 { // "mar. 5 mar 2024": the first is a weekday
				month = w.month
			}
		case strings.Contains("-/.", t.text):
			separators += t.text
		case !strings.Contains(",;:|()'’·•‚º°ª", t.text):
			return unread
		}
	}
	var r dateReading
	if month > 0 {
		r = p.named(month, numbers)
	} else {
		r = p.numeric(numbers, separators)
	}
	if r.kind != dateUnread {
		r.zoneless = p.zoneless
	}
	return r
}

// weekDate reads a week date of ISO 8601, such as 2024-W10-2. ok is false for a
// date of another form.
func (p *dateParser) weekDate() (r dateReading, ok bool) {
	var parts []dateToken
	for _, t := range p.tokens {
		if !t.used && t.text != "-" && t.text != "t" {
			parts = append(parts, t)
		}
	}
	if len(parts) != 4 || len(parts[0].text) != 4 || parts[1].text != "w" ||
		len(parts[2].text) != 2 || len(parts[3].text) != 1 {
		return r, false
	}
	year, week, day := parts[0].number, parts[2].number, parts[3].number
	if week < 1 || week > 53 || day < 1 || day > 7 {
		return dateReading{kind: dateUnread}, true
	}
	first := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	at := first.AddDate(0, 0, 7*(week-1)+day-1-(int(first.Weekday())+6)%7)
	return p.dated(at.Year(), int(at.Month()), at.Day()), true
}

// dropComments marks "(Central European Time)" and "[Europe/Berlin]" as used,
// and takes a zone from a comment that is nothing else.
func (p *dateParser) dropComments() {
	open := -1
	for i := range p.tokens {
		switch t := &p.tokens[i]; {
		case open < 0 && (t.text == "(" || t.text == "["):
			open = i
		case open >= 0 && (t.text == ")" || t.text == "]"):
			if i == open+2 {
				p.zoneWord(p.tokens[open+1].text)
			}
			for k := open; k <= i; k++ {
				p.tokens[k].used = true
			}
			open = -1
		}
	}
}

// at is token i, or an empty one beyond the end or where it is used.
func (p *dateParser) at(i int) dateToken {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].used {
		return dateToken{}
	}
	return p.tokens[i]
}

func (p *dateParser) use(from, to int) {
	for i := from; i < to; i++ {
		p.tokens[i].used = true
	}
}

// readClock finds the time of day, if there is one, and what follows it. It is
// false when a clock makes no sense.
func (p *dateParser) readClock() bool {
	for i := range p.tokens {
		if end := p.clockAt(i); end > i {
			p.hasClock = true
			p.use(i, end)
			end = p.halfDay(end)
			p.zone(end)
			return p.clock.hour <= 24 && p.clock.minute < 60 && p.clock.second <= 60
		}
	}
	return true
}

// clockAt reads a clock that begins at token i and returns the token after it,
// or i.
func (p *dateParser) clockAt(i int) int {
	t, next := p.at(i), p.at(i+1)
	c := &p.clock
	switch {
	case t.isNum && len(t.text) <= 2 && next.text == ":" && p.at(i+2).isNum:
		c.hour, c.minute = t.number, p.at(i+2).number
		end := i + 3
		if p.at(end).text == ":" && p.at(end+1).isNum {
			c.second = p.at(end + 1).number
			end += 2
			if dot := p.at(end).text; (dot == "." || dot == ",") && p.at(end+1).isNum &&
				len(p.at(end+1).text) <= 9 {
				c.nano, _ = digits((p.at(end+1).text + "00000000")[:9])
				end += 2
			}
		}
		return end
	case t.text == "t" && next.isNum && p.at(i-1).isNum && p.at(i+2).text != ":" &&
		(len(next.text) == 2 || len(next.text) == 4 || len(next.text) == 6):
		n := [3]int{}
		for k := range len(next.text) / 2 {
			n[k], _ = digits(next.text[2*k : 2*k+2])
		}
		c.hour, c.minute, c.second = n[0], n[1], n[2]
		return i + 2
	case t.isNum && len(t.text) <= 2 && next.text == "." && p.at(i+2).isNum &&
		slices.Contains(hourWords, p.at(i+3).text):
		c.hour, c.minute = t.number, p.at(i+2).number
		return i + 4
	case t.isNum && len(t.text) <= 2 && next.isWord && slices.Contains(hourWords, next.text):
		c.hour = t.number
		if m := p.at(i + 2); m.isNum && len(m.text) == 2 {
			c.minute = m.number
			if slices.Contains(minuteWords, p.at(i+3).text) {
				return i + 4
			}
			return i + 3
		}
		return i + 2
	case t.isNum && len(t.text) <= 2 && t.number <= 12 && (next.text == "am" || next.text == "pm"):
		c.hour = t.number
		return i + 1
	}
	return i
}

// halfDay reads am, pm, a.m. or p.m. at token i and returns the token after it.
func (p *dateParser) halfDay(i int) int {
	half, end := p.at(i).text, i+1
	if (half == "a" || half == "p") && p.at(i+1).text == "." && p.at(i+2).text == "m" {
		half += "m"
		if end = i + 3; p.at(end).text == "." {
			end++
		}
	}
	switch {
	case half == "am" && p.clock.hour == 12:
		p.clock.hour = 0
	case half == "pm" && p.clock.hour < 12:
		p.clock.hour += 12
	case half != "am" && half != "pm":
		return i
	}
	p.use(i, end)
	return end
}

// zone reads the zone at token i: Z, +01:00, a name, or a name with an offset.
func (p *dateParser) zone(i int) {
	if t := p.at(i); t.isWord {
		region := p.at(i+1).text == "/" && p.at(i+2).isWord // Europe/Berlin
		switch {
		case region:
			p.zoneless = true
			p.use(i, i+3)
			return
		case p.zoneWord(t.text):
		case dateWordAt(t) || len(t.text) > 5 || len(t.text) < 2:
			return
		default:
			p.zoneless = true
		}
		p.use(i, i+1)
		i++
	}
	p.offset(i, i > 0 && p.tokens[i-1].isWord)
}

// offset reads +1, +01, +0100 or +01:00 at token i. One digit counts only after
// a zone's name (GMT+1).
func (p *dateParser) offset(i int, named bool) {
	sign, hours, next := p.at(i).text, p.at(i+1), p.at(i+2)
	switch {
	case sign != "+" && sign != "-", !hours.isNum, len(hours.text) == 3, len(hours.text) > 4:
		return
	case next.text != "" && strings.Contains("-/.", next.text) || dateWordAt(next) ||
		len(hours.text) == 1 && !named:
		return // 10:30 - 5.3.2024
	}
	end, offset := i+2, hours.number*60
	if len(hours.text) == 4 {
		offset = hours.number/100*60 + hours.number%100
	} else if next.text == ":" && p.at(i+3).isNum {
		offset += p.at(i + 3).number
		end = i + 4
	}
	if offset > 15*60 {
		return
	}
	if sign != "+" {
		offset = -offset
	}
	if t := p.at(end); t.isWord && len(t.text) <= 5 && !dateWordAt(t) { // -0500 EST
		end++
	}
	p.use(i, end)
	p.clock.offset, p.zoneless, p.us = offset, false, false
}

func dateWordAt(t dateToken) bool {
	_, known := dateWords()[t.text]
	return known
}

// zoneWord takes the offset of a zone's name.
func (p *dateParser) zoneWord(name string) bool {
	for _, z := range zones {
		if z.name == name {
			p.clock.offset, p.us = z.offset, z.us
			return true
		}
	}
	return false
}

// named reads a date whose month is a word: the numbers left are day and year.
func (p *dateParser) named(month int, numbers []dateToken) dateReading {
	if len(numbers) != 2 {
		return dateReading{kind: dateUnread}
	}
	day, year := numbers[0], numbers[1]
	if len(day.text) == 4 {
		day, year = year, day
	}
	return p.dated(yearOf(year), month, day.number)
}

// numeric reads a date of three numbers.
func (p *dateParser) numeric(numbers []dateToken, separators string) dateReading {
	unread := dateReading{kind: dateUnread}
	if len(numbers) == 1 && len(numbers[0].text) == 8 {
		t := numbers[0]
		return p.dated(t.number/10000, t.number/100%100, t.number%100)
	}
	if len(numbers) != 3 {
		return unread
	}
	a, b, c := numbers[0], numbers[1], numbers[2]
	switch {
	case len(a.text) == 4:
		return p.dated(a.number, b.number, c.number)
	case len(a.text) > 2 || len(b.text) > 2 || separators == "" ||
		len(c.text) != 4 && !strings.ContainsAny(separators, "/."):
		return unread
	}
	year := yearOf(c)
	dayFirst, monthFirst := p.dated(year, b.number, a.number), p.dated(year, a.number, b.number)
	switch {
	case strings.HasPrefix(separators, "."): // written only where the day comes first
		return dayFirst
	case dayFirst.kind == dateUnread:
		monthFirst.order = orderMonthFirst
		return monthFirst
	case monthFirst.kind == dateUnread:
		dayFirst.order = orderDayFirst
		return dayFirst
	case dayFirst.time.Equal(monthFirst.time):
		return dayFirst
	}
	return dateReading{kind: dateAmbiguous, time: dayFirst.time, monthFirst: monthFirst.time}
}

// yearOf is the year of a token; two digits mean 1970 to 2069.
func yearOf(t dateToken) int {
	switch {
	case len(t.text) == 4:
		return t.number
	case len(t.text) == 2 && t.number < 70:
		return 2000 + t.number
	case len(t.text) == 2:
		return 1900 + t.number
	}
	return 0
}

// dated puts day and clock together.
func (p *dateParser) dated(year, month, day int) dateReading {
	c := p.clock
	if p.us && month > 3 && month < 11 {
		c.offset += 60
	}
	t, ok := dateOf(year, month, day, c)
	if !ok {
		return dateReading{kind: dateUnread}
	}
	r := dated(t)
	if r.kind == dateMissing {
		r.kind = dateUnread
	}
	return r
}
