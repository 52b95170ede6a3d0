package report

import (
	_ "embed"
	"strconv"
	"strings"

	"stance/internal/output"
)

// pageData is what the page's script draws maps and trend lines from. It is
// written as JSON.
type pageData struct {
	Topics  []string    `json:"topics"`
	Names   [][2]string `json:"names"` // country code and name
	Pairs   []pairData  `json:"pairs"`
	Unit    string      `json:"unit"`
	Buckets []string    `json:"buckets"`
	Lines   []trendLine `json:"lines"`
	Tiles   []tile      `json:"tiles"`
}

// pairData is a country and topic on the map.
type pairData struct {
	Country string  `json:"c"`
	Topic   string  `json:"t"`
	Mean    float64 `json:"m"`
	Low     float64 `json:"l"`
	High    float64 `json:"h"`
	Stories int64   `json:"n"`
	Bin     string  `json:"b"`
}

// tile is the place of a country on the map.
type tile struct {
	Code   string `json:"c"`
	Column int    `json:"x"`
	Row    int    `json:"y"`
}

//go:embed tiles.tsv
var tileTable string

// tiles reads the table of tiles.
func tiles() []tile {
	var list []tile
	for line := range strings.Lines(tileTable) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			x, _ := strconv.Atoi(f[1])
			y, _ := strconv.Atoi(f[2])
			list = append(list, tile{f[0], x, y})
		}
	}
	return list
}

// data is what the script gets. Numbers are rounded to 4 decimals, as in the
// Parquet.
func (v findingsView) data(pairs []stanceView) pageData {
	d := pageData{Topics: []string{}, Names: [][2]string{}, Pairs: []pairData{},
		Unit: v.Series.Unit, Buckets: v.Series.Buckets, Lines: v.Series.Lines}
	named := map[string]bool{}
	for _, t := range v.Topics {
		d.Topics = append(d.Topics, t.ID)
	}
	for _, n := range v.Names {
		d.Names, named[n.Code] = append(d.Names, [2]string{n.Code, n.Name}), true
	}
	for _, p := range pairs {
		d.Pairs = append(d.Pairs,
			pairData{p.Code, p.Topic, output.Round4(p.Mean), output.Round4(p.Low),
				output.Round4(p.High), p.Stories, p.Bin()})
	}
	d.Tiles = tiles()
	for _, t := range d.Tiles {
		if !named[t.Code] && v.CountryName != nil {
			d.Names = append(d.Names, [2]string{t.Code, v.CountryName(t.Code)})
		}
	}
	return d
}
