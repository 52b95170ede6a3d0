package report

import (
	"fmt"
	"strings"

	"stance/models/measure"
)

// Charts are drawn in pixels, y downward. What is here are numbers only; the
// markup is in the templates.

// frame maps data to a plot of width x height pixels that begins at left, top.
type frame struct {
	Left, Top, Width, Height float64
	MinX, MaxX, MinY, MaxY   float64
}

// X and Y place a value; values beyond the frame lie on its edge.
func (f frame) X(v float64) float64 { return f.Left + f.Width*unit(v, f.MinX, f.MaxX) }
func (f frame) Y(v float64) float64 { return f.Top + f.Height*(1-unit(v, f.MinY, f.MaxY)) }

// unit is where v lies between low and high, from 0 to 1; the middle when they
// are the same.
func unit(v, low, high float64) float64 {
	if high <= low {
		return 0.5
	}
	return max(0, min(1, (v-low)/(high-low)))
}

// point is a place in a chart with what it stands for.
type point struct {
	X, Y  float64
	Label string
}

// path joins points with straight lines, in the words of an SVG path.
func path(points []point) string {
	var b strings.Builder
	for i, p := range points {
		step := " L"
		if i == 0 {
			step = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", step, p.X, p.Y)
	}
	return b.String()
}

// rangeBar is a value with its interval on a scale, in one line of a table.
type rangeBar struct {
	Low, Value, High, Zero float64 // pixels
	Kind                   kind    // the colour
}

// rangeFrame is the scale of range bars.
func rangeFrame(low, high float64) frame {
	return frame{Left: 4, Width: rangeWidth - 8, MinX: low, MaxX: high}
}

// rangeWidth is the width of a range bar in pixels.
const rangeWidth = 150

func (f frame) rangeBar(low, value, high, zero float64, k kind) rangeBar {
	return rangeBar{f.X(low), f.X(value), f.X(high), f.X(zero), k}
}

// reliabilityChart is accuracy over confidence, with the number of rows as bars
// below.
type reliabilityChart struct {
	frame
	Points  []point
	Path    string
	Volumes []volume
	Ticks   []float64
}

// volume is the bar of one bin.
type volume struct {
	X, Y, Width, Height float64
	Label               string
}

// volumeHeight is the height of the fullest bin's bar in pixels.
const volumeHeight = 40

func newReliabilityChart(bins []measure.ReliabilityBin) reliabilityChart {
	c := reliabilityChart{frame: frame{Left: 40, Top: 10, Width: 320, Height: 320, MaxX: 1,
		MaxY: 1}, Ticks: []float64{0, 0.2, 0.4, 0.6, 0.8, 1}}
	most := 1
	for _, b := range bins {
		most = max(most, b.Rows)
	}
	for _, b := range bins {
		if b.Rows == 0 {
			continue
		}
		label := fmt.Sprintf("confidence %.2f, accuracy %.2f, %d answers", b.Confidence, b.Accuracy,
			b.Rows)
		c.Points = append(c.Points, point{c.X(b.Confidence), c.Y(b.Accuracy), label})
		height := volumeHeight * float64(b.Rows) / float64(most)
		c.Volumes = append(c.Volumes,
			volume{c.X(b.Low), c.Top + c.Height - height, c.Width * (b.High - b.Low), height,
				label})
	}
	c.Path = path(c.Points)
	return c
}
