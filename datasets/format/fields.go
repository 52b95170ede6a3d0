package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"stance/datasets"
)

// field is one field of an article that inputs give under many names.
type field int

const (
	fieldID field = iota
	fieldTitle
	fieldText
	fieldPublished
	fieldSource
	fieldURL
	fieldLang
	fieldCollection
	numFields
)

// fieldNames are the fields with the names that crawlers, news APIs and corpora
// give them, the best first: of several in one record the first that holds
// something is taken. Names are compared without case, blanks and punctuation,
// so "publishedat" also stands for publishedAt and published_at. A dot leads
// into a nested object.
//
// summaries stand in for a text that is missing; the article then has the note
// summary_only.
var fieldNames = [numFields]struct {
	name    string // as users write it in --map and config.yaml
	aliases []string
}{
	fieldID: {"id", []string{"id", "_id", "articleid", "docid", "documentid", "storyid", "storiesid", "newsid", "postid", "guid", "uuid", "uri",
		"gkgrecordid", "primarygid"}},
	fieldTitle: {"title", []string{"title", "headline", "webtitle", "articletitle", "newstitle", "posttitle", "pagetitle", "storytitle",
		"titlepage", "titlerss", "heading", "headlinetext", "maintitle", "name", "ogtitle", "subject"}},
	fieldText: {"text", []string{"text", "maintext", "body", "content", "articlebody", "bodytext", "fulltext", "articletext", "articlecontent",
		"article", "cleanedtext", "cleantext", "plaintext", "textcontent", "contenttext", "newstext", "newscontent", "newsbody", "storytext",
		"storybody", "story", "posttext", "postcontent", "pagecontent", "bodyplain", "paragraphs", "sentences", "rawtext", "rawcontent",
		"fullcontent", "contentfull", "contentencoded", "contenthtml", "bodyhtml", "articlehtml", "html", "contents", "document", "news",
		"extractedtext", "selftext", "texte", "cuerpo", "inhalt"}},
	fieldPublished: {"published_at", []string{"publishedat", "datepublish", "datepublished", "publishdate", "publicationdate", "published",
		"publisheddate", "pubdate", "datetimepub", "webpublicationdate", "publishingdate", "publishedutc", "firstpublicationdate", "publishedparsed", "publishtime",
		"publishedtime", "publishedon", "publicationtime", "articlepublishedtime", "dcdate", "dategmt", "date", "datetime", "seendate",
		"displaydate", "firstpublished", "timestamp", "versioncreated", "firstcreated", "issued", "posted", "postedat", "createdat",
		"createdutc", "created", "pubdateparsed", "updatedparsed", "updated", "updatedat", "time", "day"}},
	fieldSource: {"source", []string{"source", "sourcename", "outlet", "outletname", "publisher", "publishername", "publication",
		"publicationname", "newspaper", "sitename", "site", "medianame", "media", "mediatitle", "provider", "sourcedomain", "domain",
		"canonicaldomain", "hostname", "cleanurl", "feedtitle", "feedname", "channel", "journal", "website", "origin", "sourceurl", "mediaurl"}},
	fieldURL: {"url", []string{"url", "link", "weburl", "articleurl", "canonicallink", "canonicalurl", "originalurl", "storyurl", "pageurl",
		"newsurl", "permalink", "href", "documentidentifier", "shareurl", "targeturi", "ogurl", "urlmobile", "respondedurl", "requestedurl",
		"canonical", "alternate", "mainentityofpage"}},
	fieldLang: {"lang", []string{"lang", "language", "languagecode", "langcode", "metalang", "metalanguage", "articlelanguage",
		"inlanguage", "languageiso"}},
	fieldCollection: {"collection", []string{"collection"}},
}

// summaries are names of a lead or summary.
var summaries = []string{"leadparagraph", "description", "summary", "abstract", "lead", "shortdescription", "snippet", "excerpt",
	"trailtext", "standfirst", "teaser", "deck", "metadescription", "ogdescription", "subtitle"}

