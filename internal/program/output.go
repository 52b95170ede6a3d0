package program

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// Output is standard output as a command sees it. It remembers the first error
// of writing, which tables and lists printed with package fmt would lose.
type Output struct {
	io.Writer
	err error
}

func (o *Output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// Fault is the error that the command should end with because its output was
// lost, nil if it was not. A reader who has left, as head does, is told
// nothing.
func (o *Output) Fault() error {
	switch {
	case o.err == nil:
		return nil
	case errors.Is(o.err, syscall.EPIPE):
		return &Failure{Code: Failed}
	}
	return fmt.Errorf("standard output: %w; the results printed are not whole", o.err)
}
