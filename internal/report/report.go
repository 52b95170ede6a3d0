// Package report shows results to people: a page on a model and its measures ([Model.HTML]), a page on what runs found
// ([Findings.HTML]), and one article with its answers explained ([Explained]) as text, JSON or a page.
//
// A page is one HTML file that needs no network and no script: styles and charts (SVG) are in it. Whatever comes from
// articles, files or settings is escaped by html/template; nothing here builds markup out of strings.
package report

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"stance/models/evaluate"
)

//go:embed templates/*.html templates/*.css
var templates embed.FS

// page writes the template called name with data.
func page(w io.Writer, name string, data any) error {
	css, err := templates.ReadFile("templates/page.css")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	t, err := template.New(name).Funcs(template.FuncMap{
		"css":       func() template.CSS { return template.CSS(css) },
		"fixed":     fixed,
		"sign":      func(v float64) string { return fmt.Sprintf("%+.2f", v) },
		"rates":     func(title string, list []evaluate.SwapRate) rateTable { return rateTable{title, list} },
		"rowTop":    func(i int) int { return rowHeight*i + 4 },
		"rowText":   func(i int) int { return rowHeight*i + 14 },
		"bars":      func(b []bar) int { return rowHeight * len(b) },
		"barLength": func(p float64) float64 { return barSpan * p },
		"barEnd":    func(p float64) float64 { return barStart + barSpan*p + 6 },
		"percent":   func(v float64) string { return strconv.FormatFloat(100*v, 'f', 2, 64) + " %" },
		"pct":       func(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + " %" },
	}).ParseFS(templates, "templates/*.html")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := t.ExecuteTemplate(w, name, data); err != nil {
		return fmt.Errorf("report: the page cannot be written: %w", err)
	}
	return nil
}

// rateTable is one table of a swap test.
type rateTable struct {
	Title string
	Rates []evaluate.SwapRate
}

// The measures of a bar chart in pixels.
const (
	rowHeight = 20
	barStart  = 80
	barSpan   = 340
)

// fixed shows a measure with three decimals.
func fixed(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