// containers are names of objects that hold the fields of the article they are
// in: those of JSON:API, the Guardian and the like. isContainer adds the one of
// Elasticsearch.
var containers = []string{"fields", "attributes", "article", "data", "item", "story", "news", "post", "document", "doc", "node",
	"metadata", "meta", "record", "properties", "payload"}

const (
	rankSummary   = 1000 // and above: a summary, not a body
	rankContainer = 100  // added for a name inside a container
	rankAddress   = 500  // added for an outlet that is given by an address
	rankMapped    = -1   // named by the user
)

// target is what a name of the input stands for.
type target struct {
	field field
	rank  int // of several names, the smallest wins
}

// aliasTargets is fieldNames and summaries by plain name.
var aliasTargets = sync.OnceValue(func() map[string]target {
	m := map[string]target{}
	for f, names := range fieldNames {
		for rank, name := range names.aliases {
			m[plainName(name)] = target{field(f), rank}
		}
	}
	for rank, name := range summaries {
		m[name] = target{fieldText, rankSummary + rank}
	}
	return m
})

// plainName is a name without case, blanks and punctuation, but for dots.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.':
			return r
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// Map names the fields of the input that hold the fields of an article. An
// empty name means the usual ones (see docs/inputs.md). Names are compared
// without case and punctuation; a dot leads into a nested object:
// "content.rendered".
type Map struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Published string `json:"published_at"`
	Source    string `json:"source"`
	URL       string `json:"url"`
	Lang      string `json:"lang"`
}

// each calls f with every field of m that is set.
func (m Map) each(f func(field, string)) {
	for i, name := range [...]string{m.ID, m.Title, m.Text, m.Published, m.Source, m.URL, m.Lang} {
		if name != "" {
			f(field(i), name)
		}
	}
}

// Set lays "text=maintext" over m, or several such, separated by commas.
func (m *Map) Set(s string) error {
	places := [...]*string{&m.ID, &m.Title, &m.Text, &m.Published, &m.Source, &m.URL, &m.Lang}
	for _, part := range strings.Split(s, ",") {
		name, value, ok := strings.Cut(part, "=")
		i := slices.IndexFunc(fieldNames[:len(places)], func(f struct {
			name    string
			aliases []string
		}) bool {
			return f.name == strings.TrimSpace(name)
		})
		if !ok || i < 0 || strings.TrimSpace(value) == "" {
			return fmt.Errorf("%q does not map a field; write text=NAME, for any of %s", part,
				strings.Join(mappable(), ", "))
		}
		*places[i] = strings.TrimSpace(value)
	}
	return nil
}

// mappable are the names of the fields that a Map can set.
func mappable() []string {
	var names []string
	for _, f := range fieldNames[:fieldCollection] {
		names = append(names, f.name)
	}
	return names
}

// names resolves the names of one input. It remembers what it resolved, for
// records repeat their names.
type names struct {
	mapped map[string]field // plain name or path to field
	fixed  [numFields]bool  // mapped: the usual names do not count
	known  map[string]resolved
}

type resolved struct {
	target
	name   string // as it stands in the input
	ok     bool   // the name stands for a field
	inside bool   // it may lead into an object that holds fields
}

// maxKnownNames bounds what one input can make names remember.
const maxKnownNames = 4096

func newNames(m Map) *names {
	n := &names{mapped: map[string]field{}, known: map[string]resolved{}}
	m.each(func(f field, name string) {
		n.mapped[plainName(name)] = f
		n.fixed[f] = true
	})
	return n
}

// resolve says what path, the names from the record's root joined by dots,
// stands for. nested says that the path leads through a container.
func (n *names) resolve(path string, nested bool) resolved {
	r, seen := n.known[path]
	if !seen {
		r = n.lookUp(path, nested)
		r.name = path
		if len(n.known) < maxKnownNames {
			n.known[path] = r
		}
	}
	return r
}

