package format

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// unreadError is the world's fault that keeps an input from being read, worded
// for people.
type unreadError struct {
	detail string
	err    error
}

func (e *unreadError) Error() string { return e.detail }
func (e *unreadError) Unwrap() error { return e.err }

func unread(err error, form string, args ...any) error {
	return &unreadError{detail: fmt.Sprintf(form, args...), err: err}
}

// Open opens an input. It refuses at once what could only hang or never end: a
// folder, a device, a socket, a loop of links, and a named pipe that nobody
// writes to. Standard input under a name such as /dev/stdin is opened.
func Open(path string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unread(err, "cannot be opened: %v; check that it exists and may be read",
			underlying(err))
	}
	switch mode := info.Mode(); {
	case mode.IsRegular():
	case mode.IsDir():
		return nil, unread(fs.ErrInvalid, "is a folder; name the files in it")
	case mode&fs.ModeNamedPipe != 0:
		f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		if err != nil {
			return nil, unread(err, "cannot be opened: %v; check that it may be read",
				underlying(err))
		}
		return &pipe{file: f}, nil
	case isStdin(info):
	default:
		return nil, unread(fs.ErrInvalid, "is a device or socket, not a file; name a file, or - for standard input")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unread(err, "cannot be opened: %v; check that it exists and may be read",
			underlying(err))
	}
	return f, nil
}

func isStdin(info fs.FileInfo) bool {
	stdin, err := os.Stdin.Stat()
	return err == nil && os.SameFile(info, stdin)
}

// A pipe without a writer looks like one at its end. pipeTries times pipeWait
// is how long one is waited for.
const (
	pipeTries = 40
	pipeWait  = 50 * time.Millisecond
)

// pipe is a named pipe that may have no writer yet.
type pipe struct {
	file  *os.File
	begun bool
}

func (p *pipe) Close() error { return p.file.Close() }

func (p *pipe) Read(b []byte) (int, error) {
	for try := 0; ; try++ {
		n, err := p.file.Read(b)
		p.begun = p.begun || n > 0
		if p.begun || !errors.Is(err, io.EOF) {
			return n, err
		}
		if try == pipeTries {
			return 0, unread(io.ErrNoProgress, "is a pipe that nothing was written to; start the program that writes to it")
		}
		time.Sleep(pipeWait)
	}
}

// underlying strips the path from an error of package os, which the message
// names already.
func underlying(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
