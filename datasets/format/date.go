package format

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dateKind says what a date field turned out to hold.
type dateKind uint8

const (
	dateMissing   dateKind = iota // empty, or a word for "not known"
	dateRead                      // a time
	dateAmbiguous                 // 03/04/2024: day first or month first
	dateUnread                    // something else
)

// dateReading is what one date field says.
type dateReading struct {
	kind       dateKind
	time       time.Time // UTC; of an ambiguous date, the reading with the day first
	monthFirst time.Time // of an ambiguous date, the other reading
	order      dayOrder  // what an unambiguous numeric date shows about its column
	zoneless   bool      // it names a zone that stands for several; taken as UTC
}

// dayOrder is the order of day and month in numeric dates that end in a year.
type dayOrder int8

const (
	orderUnknown dayOrder = iota
	orderDayFirst
	orderMonthFirst
)

// Years outside these bounds are taken for mistakes.
const (
	minYear = 1800
	maxYear = 2199
)

// longestDate bounds what is looked at: a longer text is no date.
const longestDate = 200

// missingDates are the ways programs write that no date is known.
var missingDates = []string{"", "-", "--", "n/a", "na", "none", "nan", "nat", "null", "nil", `\n`, "unknown", "undefined",
	"no date", "n.d.", "<na>", "0", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01t00:00:00z", "tbd", "[]", "{}"}

// readDate reads a date in any form of the tables in dateform.go. It needs no
// clock, so relative dates ("2 hours ago") and dates without a year are unread.
func readDate(s string) dateReading {
	s = strings.TrimSpace(s)
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return dated(t)
	}
	if len(s) > longestDate || !utf8.ValidString(s) {
		return dateReading{kind: dateUnread}
	}
	s = strings.ToLower(strings.Trim(plainDate(s), " \t\"'“”‘’"))
	for _, word := range missingDates {
		if s == word {
			return dateReading{}
		}
	}
	if r, ok := readNumber(s); ok {
		return r
	}
	if inside, ok := constructorArguments(s); ok {
		return readTuple(inside)
	}
	var p dateParser
	if !p.scan(s) {
		return dateReading{kind: dateUnread}
	}
	return p.read()
}

// zeros are the digits nought of scripts whose dates are of our calendar.
const zeros = "٠۰०০０"

// plainDate writes digits and dashes in ASCII and leaves out what takes no
// place.
func plainDate(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r) || r == '−':
			return '-'
		case r > '！' && r <= '～': // full-width forms
			return r - '！' + '!'
		}
		for _, zero := range zeros {
			if r >= zero && r <= zero+9 {
				return r - zero + '0'
			}
		}
		return r
	}, s)
}

// dated is the reading of a known time.
func dated(t time.Time) dateReading {
	t = t.UTC()
	switch {
	case t.IsZero():
		return dateReading{}
	case t.Year() < minYear || t.Year() > maxYear:
		return dateReading{kind: dateUnread}
	}
	return dateReading{kind: dateRead, time: t}
}

// dateOf builds a time and reports whether the calendar has it. Hour 24 is the
// beginning of the next day and second 60 the beginning of the next minute.
func dateOf(year, month, day int, c clockTime) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || c.hour > 24 || c.minute > 59 ||
		c.second > 60 ||
		c.hour == 24 && (c.minute > 0 || c.second > 0) {
		return time.Time{}, false
	}
	start := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if start.Day() != day {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, c.hour, c.minute, c.second, c.nano, time.UTC)
	return t.Add(-time.Duration(c.offset) * time.Minute), true
}

// clockTime is the time of day with its zone, in minutes east of UTC.
type clockTime struct{ hour, minute, second, nano, offset int }

// constructorArguments are the numbers of a date that a program printed as code
// or data: "time.struct_time(tm_year=2024, …)", "datetime.datetime(2024, 3,
// 5)", "[2024, 3, 5, 10, 0, 0, 1, 65, 0]", "/Date(1709633700000)/".
func constructorArguments(s string) (string, bool) {
	open := strings.IndexAny(s, "([")
	if open < 0 || open > 0 && !strings.HasSuffix(strings.Trim(s[:open], "/"), "date") &&
		!strings.HasPrefix(s[:open], "time.struct_time") && !strings.HasPrefix(s[:open], "datetime.") &&
		!strings.HasSuffix(s[:open], "timestamp") {
		return "", false
	}
	end := strings.LastIndexAny(s, ")]")
	if end < open || len(strings.Trim(s[end+1:], " /")) > 0 {
		return "", false
	}
	return strings.Trim(s[open+1:end], " '\""), true
}

