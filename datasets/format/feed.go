package format

import (
	"bytes"
	"cmp"
	"fmt"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"

	"stance/datasets"
)

// decodeFeed reads an RSS, Atom or JSON feed: each entry is an article whose
// outlet is the feed's title.
func decodeFeed(s *stream) {
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
	parser := gofeed.NewParser()
	parser.RSSTranslator = &rssTranslator{}
	feed, err := parser.Parse(bytes.NewReader(l.text))
	if err != nil {
		s.reject(l, &fault{reason: datasets.ReasonSyntax, detail: "not an RSS, Atom or JSON feed: " + err.Error(), err: err})
		return
	}
	for _, item := range feed.Items {
		s.entry(feed, item)
		e, f := s.record(&s.values)
		at := line{number: l.number, offset: l.offset,
			text: []byte(item.Title + "\n" + item.Description)}
		if !s.give(at, e, f) {
			return
		}
	}
	for n := entriesIn(l.text) - len(feed.Items); n > 0; n-- {
		if !s.reject(l, &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("the feed has entries with broken tags, and only %d "+
			"could be told apart; mend the XML", len(feed.Items))}) {
			return
		}
	}
}

// notMarkup are the parts of a feed whose brackets are no tags.
var notMarkup = []struct{ begin, end string }{{"<![CDATA[", "]]>"}, {"<!--", "-->"}}

// entriesIn counts the entries of an RSS or Atom feed by their tags, be they
// broken or not. The parser mends what it can and tells nobody of the rest.
func entriesIn(feed []byte) int {
	var begins, ends int
scan:
	for i := bytes.IndexByte(feed, '<'); i >= 0 && i < len(feed); {
		rest := feed[i:]
		for _, n := range notMarkup {
			if bytes.HasPrefix(rest, []byte(n.begin)) {
				end := bytes.Index(rest, []byte(n.end))
				if end < 0 {
					break scan
				}
				i += end + len(n.end)
				continue scan
			}
		}
		name, end := tagName(rest)
		if name == "item" || name == "entry" {
			if end {
				ends++
			} else {
				begins++
			}
		}
		next := bytes.IndexByte(rest[1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return max(begins, ends)
}

// tagName is the name, without its prefix, of the tag at the beginning of b,
// and whether the tag ends an element.
func tagName(b []byte) (name string, end bool) {
	b, end = bytes.CutPrefix(b[1:], []byte("/"))
	b = b[:min(len(b), 32)]
	if i := bytes.IndexAny(b, " \t\r\n/>"); i >= 0 {
		b = b[:i]
	}
	if _, local, prefixed := bytes.Cut(b, []byte(":")); prefixed {
		b = local
	}
	return string(b), end
}

// sourceKey is where rssTranslator puts the outlet of an entry.
const sourceKey = "source"

// rssTranslator keeps the outlet that an entry names. Feeds of aggregators and
// search engines hold entries of many outlets.
type rssTranslator struct{ gofeed.DefaultRSSTranslator }

// Translate implements [gofeed.Translator].
func (t *rssTranslator) Translate(parsed any) (*gofeed.Feed, error) {
	feed, err := t.DefaultRSSTranslator.Translate(parsed)
	if err != nil {
		return nil, err
	}
	if r, ok := parsed.(*rss.Feed); ok && len(r.Items) == len(feed.Items) {
		for i, item := range r.Items {
			if item.Source != nil {
				feed.Items[i].Custom = map[string]string{sourceKey: cmp.Or(item.Source.Title,
					item.Source.URL)}
			}
		}
	}
	return feed, nil
}

// entry puts the fields of an entry into s.values.
func (s *stream) entry(feed *gofeed.Feed, item *gofeed.Item) {
	v := &s.values
	v.reset()
	offer := func(f field, rank int, name, value string) { v.offer(target{f, rank}, name, value) }
	offer(fieldID, 0, "guid", item.GUID)
	offer(fieldID, 1, "link", item.Link)
	offer(fieldTitle, 0, "title", item.Title)
	offer(fieldText, 0, "content", item.Content)
	offer(fieldText, rankSummary, "description", item.Description)
	offer(fieldURL, 0, "link", item.Link)
	if outlet := item.Custom[sourceKey]; outlet != "" {
		offer(fieldSource, 0, "source", outlet)
	} else {
		offer(fieldSource, 0, "feed title", feed.Title)
	}
	offer(fieldLang, 0, "feed language", feed.Language)
	for rank, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil {
			offer(fieldPublished, 2*rank, "published", at.UTC().Format(time.RFC3339))
		}
	}
	offer(fieldPublished, 1, "published", item.Published)
	offer(fieldPublished, 3, "updated", item.Updated)
}
