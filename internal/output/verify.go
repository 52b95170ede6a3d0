package output

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// DateReport is what Verify found for one date.
type DateReport struct {
	Date        string   `json:"date"`
	Parts       int      `json:"parts"`
	Bytes       int64    `json:"bytes"`
	Rows        int64    `json:"rows"` // of stance/v1
	Articles    int64    `json:"articles"`
	Quarantined int64    `json:"quarantined"`
	Faults      []string `json:"faults"` // empty when all is as it was written

	// Recipe says which run made the date; its Dataset and InputSHA256 are
	// empty. It is set only without faults.
	Recipe Recipe `json:"recipe"`
}

// Verify reads every part under root and reports, by date, whether the four
// datasets are whole, unchanged and of one run: each part's sum is that of its
// footer, none is missing, nothing else lies there, and the aggregates are made
// of exactly these parts. The last report may have no date: it holds the faults
// that belong to none. The error is for a root that cannot be read.
func Verify(root string) ([]DateReport, error) {
	if _, err := os.Stat(root); err != nil {
		return nil, fmt.Errorf("output: %w", err)
	}
	dates, strays, err := publishedDates(root)
	if err != nil {
		return nil, err
	}
	pending, err := Unfinished(root)
	if err != nil {
		return nil, err
	}
	for _, path := range pending {
		strays = append(strays, path+": this publication is not finished; the next run will do it")
	}
	var reports []DateReport
	for _, date := range dates {
		reports = append(reports, Layout{root, date}.Verify())
	}
	if len(strays) > 0 {
		reports = append(reports, DateReport{Faults: strays})
	}
	return reports, nil
}

// Verify reports on one date; see the function of this name.
func (l Layout) Verify() DateReport {
	r := DateReport{Date: l.Date, Faults: []string{}}
	parts := map[string][]PartInfo{}
	for _, dataset := range datasetNames {
		parts[dataset] = r.verifyFolder(l, dataset)
		for _, p := range parts[dataset] {
			r.Parts++
			r.Bytes += p.Bytes
		}
	}
	r.Rows, r.Articles = rowsOf(parts[StanceData]), rowsOf(parts[ArticlesData])
	r.Quarantined = rowsOf(parts[QuarantineData])
	if len(r.Faults) == 0 {
		r.verifyRun(parts)
	}
	if len(r.Faults) == 0 {
		r.Recipe = parts[StanceData][0].Recipe
		r.Recipe.Dataset, r.Recipe.InputSHA256 = "", ""
	}
	return r
}

func rowsOf(parts []PartInfo) (n int64) {
	for _, p := range parts {
		n += p.Rows
	}
	return n
}

func (r *DateReport) fault(format string, args ...any) {
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// partPattern is the form of PartName.
const partPattern = `^part-\d{5,}-of-\d{5,}\.parquet$`

// verifyFolder checks each part in dir and that they are all there.
func (r *DateReport) verifyFolder(l Layout, dataset string) (parts []PartInfo) {
	dir, date := l.Published(dataset), l.Date
	entries, err := os.ReadDir(dir)
	if err != nil {
		r.fault("%v; run the date again", err)
		return nil
	}
	isPart, names := regexp.MustCompile(partPattern), []string(nil)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if !isPart.MatchString(e.Name()) {
			r.fault("%s is not a part; remove it", path)
			continue
		}
		names = append(names, e.Name())
		info, err := CheckPart(path)
		if err != nil {
			r.fault("%v", err)
			continue
		}
		if info.Recipe.RunDate != date {
			r.fault("%s is of %s; run %s again", path, info.Recipe.RunDate, date)
		}
		parts = append(parts, info)
	}
	if at := slices.IndexFunc(parts, func(p PartInfo) bool {
		return p.Recipe.Dataset != dataset
	}); at >= 0 {
		r.fault("%s is a part of %q, not of %s; run the date again",
			filepath.Join(dir, parts[at].Name),
			parts[at].Recipe.Dataset, dataset)
	}
	for i, name := range names {
		if name != PartName(i, len(names)) {
			r.fault("%s has %d parts, among them %s; some are missing or doubled: run the date again", dir,
				len(names), name)
			break
		}
	}
	if len(names) == 0 {
		r.fault("%s has no part; run the date again", dir)
	}
	return parts
}

// verifyRun checks that the datasets of a date are of one run and fit together.
func (r *DateReport) verifyRun(parts map[string][]PartInfo) {
	base := parts[StanceData][0].Recipe
	base.Dataset, base.InputSHA256 = "", ""
	for _, dataset := range datasetNames {
		for _, p := range parts[dataset] {
			if p.Recipe.Dataset, p.Recipe.InputSHA256 = "", ""; p.Recipe != base {
				r.fault("%s of %s was made by another run than stance; run the date again", p.Name,
					dataset)
			}
		}
	}
	inputs := func(dataset string) (sums []string) {
		for _, p := range parts[dataset] {
			sums = append(sums, p.Recipe.InputSHA256)
		}
		return sums
	}
	if !slices.Equal(inputs(StanceData), inputs(ArticlesData)) {
		r.fault("stance and articles are not made of the same articles; run the date again")
	}
	if len(r.Faults) > 0 {
		return
	}
	if sums := inputs(AggregatesData); len(sums) != 1 || sums[0] != sumOf(parts) {
		r.fault("the aggregates are not made of these parts; a row may have changed: run the date again")
	}
}
