package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"stance/internal/atomicfile"
)

// A part is one Parquet file, whole or absent. It is written under a temporary
// name beside its place, synced, read back and compared, and only then renamed;
// a file under a part's name is therefore complete.
//
// The footer says in key-value pairs what the part was made of ([Recipe]). It
// carries the length and SHA-256 of the data before it, and a SHA-256 over
// itself (see footer.go). So a later run, or a person, can tell without any
// other file whether the part is still what was written. Both sums are checked
// before anything is decoded.

const (
	// a row group is what readers spread over their cores; DuckDB uses the same
	// size
	rowsPerGroup = 122_880
	// and what a writer holds in memory: rows of long texts are cut earlier
	bytesPerGroup = 32 << 20
)

// Recipe is what a part was made of. Two parts of equal recipes have equal
// bytes.
type Recipe struct {
	Dataset       string `json:"dataset"`
	SchemaVersion int    `json:"schema_version"`
	ModelID       string `json:"model_id"`
	ConfigSHA256  string `json:"config_sha256"`
	RunID         string `json:"run_id"`
	RunDate       string `json:"run_date"` // YYYY-MM-DD
	// over the part's records and the stories they belong to; see
	// [Contents.Recipe]
	InputSHA256 string `json:"input_sha256"`
}

// PartInfo describes a finished part.
type PartInfo struct {
	Recipe Recipe `json:"recipe"`
	Name   string `json:"name"` // base name of the file
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"` // of the file
	// hex, of the data: all bytes before the page indexes and the footer
	SHA256 string `json:"sha256"`
}

// tableRow is a row type; size is roughly what one row takes in memory, in
// bytes.
type tableRow interface {
	Row | ArticleRow | AggregateRow | QuarantineRow
	size() int
}

// Part is a part being written. It is not safe for many goroutines.
type Part[T tableRow] struct {
	path    string
	file    *atomicfile.File
	buffer  *bufio.Writer
	sum     hash.Hash // of all bytes given to buffer
	bytes   int64     // their number
	rows    int64
	pending int // bytes of the rows in the open row group
	out     *parquet.GenericWriter[T]
}

// CreatePart begins the part that Commit will put at path, which must lie in an
// existing folder.
func CreatePart[T tableRow](path string) (*Part[T], error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, fmt.Errorf("output: cannot begin a part: %w", err)
	}
	p := &Part[T]{path: path, file: f, buffer: bufio.NewWriterSize(f, 256<<10), sum: sha256.New()}
	p.out = parquet.NewGenericWriter[T](partSink{p.buffer, p.sum, &p.bytes},
		parquet.WriteBufferSize(0), // the buffer is ours, so that p.bytes is exact after Flush
		parquet.Compression(&zstd.Codec{}),
		parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.CreatedBy("stance", strconv.Itoa(SchemaVersion), ""))
	return p, nil
}

// partSink counts and hashes what passes through it.
type partSink struct {
	w     io.Writer
	sum   hash.Hash
	bytes *int64
}

func (s partSink) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.sum.Write(b[:n])
	*s.bytes += int64(n)
	return n, err
}

// Append adds rows. Where row groups end depends on the rows alone, not on how
// they are spread over calls.
func (p *Part[T]) Append(rows ...T) error {
	for i := range rows {
		if _, err := p.out.Write(rows[i : i+1]); err != nil {
			return fmt.Errorf("output: writing %s: %w", p.path, err)
		}
		p.rows++
		if p.pending += rows[i].size(); p.pending >= bytesPerGroup {
			if err := p.out.Flush(); err != nil {
				return fmt.Errorf("output: writing %s: %w", p.path, err)
			}
			p.pending = 0
		}
	}
	return nil
}

// Commit finishes the part, writes into its footer what it was made of, and
// gives it its name. After an error nothing of it is left.
func (p *Part[T]) Commit(r Recipe) (PartInfo, error) {
	info, err := p.finish(r)
	if err == nil {
		err = p.file.Commit()
	}
	if err != nil {
		p.Abort()
		return PartInfo{}, fmt.Errorf("output: finishing %s: %w", p.path, err)
	}
	return info, nil
}

// finish writes the footer, syncs and closes the file, and reads it back.
func (p *Part[T]) finish(r Recipe) (PartInfo, error) {
	if err := p.out.Flush(); err != nil {
		return PartInfo{}, err
	}
	sum := hex.EncodeToString(p.sum.Sum(nil))
	for _, kv := range footerOf(r, p.bytes, sum) {
		p.out.SetKeyValueMetadata(kv.key, kv.value)
	}
	p.out.SetKeyValueMetadata(keySeal, noSum)
	err := errors.Join(p.out.Close(), p.buffer.Flush())
	if err == nil {
		err = seal(p.file.File)
	}
	if err = errors.Join(err, p.file.Close()); err != nil {
		return PartInfo{}, err
	}
	info, err := CheckPart(p.file.Name())
	info.Name = filepath.Base(p.path)
	if err == nil && (info.Rows != p.rows || info.SHA256 != sum || info.Recipe != r) {
		err = fmt.Errorf("%d rows with sum %.8s were written and %d with sum %.8s came back; check the disk",
			p.rows, sum, info.Rows, info.SHA256)
	}
	return info, err
}

// Abort gives the part up and removes what there is of it. After Commit it does
// nothing.
func (p *Part[T]) Abort() {
	p.file.Abort()
}

// CheckPart reads a part whole and reports what its footer says, or why it is
// not a part as it was written.
func CheckPart(path string) (PartInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return PartInfo{}, fmt.Errorf("output: %w", err)
	}
	defer f.Close()
	info, data, err := readFooter(f)
	if err != nil {
		return PartInfo{}, fmt.Errorf("output: %s is not a part of ours: %w", path, err)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, data)); err != nil {
		return PartInfo{}, fmt.Errorf("output: reading %s: %w", path, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != info.SHA256 {
		return PartInfo{}, fmt.Errorf("output: %s has changed since it was written (sum %.8s, footer says %.8s); "+
			"run its date again", path, got, info.SHA256)
	}
	return info, nil
}

// ReadInfo reports what the footer of a part says. The footer is checked, the
// data before it are not.
func ReadInfo(path string) (PartInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return PartInfo{}, fmt.Errorf("output: %w", err)
	}
	defer f.Close()
	info, _, err := readFooter(f)
	if err != nil {
		return PartInfo{}, fmt.Errorf("output: %s is not a part of ours: %w", path, err)
	}
	return info, nil
}
