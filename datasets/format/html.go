package format

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"stance/datasets"
)

// htmlElements bounds the size of a page: finding the main text costs more than
// linear time.
const htmlElements = 20_000

// decodeHTML reads the whole input as one web page: its main text, title, date,
// outlet, address and language.
func decodeHTML(s *stream) {
	l, err := s.lines.whole()
	if err != nil {
		s.end(l, err)
		return
	}
	if !l.long && len(bytes.TrimSpace(l.text)) == 0 {
		return
	}
	if l.long {
		s.reject(l, tooLong(l.size, s.options.Limits.Line))
		return
	}
	id := s.makeID(line{text: l.text})
	f := s.page(l.text, "")
	var e datasets.Example
	if f == nil {
		if e, f = s.record(&s.values); e.ID == "" {
			e.ID = id
		}
	}
	s.give(l, e, f)
}

// page puts the fields of a web page into s.values. contentType is that of its
// HTTP header, or "".
func (s *stream) page(text []byte, contentType string) *fault {
	v := &s.values
	v.reset()
	r, err := charset.NewReader(bytes.NewReader(text), contentType)
	if err != nil {
		return &fault{reason: datasets.ReasonEncoding, detail: "the page is empty or in an unknown encoding", err: err}
	}
	doc, err := html.Parse(r)
	if err != nil {
		return &fault{reason: datasets.ReasonSyntax, detail: "not HTML: " + err.Error(), err: err}
	}
	m := metaOf(doc)
	parser := readability.NewParser()
	parser.MaxElemsToParse = htmlElements
	a, err := parser.ParseDocument(doc, nil)
	if err != nil {
		return &fault{reason: datasets.ReasonSyntax, detail: "no main text found: " + err.Error(),
			err: err}
	}
	var body strings.Builder
	if a.Node != nil {
		if err := a.RenderText(&body); err != nil {
			return &fault{reason: datasets.ReasonSyntax, detail: err.Error(), err: err}
		}
	}
	best := func(f field, name string, candidates ...string) {
		for rank, value := range candidates {
			v.offer(target{f, rank}, name, strings.TrimSpace(value))
		}
	}
	best(fieldText, "main text", body.String())
	best(fieldTitle, "title", m["og:title"], m["headline"], a.Title())
	best(fieldSource, "site name", m["og:site_name"], a.SiteName())
	best(fieldURL, "canonical link", m["canonical"], m["og:url"])
	best(fieldLang, "lang", m["lang"], a.Language())
	published := ""
	if t, err := a.PublishedTime(); err == nil {
		published = t.Format(time.RFC3339)
	}
	best(fieldPublished, "date", m["datepublished"], m["article:published_time"], published, m["date"], m["pubdate"], m["time"])
	return nil
}

// metaOf collects what a page says of itself in its head: meta elements by
// their name, the canonical link, the language, the first time element, and the
// headline and date of its JSON-LD.
func metaOf(doc *html.Node) map[string]string {
	m := map[string]string{}
	set := func(name, value string) {
		if name = strings.ToLower(name); m[name] == "" && len(m) < 200 {
			m[name] = value
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := map[string]string{}
		for _, attribute := range n.Attr {
			a[attribute.Key] = attribute.Val
		}
		switch n.Data {
		case "html":
			set("lang", a["lang"])
		case "meta":
			for _, key := range []string{"property", "name", "itemprop"} {
				if a[key] != "" {
					set(a[key], a["content"])
				}
			}
		case "link":
			if strings.EqualFold(a["rel"], "canonical") {
				set("canonical", a["href"])
			}
		case "time":
			set("time", a["datetime"])
		case "script":
			if strings.EqualFold(a["type"], "application/ld+json") && n.FirstChild != nil {
				linkedData([]byte(n.FirstChild.Data), set, 0)
			}
		}
	}
	return m
}

// linkedData takes headline and date of an article from JSON-LD, which may lie
// in a list or a graph.
func linkedData(b []byte, set func(name, value string), depth int) {
	b = bytes.TrimSpace(b)
	if depth > valueDepth || len(b) == 0 || depth == 0 && !json.Valid(b) {
		return
	}
	switch b[0] {
	case '[':
		elements(b, func(_ int, value []byte) bool {
			linkedData(value, set, depth+1)
			return true
		})
	case '{':
		members(b, func(key, value []byte) bool {
			switch string(key) {
			case "@graph":
				linkedData(value, set, depth+1)
			case "headline", "datePublished":
				set(string(key), jsonValue(fieldTitle, value, 0))
			}
			return true
		})
	}
}