func (n *names) lookUp(path string, nested bool) resolved {
	plain := plainName(path)
	if f, ok := n.mapped[plain]; ok {
		return resolved{target: target{f, rankMapped}, ok: true, inside: true}
	}
	r := resolved{inside: isContainer(path) || n.onTheWay(plain)}
	var ok bool
	switch dot := strings.LastIndexByte(path, '.'); {
	case !nested || dot < 0:
		r.target, ok = aliasTargets()[plain]
	case isContainer(path[:dot]):
		r.target, ok = aliasTargets()[plainName(path[dot+1:])]
		r.rank += rankContainer
	default: // source.name
		r.target, ok = aliasTargets()[plainName(path[:dot])]
		ok = ok && slices.Contains(valueKeys[r.field], path[dot+1:])
	}
	r.ok = ok && !n.fixed[r.field]
	return r
}

// isContainer reports whether the object at a path holds fields of the article
// it is in.
func isContainer(path string) bool {
	last := path[strings.LastIndexByte(path, '.')+1:]
	return last == "_source" || slices.Contains(containers, plainName(last))
}

// onTheWay reports whether the object at a plain path lies on the way to a
// mapped field.
func (n *names) onTheWay(plain string) bool {
	for path := range n.mapped {
		if strings.HasPrefix(path, plain+".") {
			return true
		}
	}
	return false
}

// values are the fields of one record as they were found.
type values struct {
	found [numFields]struct {
		name, value string
		rank        int
		any         bool   // the record has such a field, if only an empty one
		empty       string // the name of an empty one
	}
	seen   []string // names of the record, for messages and reports
	labels []byte   // the JSON of the field labels, if there is one

	hollow string // the name of a title or text that is an object without a text

	unknown     string // the name of the longest prose in a field that is not known
	unknownSize int
}

func (v *values) reset() {
	*v = values{seen: v.seen[:0]}
}

// proseSize is the least length in bytes of a text that is a body rather than a
// remark, and proseWord the most bytes a word of it has on average.
const (
	proseSize = 500
	proseWord = 15
)

// pass notes a field that is not known, in case it holds the text.
func (v *values) pass(name, value string) {
	if n := len(value); n >= proseSize && n > v.unknownSize &&
		strings.Count(value, " ") > n/proseWord {
		v.unknown, v.unknownSize = name, n
	}
}

// offer takes a value for a field unless a better one is there.
func (v *values) offer(t target, name, value string) {
	f := &v.found[t.field]
	f.any = true
	if t.field == fieldSource && t.rank != rankMapped && strings.HasPrefix(value, "http") {
		value, t.rank = v.siteOf(name, value), t.rank+rankAddress
	}
	if missingValue(value) {
		f.empty = name
		return
	}
	if f.value != "" && f.rank <= t.rank {
		return
	}
	f.name, f.value, f.rank = name, value, t.rank
}

// siteOf is the site of an outlet that is given by an address. The address of a
// page also serves as the article's own, where no better one is given.
func (v *values) siteOf(name, address string) string {
	_, site, _ := strings.Cut(address, "://")
	host, page, _ := strings.Cut(site, "/")
	if page != "" {
		v.offer(target{fieldURL, rankAddress}, name, address)
	}
	return host
}

// missingValues are the ways data frames and databases print that nothing is
// there.
var missingValues = []string{"nan", "NaN", "None", "null", "NULL", `\N`, "<NA>", "NaT"}

func missingValue(s string) bool {
	return strings.TrimSpace(s) == "" || len(s) <= 4 && slices.Contains(missingValues, s)
}

