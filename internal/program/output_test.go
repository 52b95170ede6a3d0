package program

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"testing"
)

// failing is a writer that fails.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// An error of fmt.Fprintln, which nobody looks at, decides the exit code.
func TestOutput(t *testing.T) {
	full := &os.PathError{Op: "write", Path: "stdout", Err: syscall.ENOSPC}
	closed := &os.PathError{Op: "write", Path: "stdout", Err: syscall.EPIPE}
	for _, tt := range []struct {
		name   string
		w      io.Writer
		want   Code
		silent bool
	}{
		{"whole", io.Discard, OK, false},
		{"full disk", failing{full}, Failed, false},
		{"closed pipe", failing{closed}, Failed, true},
	} {
		o := &Output{Writer: tt.w}
		fmt.Fprintln(o, "a")
		fmt.Fprintln(o, "b")
		err := o.Fault()
		if CodeOf(err) != tt.want || silent(err) != tt.silent {
			t.Errorf("%s: %v, code %d, silent %v; want code %d, silent %v", tt.name, err,
				CodeOf(err), silent(err), tt.want, tt.silent)
		}
		if tt.want == Failed && !tt.silent && !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v does not say why", tt.name, err)
		}
	}
}
