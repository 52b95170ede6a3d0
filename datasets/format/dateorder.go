package format

import "stance/datasets"

// A date such as 03/04/2024 is read by the other dates of its file: 25/03/2024
// shows that the day comes first. A record with the first such date waits, with
// those behind it, until enough other dates were seen. Where they show nothing,
// or both orders, the date stays unknown.

// Bounds on the records that wait.
const (
	waitingRecords  = 2000
	waitingBytes    = 8 << 20
	waitingEvidence = 16 // dates that show an order
)

// dateOrder counts the dates of an input that show an order.
type dateOrder struct {
	set                  dayOrder // by the user
	alone                bool     // records do not tell each other's order
	dayFirst, monthFirst int
}

// order is what the dates show: one order only if at least nine in ten have it.
func (d dateOrder) order() dayOrder {
	switch n := d.dayFirst + d.monthFirst; {
	case d.set != orderUnknown:
		return d.set
	case n > 0 && 10*d.dayFirst >= 9*n:
		return orderDayFirst
	case n > 0 && 10*d.monthFirst >= 9*n:
		return orderMonthFirst
	}
	return orderUnknown
}

// waitingExample is a record that waits.
type waitingExample struct {
	example  datasets.Example
	rejected *datasets.RecordError // nil for an example
	reading  dateReading
}

// date sets the date of e, or lets it wait, and hands it on.
func (s *stream) date(e datasets.Example, r dateReading) bool {
	if s.dates.alone {
		return s.pass(s.dated(e, r), nil)
	}
	switch r.order {
	case orderDayFirst:
		s.dates.dayFirst++
	case orderMonthFirst:
		s.dates.monthFirst++
	}
	if r.kind == dateAmbiguous && s.dates.set == orderUnknown &&
		s.dates.dayFirst+s.dates.monthFirst < waitingEvidence ||
		len(s.waiting) > 0 {
		return s.wait(waitingExample{example: e, reading: r})
	}
	return s.pass(s.dated(e, r), nil)
}

// wait lets a record wait; the first one that is one too many ends the waiting
// of all.
func (s *stream) wait(w waitingExample) bool {
	s.waiting = append(s.waiting, w)
	s.held += int64(len(w.example.Title) + len(w.example.Text))
	if w.rejected != nil {
		s.held += int64(len(w.rejected.Excerpt))
	}
	if len(s.waiting) >= waitingRecords || s.held >= waitingBytes ||
		s.dates.dayFirst+s.dates.monthFirst >= waitingEvidence {
		return s.flush()
	}
	return true
}

// flush hands on what waits.
func (s *stream) flush() bool {
	waiting := s.waiting
	s.waiting, s.held = nil, 0
	for _, w := range waiting {
		if w.rejected == nil {
			w.example = s.dated(w.example, w.reading)
		}
		if !s.pass(w.example, w.rejected) {
			return false
		}
	}
	return true
}

// dated sets the date of e and notes what is to be said of it.
func (s *stream) dated(e datasets.Example, r dateReading) datasets.Example {
	switch r.kind {
	case dateMissing:
		return e
	case dateUnread:
		e.Note(datasets.NoteDateUnread)
		return e
	case dateAmbiguous:
		switch s.dates.order() {
		case orderUnknown:
			e.Note(datasets.NoteDateAmbiguous)
			return e
		case orderMonthFirst:
			r.time = r.monthFirst
		}
		if s.dates.set == orderUnknown {
			e.Note(datasets.NoteDateOrder)
		}
	}
	e.Published = r.time
	if r.zoneless {
		e.Note(datasets.NoteDateZone)
	}
	return e
}