// example makes an example of the fields of one record. The reading of its date
// is returned beside it, since an ambiguous one is settled later.
func (v *values) example(n *names) (datasets.Example, dateReading, *fault) {
	if f := v.lacksText(n); f != nil {
		return datasets.Example{}, dateReading{}, f
	}
	at := func(f field) string { return v.found[f].value }
	e := datasets.Example{Collection: at(fieldCollection),
		Article: datasets.Article{ID: at(fieldID), Source: at(fieldSource),
			URL: at(fieldURL), Title: at(fieldTitle), Text: at(fieldText),
			Lang: languageCode(at(fieldLang))}}
	if v.found[fieldText].rank >= rankSummary && e.Text != "" {
		e.Note(datasets.NoteSummaryOnly)
	}
	if f := longFields(e); f != nil {
		return datasets.Example{}, dateReading{}, f
	}
	return e, readDate(at(fieldPublished)), nil
}

// lacksText says why the text of a record would be lost, or nil: no field is
// known, the mapped one is not there, or a field that is not known holds it.
func (v *values) lacksText(n *names) *fault {
	title, text := v.found[fieldTitle], v.found[fieldText]
	switch {
	case len(v.seen) == 0: // an empty object: the record is rejected as empty
		return nil
	case !title.any && !text.any:
		return noTextField(v.seen)
	case v.hollow != "" && title.value == "" && text.value == "":
		return &fault{reason: datasets.ReasonFields, detail: fmt.Sprintf("field %s is an object in which no text is known; name the way to it "+
			"with --map text=%s.NAME; a data frame is written with orient=\"records\"",
			clip(v.hollow, 64), clip(v.hollow, 64))}
	case n.fixed[fieldText] && !text.any:
		return &fault{reason: datasets.ReasonFields, detail: fmt.Sprintf("no field %s; seen: %s; correct --map text=NAME",
			n.mappedName(fieldText), someOf(v.seen))}
	case !n.fixed[fieldText] && (!text.any || text.rank >= rankSummary) &&
		v.unknownSize > len(text.value):
		return &fault{reason: datasets.ReasonFields, detail: fmt.Sprintf("field %s holds %d bytes of prose and no known field holds a text; "+
			"if it is the text, read it with --map text=%s", clip(v.unknown, 64), v.unknownSize,
			clip(v.unknown, 64))}
	}
	return nil
}

// noTextField is the fault of a record in which nothing can be recognised as a
// title or a text.
func noTextField(seen []string) *fault {
	return &fault{reason: datasets.ReasonFields, detail: fmt.Sprintf("none of the fields is known to be a title or a text; seen: %s; "+
		"name the field of the text with --map text=NAME", someOf(seen))}
}

// someOf lists names for a message, the first twenty.
func someOf(names []string) string {
	const shown = 20
	list := clip(strings.Join(names[:min(len(names), shown)], ", "), 400)
	if n := len(names) - shown; n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	if list == "" {
		return "none"
	}
	return list
}

// fieldLimit bounds the short fields of an article in bytes: they are repeated
// in every row of output.
const fieldLimit = 8 << 10

func longFields(e datasets.Example) *fault {
	fields := []struct{ name, value string }{
		{"id", e.ID}, {"source", e.Source}, {"url", e.URL}, {"lang", e.Lang},
		{"collection", e.Collection},
	}
	for _, f := range fields {
		if len(f.value) > fieldLimit {
			return &fault{reason: datasets.ReasonTooLong,
				detail: fmt.Sprintf("field %s has %d bytes, the limit is %d; shorten it", f.name,
					len(f.value), fieldLimit)}
		}
	}
	return nil
}

