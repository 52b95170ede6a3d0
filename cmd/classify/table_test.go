package main

import (
	"fmt"
	"strings"
	"testing"

	"stance/internal/output"
)

// aggregate is a day's line of a country: its stories by stance and their mean
// score.
func aggregate(topic, country string, supportive, neutral, critical int64,
	score float64) output.AggregateRow {
	return output.AggregateRow{Topic: topic, CountryName: country,
		Stories:        supportive + neutral + critical,
		StoriesSupport: supportive, StoriesNeutral: neutral, StoriesCritical: critical,
		MeanScore: &score}
}

// A config of many topics does not push the words after the table off the
// screen.
func TestTableOfManyTopics(t *testing.T) {
	var rows []output.AggregateRow
	for topic := range 30 {
		for country := range 9 {
			rows = append(rows, aggregate(fmt.Sprintf("topic-%02d", topic), fmt.Sprintf("Country %d", country), 1, 0, 0, 0.5))
		}
	}
	var out strings.Builder
	writeTables(&out, tablesOf(rows), false)
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if last := lines[len(lines)-1]; len(lines) > 22 || last != "… and 25 more topics" {
		t.Errorf("%d lines, the last %q:\n%s", len(lines), last, out.String())
	}
}

func TestTable(t *testing.T) {
	rows := []output.AggregateRow{
		aggregate("ukraine", "Russia", 0, 0, 3, -0.9),
		aggregate("ukraine", "Hungary", 1, 0, 1, 0.25),
		aggregate("nato-enlargement-of-the-north", "Saint Vincent and the Grenadines", 1, 0, 0,
			0.5),
		aggregate("ukraine", "Norway", 0, 0, 0, 0), // only named
		aggregate("ukraine", "Russia", 1, 0, 0, 0.3),
	}
	for _, country := range []string{"Angola", "Benin", "Chad", "Djibouti", "Eritrea", "Fiji", "Gabon", "Haiti"} {
		rows = append(rows, aggregate("ukraine", country, 0, 1, 0, 0))
	}
	want := `topic              country               stance       score  stories  sup neu cri
nato-enlargement…  Saint Vincent and t…  supportive   +0.50        1    1   0   0
ukraine            Russia                critical     -0.60        4    1   0   3
                   Hungary               mixed        +0.25        2    1   0   1
                   Angola                neutral      +0.00        1    0   1   0
                   Benin                 neutral      +0.00        1    0   1   0
                   Chad                  neutral      +0.00        1    0   1   0
                   Djibouti              neutral      +0.00        1    0   1   0
                   Eritrea               neutral      +0.00        1    0   1   0
                   Fiji                  neutral      +0.00        1    0   1   0
                   … and 2 more
`
	var plain, coloured strings.Builder
	writeTables(&plain, tablesOf(rows), false)
	if got := plain.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	writeTables(&coloured, tablesOf(rows), true)
	for _, painted := range []string{"\x1b[31mcritical  \x1b[0m", "\x1b[32msupportive\x1b[0m", "\x1b[33mmixed     \x1b[0m"} {
		if !strings.Contains(coloured.String(), painted) {
			t.Errorf("no %q in\n%q", painted, coloured.String())
		}
	}
}
