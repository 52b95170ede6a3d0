// Package report shows results to people: a page on a model and its measures
// ([Model.HTML]), a page on what runs found ([Findings.HTML]), and one article
// with its answers explained ([Explained]) as text, JSON or a page.
//
// A page is one HTML file that needs no network: styles, scripts and charts
// (SVG) are in it. Whatever comes from articles, files or settings is escaped
// by html/template; nothing here builds markup out of strings. The page on
// findings reads without its script, too; the script sorts, filters, saves CSV
// and draws the map and the trend lines. A policy in the page lets no other
// script run.
package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"

	"stance/models/evaluate"
)

//go:embed templates/*.html templates/*.css templates/*.js
var templates embed.FS

// page writes the template called name with data.
func page(w io.Writer, name string, data any) error {
	t, err := template.New(name).Funcs(template.FuncMap{
		"css":        func(name string) (template.CSS, error) { return source[template.CSS](name) },
		"script":     func(name string) (template.JS, error) { return source[template.JS](name) },
		"scriptHash": scriptHash,
		"count":      func(v any) string { return thousands(fmt.Sprint(v)) },
		"exact":      func(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) },
		"fixed":      fixed,
		"sign":       func(v float64) string { return fmt.Sprintf("%+.2f", v) },
		"score":      score,
		"rates": func(title string, list []evaluate.SwapRate) rateTable {
			return rateTable{title, list}
		},
		"rowTop":    func(i int) int { return rowHeight*i + 4 },
		"rowText":   func(i int) int { return rowHeight*i + 14 },
		"bars":      func(b []bar) int { return rowHeight * len(b) },
		"barLength": func(p float64) float64 { return barSpan * p },
		"barEnd":    func(p float64) float64 { return barStart + barSpan*p + 6 },
		"percent": func(v float64) string {
			return strconv.FormatFloat(100*v, 'f', 2, 64) + " %"
		},
		"whole": func(v float64) string { return strconv.FormatFloat(100*v, 'f', 0, 64) },
		"pct": func(v float64) string {
			return strconv.FormatFloat(100*v, 'f', 1, 64) + " %"
		},
	}).ParseFS(templates, "templates/*.html")
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := t.ExecuteTemplate(w, name, data); err != nil {
		return fmt.Errorf("report: the page cannot be written: %w", err)
	}
	return nil
}

// source is a file of the templates, trusted as T.
func source[T ~string](name string) (T, error) {
	text, err := templates.ReadFile("templates/" + name)
	return T(text), err
}

// scriptHash is what a content security policy calls a script by.
func scriptHash(name string) (string, error) {
	text, err := templates.ReadFile("templates/" + name)
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:]), err
}

// thousands groups the digits of a whole number by thin spaces.
func thousands(digits string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "\u202f" + digits[at:]
	}
	return digits
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

// score shows a score with its sign, a true minus, and two decimals. What
// rounds to 0 has no sign.
func score(v float64) string {
	if math.Abs(v) < 0.005 {
		return "0.00"
	}
	return strings.Replace(fmt.Sprintf("%+.2f", v), "-", "−", 1)
}

// fixed shows a measure with three decimals.
func fixed(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