// languages are the names and three-letter codes of languages that inputs write
// in place of a tag of BCP 47.
var languages = []struct{ tag, others string }{
	{"en", "english eng"}, {"de", "german deutsch deu ger"}, {"fr", "french français francais fra fre"},
	{"es", "spanish español espanol castilian spa"}, {"it", "italian italiano ita"}, {"pt", "portuguese português por"},
	{"nl", "dutch nederlands nld dut"}, {"pl", "polish polski pol"}, {"cs", "czech ces cze"}, {"ru", "russian rus русский"},
	{"uk", "ukrainian ukr"}, {"tr", "turkish tur"}, {"ro", "romanian ron rum"}, {"hu", "hungarian hun"}, {"sv", "swedish swe"},
	{"da", "danish dan"}, {"no", "norwegian nor"}, {"fi", "finnish fin"}, {"el", "greek ell gre"},
	{"ar", "arabic ara"},
	{"fa", "persian farsi fas per"}, {"he", "hebrew heb"}, {"hi", "hindi hin"}, {"bn", "bengali ben"}, {"ur", "urdu urd"},
	{"zh", "chinese zho chi"}, {"ja", "japanese jpn"}, {"ko", "korean kor"}, {"vi", "vietnamese vie"}, {"th", "thai tha"},
	{"id", "indonesian ind"}, {"ms", "malay msa may"}, {"sr", "serbian srp"}, {"hr", "croatian hrv"}, {"bg", "bulgarian bul"},
	{"sk", "slovak slk slo"}, {"sl", "slovenian slv"}, {"et", "estonian est"}, {"lv", "latvian lav"}, {"lt", "lithuanian lit"},
	{"ka", "georgian kat geo"}, {"hy", "armenian hye arm"}, {"az", "azerbaijani aze"}, {"sw", "swahili swa"}, {"ca", "catalan cat"},
}

// languageTags is the tag of each name and code of languages. It does not
// change.
var languageTags = func() map[string]string {
	tags := map[string]string{"": ""}
	// where two languages share a name, the first has it
	for _, l := range slices.Backward(languages) {
		for _, other := range strings.Fields(l.others) {
			tags[other] = l.tag
		}
		tags[l.tag] = l.tag
	}
	return tags
}()

// languageCode is the tag of a declared language: "en" for English, eng and
// EN; "en-US" for en_US. What is no tag and no known name is "".
func languageCode(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if tag, ok := languageTags[strings.ToLower(s)]; ok {
		return tag
	}
	primary, rest, region := strings.Cut(s, "-")
	if n := len(primary); n < 2 || n > 3 || strings.Trim(strings.ToLower(primary), "abcdefghijklmnopqrstuvwxyz") != "" ||
		slices.Contains([]string{"und", "mul", "zxx", "mis", "xx", "na", "nan"},
			strings.ToLower(primary)) || len(rest) > 32 {
		return ""
	}
	if !region {
		return strings.ToLower(primary)
	}
	return strings.ToLower(primary) + "-" + rest
}

// columns resolves the header of a table: for each field, its columns, the best
// first. It fails when no column can hold text, or a mapped one is not there.
func (n *names) columns(header []string) ([numFields][]int, *fault) {
	var columns [numFields][]int
	ranks := make([]int, len(header))
	for i, name := range header {
		nested := strings.Contains(name, ".")
		if r := n.resolve(strings.TrimSpace(name), nested); r.ok {
			ranks[i] = r.rank
			columns[r.field] = append(columns[r.field], i)
		}
	}
	for f := range columns {
		slices.SortStableFunc(columns[f], func(a, b int) int {
			return cmp.Compare(ranks[a], ranks[b])
		})
		if n.fixed[f] && len(columns[f]) == 0 {
			return columns, noColumn(n.mappedName(field(f)), header)
		}
	}
	if len(columns[fieldTitle]) == 0 && len(columns[fieldText]) == 0 {
		return columns, noTextField(header)
	}
	return columns, nil
}

func (n *names) mappedName(f field) string {
	for name, g := range n.mapped {
		if g == f {
			return name
		}
	}
	return ""
}

// columnOf is the index of the column of that name, case ignored, or -1.
func columnOf(header []string, name string) int {
	return slices.IndexFunc(header, func(h string) bool {
		return strings.EqualFold(strings.TrimSpace(h), name)
	})
}

func noColumn(name string, header []string) *fault {
	return &fault{reason: datasets.ReasonFields, detail: fmt.Sprintf("no column %s in the header (%s); correct --map, or set the "+
		"delimiter if it is another", name, clip(strings.Join(header, " | "), 400))}
}
