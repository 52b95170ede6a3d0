package format

import (
	"fmt"
	"strings"
	"time"
)

// dateLayouts are the ways of writing a time that news feeds use, most common first. Those without a zone mean UTC.
var dateLayouts = []string{
	time.RFC3339,
	"2006-01-02",
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 -0700",
	"Monday, 02-Jan-06 15:04:05 -0700",
	"2006-01-02T15:04:05-0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"20060102T150405Z",
	"20060102150405",
	"20060102",
	"2 January 2006",
	"2 Jan 2006",
	"January 2, 2006",
	"Jan 2, 2006",
}

// dateZones are the zone names of RFC 822 with their offsets. time.Parse would take any capitals for a zone at offset
// zero; other names (IST, CST of China) stand for several zones and are refused.
var dateZones = []struct{ name, offset string }{
	{"GMT", "+0000"}, {"UTC", "+0000"}, {"UT", "+0000"}, {"Z", "+0000"},
	{"EST", "-0500"}, {"EDT", "-0400"}, {"CST", "-0600"}, {"CDT", "-0500"},
	{"MST", "-0700"}, {"MDT", "-0600"}, {"PST", "-0800"}, {"PDT", "-0700"},
}

// parseDate reads a time in any of dateLayouts, in UTC. "" and the zero time mean unknown.
func parseDate(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	if head, zone, ok := cutLast(s, " "); ok {
		for _, z := range dateZones {
			if z.name == zone {
				s = head + " " + z.offset
			}
		}
	}
	for _, layout := range dateLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if t = t.UTC(); t.IsZero() {
			return time.Time{}, nil
		}
		if t.Year() < 1800 || t.Year() > 2199 {
			return time.Time{}, fmt.Errorf("year %d of %q is outside 1800 to 2199", t.Year(), s)
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%q is no date this reads; write it as 2006-01-02T15:04:05Z or 2006-01-02", clip(s, 64))
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// clip shortens s to at most n bytes for a message, cutting between characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