// readTuple reads "2024, 3, 5, 10, 0, 0" with optional names before each number
// ("tm_year=2024"), or what a constructor holds as one text.
func readTuple(s string) dateReading {
	parts := strings.Split(s, ",")
	if len(parts) < 3 {
		if strings.ContainsAny(s, "([") {
			return dateReading{kind: dateUnread}
		}
		return readDate(s)
	}
	var n [6]int
	for i, part := range parts {
		if i == len(n) {
			break
		}
		if _, value, named := strings.Cut(part, "="); named {
			part = value
		}
		v, ok := digits(strings.TrimSpace(part))
		if !ok {
			if i < 3 {
				return dateReading{kind: dateUnread}
			}
			break
		}
		n[i] = v
	}
	t, ok := dateOf(n[0], n[1], n[2], clockTime{hour: n[3], minute: n[4], second: n[5]})
	if !ok {
		return dateReading{kind: dateUnread}
	}
	return dated(t)
}

// readNumber reads a date that is one number: seconds, milliseconds,
// microseconds or nanoseconds since 1970, or a day or time without separators.
// ok is false for anything else.
func readNumber(s string) (r dateReading, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if e := strings.IndexByte(whole+fraction, 'e'); e >= 0 {
		return readExponent(s)
	}
	v, ok := digits64(strings.TrimPrefix(whole, "-"))
	if _, frac := digits64(fraction); !ok || fraction != "" && !frac {
		return r, false
	}
	if whole[0] == '-' {
		return dated(time.Unix(-v, 0)), true
	}
	if fraction == "" {
		if t, ok := compactDate(s); ok {
			return dated(t), true
		}
	}
	switch n := len(whole); {
	case n == 9 || n == 10:
		nano, _ := digits((fraction + "000000000")[:9])
		return dated(time.Unix(v, int64(nano))), true
	case n == 12 || n == 13:
		return dated(time.UnixMilli(v)), true
	case n == 15 || n == 16:
		return dated(time.UnixMicro(v)), true
	case n == 18 || n == 19:
		return dated(time.Unix(0, v)), true
	}
	return dateReading{kind: dateUnread}, true
}

// readExponent reads seconds or milliseconds that were written as a float:
// "1.7096337e+12".
func readExponent(s string) (dateReading, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "0123456789.e+-") != "" {
		return dateReading{}, false
	}
	switch {
	case v >= 1e8 && v < 1e11:
		return dated(time.Unix(int64(v), 0)), true
	case v >= 1e11 && v < 1e14:
		return dated(time.UnixMilli(int64(v))), true
	}
	return dateReading{kind: dateUnread}, true
}

// compactDate reads 20240305, 202403051015 and 20240305101500.
func compactDate(s string) (time.Time, bool) {
	if len(s) != 8 && len(s) != 12 && len(s) != 14 {
		return time.Time{}, false
	}
	var n [6]int
	n[0], _ = digits(s[:4])
	for i, rest := 1, s[4:]; rest != ""; i, rest = i+1, rest[2:] {
		n[i], _ = digits(rest[:2])
	}
	if n[0] < minYear || n[0] > maxYear {
		return time.Time{}, false
	}
	return dateOf(n[0], n[1], n[2], clockTime{hour: n[3], minute: n[4], second: n[5]})
}

// digits is the value of a text of one to nine digits.
func digits(s string) (int, bool) {
	if len(s) > 9 {
		return 0, false
	}
	v, ok := digits64(s)
	return int(v), ok
}

func digits64(s string) (v int64, ok bool) {
	if s == "" || len(s) > 19 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if v = v*10 + int64(s[i]-'0'); v < 0 {
			return 0, false
		}
	}
	return v, true
}

// clip shortens s to at most n bytes for a message, cutting between characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
