package compare

import (
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// Sizes of the chart in its own units.
const (
	chartWidth = 900
	labelWidth = 190 // names of kinds
	plotWidth  = 380
	rowHeight  = 30
	topMargin  = 58
	tickStep   = 0.1
)

// WriteSVG draws macro-F1 with its interval, one point a kind, with calibration
// error, times and sizes in words beside it. The file needs nothing else; it
// has a title and a description for readers who cannot see it.
func WriteSVG(w io.Writer, results []Comparison) error {
	var measured []Comparison
	for _, r := range results {
		if r.Error == "" {
			measured = append(measured, r)
		}
	}
	height := topMargin + rowHeight*len(measured) + 34
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="12">`+"\n",
		chartWidth, height)
	fmt.Fprintf(&out, "<title>Macro-F1 by kind of classifier</title>\n<desc>%s</desc>\n",
		html.EscapeString(describe(measured)))
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", chartWidth, height)
	text(&out, 12, 22, "start", `font-size="15" font-weight="bold"`, "Macro-F1 over supportive, neutral, critical; 95 % interval by article")
	low := axisLow(measured)
	axis(&out, low, height-34)
	for i, r := range measured {
		point(&out, r, low, topMargin+rowHeight*i)
	}
	out.WriteString("</svg>\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// describe says the chart in one line.
func describe(measured []Comparison) string {
	var parts []string
	for _, r := range measured {
		parts = append(parts,
			fmt.Sprintf("%s %.3f (%.3f to %.3f)", r.Kind, r.Quality.MacroF1, r.Quality.Low,
				r.Quality.High))
	}
	return strings.Join(parts, "; ")
}

// axisLow is the tick below the lowest interval: points, unlike bars, need no
// axis from 0.
func axisLow(measured []Comparison) float64 {
	low := 1 - tickStep
	for _, r := range measured {
		low = min(low, r.Quality.Low)
	}
	return max(0, math.Floor(low/tickStep)*tickStep)
}

// place is where a value stands on the axis.
func place(value, low float64) float64 {
	return labelWidth + plotWidth*(min(max(value, low), 1)-low)/(1-low)
}

func axis(out *strings.Builder, low float64, bottom int) {
	for n := 0; low+float64(n)*tickStep <= 1+tickStep/2; n++ {
		value := low + float64(n)*tickStep
		x := place(value, low)
		fmt.Fprintf(out, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/>`+"\n", x,
			topMargin-6, x, bottom)
		text(out, x, float64(bottom)+16, "middle", `fill="#555"`, fmt.Sprintf("%.1f", value))
	}
	text(out, labelWidth+plotWidth+14, topMargin-14, "start", `fill="#555"`, "macro-F1; ECE; train; per article; memory; bundle")
}

func point(out *strings.Builder, r Comparison, low float64, top int) {
	q := r.Quality
	middle := float64(top) + rowHeight/2
	text(out, labelWidth-10, middle+4, "end", "", r.Kind)
	from, to := place(q.Low, low), place(q.High, low)
	fmt.Fprintf(out, `<path d="M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8" stroke="#333" fill="none"/>`+"\n",
		from, middle, to, from, middle-4, to, middle-4)
	fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="5" fill="#4477aa"/>`+"\n",
		place(q.MacroF1, low), middle)
	text(out, labelWidth+plotWidth+14, middle+4, "start", "", fmt.Sprintf("%.3f; %.3f; %s; %s; %s; %s",
		q.MacroF1, q.ECE, seconds(r.TrainSeconds),
		seconds(r.PredictSeconds), size(float64(r.PeakBytes)), size(float64(r.BundleBytes))))
}

func text(out *strings.Builder, x, y float64, anchor, attributes, words string) {
	fmt.Fprintf(out, `<text x="%.1f" y="%.1f" text-anchor="%s" %s>%s</text>`+"\n", x, y, anchor,
		attributes, html.EscapeString(words))
}
