// Package datasets holds the data that the other packages work on: raw
// articles, labelled examples and rejected records. It also splits examples
// into parts to train and to test on, and finds copies of a story.
//
// Package [stance/datasets/format] reads them from files. Neither package
// cleans text; that is the work of package features.
package datasets

import "time"

// Article is one raw news item as it came in. Every field but Text and Title
// may be empty.
type Article struct {
	// unique within a run; decoders give one from file and line where the input
	// has none
	ID        string
	Source    string    // outlet, as the input names it
	URL       string    // where it was published
	Title     string    // headline, without the body
	Text      string    // body, raw: boilerplate still in it
	Lang      string    // declared language (BCP 47), "" when the input does not say
	Published time.Time // UTC; the zero time means unknown
	Notes     string    // [Note]s joined by blanks; "" for most articles
	Origin    Origin
}

// Note is a short, stable code for something about an article that its reader
// should know. The article is kept all the same.
type Note string

// The notes that decoders and runs leave.
const (
	NoteDateUnread Note = "date_unread" // the date could not be read; Published is unknown
	// day and month could not be told apart; Published is unknown
	NoteDateAmbiguous Note = "date_ambiguous"
	// day and month were told apart by the other dates of the file
	NoteDateOrder Note = "date_order"
	// the time zone is unknown or stands for several; taken as UTC
	NoteDateZone     Note = "date_zone"
	NoteSummaryOnly  Note = "summary_only"  // there is no body; Text is the summary
	NoteTitleCut     Note = "title_cut"     // the title was too long and was cut
	NoteSentencesCut Note = "sentences_cut" // not all sentences about a country were looked at
	// the record was not UTF-8 and was read as Windows-1252
	NoteWindows1252 Note = "windows_1252"
)

// Note adds a note.
func (a *Article) Note(n Note) {
	if a.Notes != "" {
		a.Notes += " "
	}
	a.Notes += string(n)
}

// Origin says where in the input a record began.
type Origin struct {
	File   string // path as given, "-" for standard input
	Line   int    // 1-based line of the record's first byte; 0 when the format has no lines
	Offset int64  // byte offset of that line in the decompressed stream
}

// Example is an article with the answers people gave for it; Labels is empty
// for unlabelled input.
type Example struct {
	Article
	Collection string // part of a corpus, e.g. "rss2023"; "" when the corpus has one part
	// article, speech or sentence that several examples were cut from; splits
	// keep it whole; "" for none
	Group  string
	Labels []Label
}

// Task names the question a label answers. A head of a model answers one task.
type Task string

// The tasks of the shipped corpora.
const (
	// side of Country on Topic: supportive, neutral, critical, none
	TaskStance Task = "stance"
	// tone of the text toward Country or toward the Target span: positive,
	// neutral, negative
	TaskSentiment Task = "sentiment"
	// act of the Source span toward the Target span; answers are the corpus'
	// own
	TaskRelation Task = "relation"

	// event between Source and Target: AGREE, ACCUSE, ASSAULT, ... (15 roots)
	TaskPLOVERRoot Task = "plover-root"
	// its class: verbal_cooperation, material_cooperation, verbal_conflict,
	// material_conflict
	TaskPLOVERQuad Task = "plover-quad"
	// does the sentence of a speech carry verbal conflict: conflict, none
	TaskConflict Task = "conflict"
	// and of which kind: Direct_NegEval, Indirect_NegEval, Challenge,
	// Correction, none
	TaskConflictKind Task = "conflict-kind"
)

// Label is one answer about one part of an article. Country and Topic name the
// part for stance; spans name it for corpora that mark words in a sentence.
// Spans index bytes of Article.Text.
type Label struct {
	Task    Task
	Country string // ISO 3166-1 alpha-3 or EU, NATO, UN, G7; "" for span tasks
	Topic   string // topic id; "" when the task has none
	Source  Span   // who acts; the zero span means none
	Target  Span   // who is acted upon or spoken of; the zero span means none
	Answer  string // a class of the task
}

// Span is the half-open byte range [Start, End) of a text.
type Span struct{ Start, End int }

// Empty reports whether s covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }
