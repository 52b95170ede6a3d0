package format

import (
	"testing"
	"time"
)

// TestReadDate has one line a form. Expected times were worked out by hand from
// the form's own rules: RFC 822, RFC 850, RFC 1123, ISO 8601, and the manuals
// of the programs named.
func TestReadDate(t *testing.T) {
	const day, morning = "2024-03-05T00:00:00Z", "2024-03-05T10:15:00Z"
	tests := []struct{ in, want string }{
		{"2024-02-11T09:30:00Z", "2024-02-11T09:30:00Z"},
		{"2024-02-11T09:30:00.123456+05:30", "2024-02-11T04:00:00.123456Z"},
		{"2024-02-11T09:30:00+0530", "2024-02-11T04:00:00Z"},
		{"2024-03-05t10:15:00z", morning},
		{"2024-03-05T10:15Z", morning},
		{"2024-03-05T10:15", morning},
		{"2024-03-05T10Z", "2024-03-05T10:00:00Z"},
		{"2024-03-05 10:15:00", morning},
		{"2024-03-05 10:15:00 UTC", morning},
		{"2024-03-05 10:15:00+00", morning},
		{"2024-03-05 10:15:00.000000 +0000 UTC", morning},
		{"2024-03-05 05:15:00 -0500 EST", morning},
		{"2024-03-05 10:15:00,500", "2024-03-05T10:15:00.5Z"},
		{"2024-03-05T11:15:00+01:00[Europe/Berlin]", morning},
		{"2024-03-05T24:00:00Z", "2024-03-06T00:00:00Z"},
		{" 2024-03-05 ", day},
		{`"2024-03-05"`, day},
		{"2024-3-5", day},
		{"2024/03/05", day},
		{"2024/03/05 10:15", morning},
		{"2024.03.05", day},
		{"2024–03–05", day}, {"2024\u201103\u201105", day}, // dashes of all kinds
		{"\ufeff2024-03-05T10:15:00Z\u200b", morning}, {"5\u00a0March\u202f2024", day},
		{"５ March ２０２４", day}, {"٥ March ٢٠٢٤", day}, {"५ March २०२४", day},
		{"2024-03-05T05:15:00−05:00", morning},
		// datetime.date(2024, 3, 5).isocalendar() in Python
		{"2024-W10-2", day}, {"2024-w10-2T10:15:00Z", morning},
		{"2020-W53-7", "2021-01-03T00:00:00Z"}, {"2024-W54-1", ""}, {"2024-W10-8", ""}, {"2024-W10", ""},
		{"20240305T101500Z", morning}, // GDELT seendate
		{"20240305101500", morning},   // GDELT DATE
		{"202403051015", morning},
		{"20240305", day},
		{"Tue, 05 Mar 2024 10:15:00 GMT", morning}, // RFC 1123
		{"Tue, 5 Mar 2024 02:15:00 -0800", morning},
		{"05 Mar 24 10:15 UT", morning},              // RFC 822
		{"Tuesday, 05-Mar-24 10:15:00 GMT", morning}, // RFC 850
		{"Tue Mar  5 10:15:00 2024", morning},        // asctime
		{"Tue Mar  5 10:15:00 UTC 2024", morning},    // date(1)
		{"Tue Mar 05 2024 11:15:00 GMT+0100 (Central European Standard Time)", morning},
		{"Tue, 05 Mar 2024", day},
		{"5 Mar 2024 02:15:00 PST", morning},
		{"5 Mar 2024 11:15 (CET)", morning},
		{"March 5, 2024", day},
		{"Mar. 5, 2024", day},
		{"Tuesday, March 5, 2024", day},
		{"March 5th, 2024 at 10:15 AM", morning},
		{"March 5, 2024 5:15 a.m. ET", morning},
		{"July 5, 2024 6:15 a.m. ET", "2024-07-05T10:15:00Z"},
		{"10:15 PM, March 5 2024", "2024-03-05T22:15:00Z"},
		{"12:15 am 5 March 2024", "2024-03-05T00:15:00Z"},
		{"10:15 - 5 March 2024", morning},
		{"10:15 - 05.03.2024", morning},
		{"Published: 5 March 2024", day},
		{"05-Mar-2024", day},
		{"5. März 2024, 10:15 Uhr", morning},
		{"Dienstag, 5. März 2024 um 10.15 Uhr", morning},
		{"mardi 5 mars 2024 à 10h15", morning},
		{"1er août 2024", "2024-08-01T00:00:00Z"},
		{"mar, 5 mar 2024", day},
		{"martes, 5 de marzo de 2024", day},
		{"5 de março de 2024 às 10h15", morning},
		{"5 maart 2024", day},
		{"5 marca 2024", day},
		{"5 марта 2024 г., 10:15", morning},
		{"5 березня 2024 р.", day},
		{"5 Mart 2024", day},
		{"2024. március 5.", day},
		{"2024年3月5日", day},
		{"2024年3月5日 10時15分", morning},
		{"2024년 3월 5일", day},
		{"05.03.2024", day}, // dots stand only where the day comes first
		{"05.03.2024 10:15", morning},
		{"25/03/2024", "2024-03-25T00:00:00Z"},
		{"03/25/2024", "2024-03-25T00:00:00Z"},
		{"05/05/2024", "2024-05-05T00:00:00Z"},
		{"1709633700", morning}, // date -u -d '2024-03-05 10:15' +%s
		{"1709633700.5", "2024-03-05T10:15:00.5Z"},
		{"1709633700000", morning},
		{"1709633700000000", morning},
		{"1709633700000000000", morning},
		{"1.7096337e+09", morning},
		{"1.7096337E12", morning},
		{"/Date(1709633700000)/", morning}, // Json.NET
		{"[2024, 3, 5, 10, 15, 0, 1, 65, 0]", morning},
		{"time.struct_time(tm_year=2024, tm_mon=3, tm_mday=5, tm_hour=10, tm_min=15, tm_sec=0, tm_wday=1, tm_yday=65, tm_isdst=0)", morning},
		{"datetime.datetime(2024, 3, 5, 10, 15, tzinfo=datetime.timezone.utc)", morning},
		{"Timestamp('2024-03-05 10:15:00')", morning},
		{"", "missing"}, {"N/A", "missing"}, {"None", "missing"}, {"nan", "missing"}, {"NaT", "missing"}, {"-", "missing"},
		{"0000-00-00 00:00:00", "missing"}, {"0001-01-01T00:00:00Z", "missing"}, {`\N`, "missing"},
		{"03/04/2024", "2024-04-03T00:00:00Z or 2024-03-04T00:00:00Z"},
		{"3/4/24 10:15", "2024-04-03T10:15:00Z or 2024-03-04T10:15:00Z"},
		{"2024-03-05 10:15 IST", morning + " zone"},
		{"2024-03-05 10:15 Asia/Kolkata", morning + " zone"},
		{"0999-01-01", ""}, {"2024-02-30", ""}, {"2024-13-01", ""}, {"2024-03-05T25:00:00", ""}, {"2024-03", ""}, {"2024", ""},
		{"05-03-24", ""}, {"March 2024", ""}, {"5 March", ""}, {"yesterday", ""}, {"2 hours ago", ""}, {"Poland condemns", ""},
		{"https://example.org/2024/03/05/page", ""}, {"2024-03-05 2024-03-06", ""}, {"12345", ""},
		{"((((2024-03-05))))", ""},
	}
	for _, tt := range tests {
		r := readDate(tt.in)
		if r.time.Location() != time.UTC {
			t.Errorf("%q is not in UTC", tt.in)
		}
		got := ""
		switch r.kind {
		case dateMissing:
			got = "missing"
		case dateRead:
			got = r.time.Format(time.RFC3339Nano)
		case dateAmbiguous:
			got = r.time.Format(time.RFC3339) + " or " + r.monthFirst.Format(time.RFC3339)
		}
		if r.zoneless {
			got += " zone"
		}
		equal(t, tt.in, got, tt.want)
	}
}

// FuzzDate feeds the date reader anything: it may leave a date unread, but not
// panic or give a time beyond its bounds.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-03-05T10:15:00+01:00", "mardi 5 mars 2024 à 10h15", "3/4/24 10:15", "time.struct_time(tm_year=2024, 3, 5)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := readDate(s)
		if year := r.time.Year(); r.kind == dateRead && (year < minYear || year > maxYear) {
			t.Errorf("%q is read as %v", s, r.time)
		}
	})
}
