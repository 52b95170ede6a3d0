package format

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance/datasets"
)

// Annotations are labels that lie apart from their texts, by article ID. So
// labels can be kept and shared where texts cannot, and come back from a
// labelling tool that gives no more than IDs.
type Annotations map[string][]datasets.Label

// annotationHeader is the first line of a file of annotations that is no
// comment.
const annotationHeader = "id\ttopic\tcountry\tstance"

const (
	maxAnnotationLine   = 64 << 10
	maxAnnotationFaults = 20 // reported; more say no more
)

// ReadAnnotations reads a file of annotations: tab-separated lines of id,
// topic, country and stance under a header with these words; lines that begin
// with "#" and empty ones are passed over. It reports all faults, with file and
// line.
func ReadAnnotations(r io.Reader, file string) (Annotations, error) {
	a := Annotations{}
	var faults []error
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, maxAnnotationLine)
	header := false
	n := 0
	for scanner.Scan() && len(faults) < maxAnnotationFaults {
		n++
		text := strings.TrimSuffix(scanner.Text(), "\r")
		switch {
		case text == "" || text[0] == '#':
		case !header:
			if header = text == annotationHeader; !header {
				return nil, fmt.Errorf("format: %s:%d: %q is not the header; begin with the words id, topic, country, stance, "+
					"separated by tabs", file, n, clip(text, 80))
			}
		default:
			if err := a.add(text); err != nil {
				faults = append(faults, fmt.Errorf("format: %s:%d: %w", file, n, err))
			}
		}
	}
	if err := scanner.Err(); err != nil {
		faults = append(faults, fmt.Errorf("format: %s:%d: %w", file, n+1, err))
	}
	if len(a) == 0 && len(faults) == 0 {
		faults = append(faults, fmt.Errorf("format: %s has no annotation; give lines of id, topic, country and stance", file))
	}
	return a, errors.Join(faults...)
}

// add reads one line.
func (a Annotations) add(line string) error {
	fields := strings.Split(line, "\t")
	if len(fields) != 4 || fields[0] == "" {
		return fmt.Errorf("%d fields in %q; want id, topic, country and stance, separated by tabs",
			len(fields), clip(line, 80))
	}
	id, j := fields[0], jsonLabel{Topic: fields[1], Country: fields[2], Stance: fields[3]}
	if j.Stance == "" {
		return fmt.Errorf("no stance of %s on %s; want one of %s", j.Country, j.Topic,
			strings.Join(stanceAnswers, ", "))
	}
	labels, f := j.labels(len(a[id]))
	if f != nil {
		return errors.New(f.detail)
	}
	l := labels[0]
	if slices.ContainsFunc(a[id], func(o datasets.Label) bool {
		return o.Country == l.Country && o.Topic == l.Topic
	}) {
		return fmt.Errorf("%s is answered twice for %s on %s; keep one line", id, l.Country,
			l.Topic)
	}
	a[id] = append(a[id], l)
	return nil
}
