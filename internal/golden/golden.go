// Package golden compares what code makes with files that people read.
//
// A golden case is one file: lines that begin with "# " say what it is about,
// then come the expected lines, a blank line, and the input. Run a test with
// -update to rewrite the expected lines, and read the difference before you
// commit it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"stance/datasets"
)

var update = flag.Bool("update", false, "rewrite the expected results that tests compare with")

// Updating reports whether the test run rewrites what it compares with.
func Updating() bool { return *update }

// File compares got with the contents of a file. With -update it writes the
// file instead.
func File(t testing.TB, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run the test with -update and read the difference\ngot\n%s\nwant\n%s", path, got, want)
	}
}

// Case is one file, taken apart.
type Case struct {
	Comment string // lines that begin with "# "
	Want    string // the expected lines
	Input   string
}

// Parse takes the contents of a file apart. ok is false when no blank line ends
// the expected lines.
func Parse(file string) (c Case, ok bool) {
	head, input, ok := strings.Cut(file, "\n\n")
	for line := range strings.Lines(head + "\n") {
		if strings.HasPrefix(line, "# ") {
			c.Comment += line
		} else {
			c.Want += line
		}
	}
	c.Input = input
	return c, ok
}

// Cases runs the cases whose files match a pattern, each as a subtest with the
// name of its file. lines makes the expected lines of an input; each must end
// with a line feed, and none may be blank.
func Cases(t *testing.T, pattern string, lines func(t *testing.T, input string) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no case matches %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, ok := Parse(string(data))
			if !ok {
				t.Fatalf("%s: no blank line between the expected lines and the input", file)
			}
			File(t, file, []byte(c.Comment+lines(t, c.Input)+"\n"+c.Input))
		})
	}
}

// Article reads the input of a case: a line "date YYYY-MM-DD" where the case
// has one, the title, and the body. Escapes stand for characters that an editor
// would hide: \r, \n, \xNN for a byte and \uNNNN for a character.
func Article(t testing.TB, input string) datasets.Article {
	t.Helper()
	var a datasets.Article
	if dated, ok := strings.CutPrefix(input, "date "); ok {
		day, rest, _ := strings.Cut(dated, "\n")
		published, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		a.Published, input = published, rest
	}
	plain, err := unescape(input)
	if err != nil {
		t.Fatal(err)
	}
	a.Title, a.Text, _ = strings.Cut(plain, "\n")
	return a
}

// escapes are the letters after a backslash and how many hexadecimal digits
// follow each.
var escapes = map[byte]int{'r': 0, 'n': 0, 'x': 2, 'u': 4}

// unescape replaces escapes by what they stand for.
func unescape(s string) (string, error) {
	var b strings.Builder
	for {
		plain, rest, found := strings.Cut(s, `\`)
		b.WriteString(plain)
		if !found {
			return b.String(), nil
		}
		digits, known := 0, false
		if rest != "" {
			digits, known = escapes[rest[0]]
		}
		switch {
		case !known:
			b.WriteByte('\\')
			s = rest
			continue
		case digits == 0:
			b.WriteByte(map[byte]byte{'r': '\r', 'n': '\n'}[rest[0]])
		default:
			n, err := strconv.ParseUint(rest[1:min(len(rest), 1+digits)], 16, 32)
			if err != nil {
				return "", err
			}
			if rest[0] == 'x' {
				b.WriteByte(byte(n))
			} else {
				b.WriteRune(rune(n))
			}
		}
		s = rest[min(len(rest), 1+digits):]
	}
}
