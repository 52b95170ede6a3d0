package models

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"stance/datasets"
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

// ClassesOf lists the classes of a task's head. It is nil for a task without a
// head.
func ClassesOf(t datasets.Task) []string {
	switch t {
	case datasets.TaskStance:
		return slices.Clone(stanceClasses[:])
	case datasets.TaskSentiment:
		return slices.Clone(sentimentClasses[:])
	}
	return nil
}

// head is one fitted classifier with its task, vocabulary and calibration.
type head struct {
	task        datasets.Task
	vocabulary  *vector.Vocabulary
	classifier  learn.Classifier
	calibration learn.Calibration
	rows        int
	names       func() ([]string, error) // of the columns; read when first asked for
}

// name is the name of a column, for people.
func (h *head) name(column int32) string {
	if names, err := h.names(); err == nil && int(column) < len(names) {
		return names[column]
	}
	return "?"
}

func (h head) info() HeadInfo {
	return HeadInfo{h.task, h.classifier.Classes(), h.vocabulary.Cols(), h.rows, h.calibration}
}

// probs writes the calibrated probability of each class for x to dst.
func (h head) probs(dst []float64, x vector.Vector) []float64 {
	var room [8]float64
	return h.calibration.Probs(dst, h.classifier.Scores(room[:0], x))
}

func (h head) write(w *sectionWriter) {
	names, err := h.names()
	w.err = errors.Join(w.err, err)
	raw, err := h.classifier.MarshalBinary()
	w.err = errors.Join(w.err, err)
	w.add(string(h.task)+"/ids", encodeIDs(h.vocabulary.IDs()), stored)
	w.add(string(h.task)+"/classifier", raw, deflated)
	w.add(string(h.task)+"/names", encodeNames(names), deflated)
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
	raw, err := s.take(string(info.Task) + "/ids")
	if err != nil {
		return fault(err)
	}
	ids, err := decodeIDs(raw)
	if err != nil {
		return fault(err)
	}
	h.vocabulary = vector.NewVocabulary(ids)
	if raw, err = s.take(string(info.Task) + "/classifier"); err != nil {
		return fault(err)
	}
	if h.classifier, err = kind.Decode(raw); err != nil {
		return fault(err)
	}
	if !slices.Equal(h.classifier.Classes(), info.Classes) || h.vocabulary.Cols() != info.Columns {
		return fault(errors.New("its parts do not belong together; the bundle is corrupt"))
	}
	if err := h.calibration.Check(len(info.Classes)); err != nil {
		return fault(err)
	}
	names, err := s.later(string(info.Task) + "/names")
	if err != nil {
		return fault(err)
	}
	h.names = sync.OnceValues(func() ([]string, error) {
		raw, err := names.open()
		if err != nil {
			return nil, err
		}
		return decodeNames(raw, info.Columns)
	})
	return h, nil
}

// encodeIDs writes IDs in order, eight bytes each, little-endian.
func encodeIDs(ids []vector.ID) []byte {
	out := make([]byte, 0, 8*len(ids))
	for _, id := range ids {
		out = binary.LittleEndian.AppendUint64(out, uint64(id))
	}
	return out
}

// decodeIDs reads what encodeIDs wrote; the IDs must increase.
func decodeIDs(raw []byte) ([]vector.ID, error) {
	if len(raw)%8 != 0 {
		return nil, errors.New("its list of features is corrupt")
	}
	ids := make([]vector.ID, len(raw)/8)
	for i := range ids {
		ids[i] = vector.ID(binary.LittleEndian.Uint64(raw[8*i:]))
		if i > 0 && ids[i-1] >= ids[i] {
			return nil, errors.New("its list of features is out of order")
		}
	}
	return ids, nil
}

// encodeNames writes names in order of column, each behind its length.
func encodeNames(names []string) []byte {
	var out []byte
	for _, name := range names {
		out = binary.AppendUvarint(out, uint64(len(name)))
		out = append(out, name...)
	}
	return out
}

// decodeNames reads what encodeNames wrote.
func decodeNames(raw []byte, count int) ([]string, error) {
	all := string(raw) // the names share one block of memory
	names := make([]string, 0, count)
	for at := 0; at < len(raw); {
		length, n := binary.Uvarint(raw[at:])
		if n <= 0 || length > uint64(len(raw)-at-n) || len(names) == count {
			return nil, errors.New("models: the names of features are corrupt; copy the bundle again")
		}
		names = append(names, all[at+n:at+n+int(length)])
		at += n + int(length)
	}
	if len(names) < count {
		return nil, errors.New("models: the names of features are too few; copy the bundle again")
	}
	return names, nil
}
