package datasets

import "fmt"

// Reason is a short, stable code for why a record was rejected; it stands in
// quarantine rows and in metrics.
type Reason string

// The reasons a record can be rejected for.
const (
	// not in the declared format (broken JSON, wrong number of CSV fields)
	ReasonSyntax    Reason = "syntax"
	ReasonEncoding  Reason = "encoding"      // not UTF-8
	ReasonEmpty     Reason = "empty"         // neither title nor text
	ReasonTooLong   Reason = "too_long"      // line or record beyond the bound
	ReasonTooDeep   Reason = "too_deep"      // nested beyond the bound
	ReasonFields    Reason = "no_text_field" // no field is known to hold a title or a text
	ReasonTooCostly Reason = "too_costly"    // answering would take more work than one record may
	// a label names an unknown answer or a span outside the text
	ReasonBadLabel  Reason = "bad_label"
	ReasonDuplicate Reason = "duplicate" // an id seen before in the run
	// the file could not be opened, decompressed or read to its end
	ReasonUnread Reason = "unreadable"
)

// ExcerptLimit bounds RecordError.Excerpt, in bytes.
const ExcerptLimit = 4 << 10

// RecordError is one rejected record: where it stood, why it was rejected, and
// how it began. The run goes on after it.
type RecordError struct {
	Origin
	Reason  Reason
	Detail  string // what is wrong and what would cure it, for people
	Excerpt string // first bytes of the record, valid UTF-8, at most ExcerptLimit
	Err     error  // the decoder's own error, may be nil
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s", e.File, e.Line, e.Reason, e.Detail)
}

func (e *RecordError) Unwrap() error { return e.Err }
