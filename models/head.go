package models

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
	"stance/models/learn"
)

// The classes of the heads, in the order of their scores.
var (
	stanceClasses    = [...]string{"none", "supportive", "neutral", "critical"}
	sentimentClasses = [...]string{"negative", "neutral", "positive"}
)

// Indices into stanceClasses.
const (
	classNone = iota
	classSupportive
	classNeutral
	classCritical
)

// ClassesOf lists the classes of a task's head; nil for a task that has no head.
func ClassesOf(t datasets.Task) []string {
	switch t {
	case datasets.TaskStance:
		return slices.Clone(stanceClasses[:])
	case datasets.TaskSentiment:
		return slices.Clone(sentimentClasses[:])
	}
	return nil
}

// head is one fitted classifier with its task, its vocabulary and its calibration.
type head struct {
	task        datasets.Task
	vectorizer  *features.Vectorizer
	classifier  learn.Classifier
	calibration learn.Calibration
	rows        int
}

func (h head) info() HeadInfo {
	return HeadInfo{h.task, h.classifier.Classes(), h.vectorizer.Cols(), h.rows, h.calibration}
}

// probs writes the calibrated probability of each class for x to dst.
func (h head) probs(dst []float64, x vector.Vector) []float64 {
	var room [8]float64
	return h.calibration.Probs(dst, h.classifier.Scores(room[:0], x))
}

func (h head) write(w *sectionWriter) {
	w.add(string(h.task)+"/terms", encodeTerms(h.vectorizer.Terms()))
	raw, err := h.classifier.MarshalBinary()
	w.err = errors.Join(w.err, err)
	w.add(string(h.task)+"/classifier", raw)
}

// readHead builds the head that info describes from its sections.
func readHead(s sections, info HeadInfo, kind Kind) (head, error) {
	h := head{task: info.Task, calibration: info.Calibration, rows: info.Rows}
	fault := func(err error) (head, error) {
		return head{}, fmt.Errorf("models: head %q of the bundle: %w", info.Task, err)
	}
	want := ClassesOf(info.Task)
	if want == nil || !slices.Equal(want, info.Classes) {
		return fault(fmt.Errorf("classes %q are not those of this program, %q", info.Classes, want))
	}
	raw, err := s.take(string(info.Task) + "/terms")
	if err != nil {
		return fault(err)
	}
	terms, err := decodeTerms(raw)
	if err != nil {
		return fault(err)
	}
	h.vectorizer = features.NewVectorizer(terms)
	if raw, err = s.take(string(info.Task) + "/classifier"); err != nil {
		return fault(err)
	}
	if h.classifier, err = kind.Decode(raw); err != nil {
		return fault(err)
	}
	if !slices.Equal(h.classifier.Classes(), info.Classes) || h.vectorizer.Cols() != info.Columns {
		return fault(errors.New("its parts do not belong together; the bundle is corrupt"))
	}
	if err := h.calibration.Check(len(info.Classes)); err != nil {
		return fault(err)
	}
	return h, nil
}

// encodeTerms front-codes sorted terms: per term the number of bytes it shares with the one before, the number of bytes
// that differ (both as varints), and those bytes.
func encodeTerms(terms []string) []byte {
	out := binary.AppendUvarint(nil, uint64(len(terms)))
	last := ""
	for _, t := range terms {
		shared := 0
		for shared < len(t) && shared < len(last) && t[shared] == last[shared] {
			shared++
		}
		out = binary.AppendUvarint(out, uint64(shared))
		out = binary.AppendUvarint(out, uint64(len(t)-shared))
		out = append(out, t[shared:]...)
		last = t
	}
	return out
}

// decodeTerms reads what encodeTerms wrote; the terms must be sorted, distinct UTF-8.
func decodeTerms(raw []byte) ([]string, error) {
	broken := errors.New("its list of terms is corrupt")
	count, n := binary.Uvarint(raw)
	if n <= 0 || count > uint64(len(raw)) {
		return nil, broken
	}
	raw = raw[n:]
	terms := make([]string, 0, count)
	last := ""
	for range count {
		shared, n := binary.Uvarint(raw)
		if n <= 0 || shared > uint64(len(last)) {
			return nil, broken
		}
		raw = raw[n:]
		length, n := binary.Uvarint(raw)
		if n <= 0 || length > uint64(len(raw)-n) {
			return nil, broken
		}
		t := last[:shared] + string(raw[n:n+int(length)])
		raw = raw[n+int(length):]
		if (len(terms) > 0 && t <= last) || !utf8.ValidString(t) {
			return nil, broken
		}
		terms = append(terms, t)
		last = t
	}
	if len(raw) > 0 {
		return nil, broken
	}
	return terms, nil
}
