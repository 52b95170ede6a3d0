package format

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	thrift "github.com/parquet-go/parquet-go/format"

	"stance/datasets"
)

// decodeParquet reads one article a row, fields found by the names of the
// columns. Only the columns that hold fields are read. Line is the number of
// the row, Offset counts rows before it.
func decodeParquet(s *stream) {
	file := s.file
	if file == nil {
		l, err := s.lines.whole()
		if err != nil {
			s.end(l, err)
			return
		}
		if l.long {
			s.reject(line{number: 1}, &fault{reason: datasets.ReasonUnread, detail: fmt.Sprintf("a Parquet file that is packed or comes "+
				"through a pipe is held in memory, and this one has more than %d bytes; save it as a file of its own", s.options.Limits.Line)})
			return
		}
		file = &randomAccess{bytes.NewReader(l.text), int64(len(l.text))}
	}
	p := &parquetReader{s: s, row: 1}
	err := p.protect(func() error { return p.read(file) })
	if err != nil && !s.stopped {
		s.end(line{number: p.row, offset: int64(p.row - 1)}, parquetError(err, p.row))
	}
}

func parquetError(err error, row int) error {
	var worded *unreadError
	if errors.As(err, &worded) {
		return err
	}
	return unread(err, "reading stopped at row %d: %v; the rows before it were read", row, err)
}

// parquetReader reads the rows of one file.
type parquetReader struct {
	s       *stream
	row     int // the next one, from 1
	header  []string
	columns [numFields][]int // indices of header
	leaves  []parquetLeaf    // by index of header; unused ones have column -1
}

// parquetLeaf is one column that holds values.
type parquetLeaf struct {
	column int
	node   parquet.Node
	pages  parquet.Pages
	values parquet.ValueReader
	next   parquet.Value // the first value of the next row
	ahead  bool          // next is set
}

// protect turns a panic of the library over a broken file into an error.
func (p *parquetReader) protect(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("broken file: %v", r)
		}
	}()
	return f()
}

// parquetChunk bounds the bytes that the pages of a column chunk claim to hold.
const parquetChunk = 4 << 30

// parquetFooter bounds the bytes of a footer; one of 10,000 columns and 100 row
// groups has some 100 MiB.
const parquetFooter = 128 << 20

// checkFooter refuses a footer that cannot be: the library allocates whatever
// length a file declares.
func checkFooter(file *randomAccess) error {
	var tail [8]byte
	if file.size < int64(len(tail)) {
		return io.ErrUnexpectedEOF
	}
	if _, err := file.ReadAt(tail[:], file.size-int64(len(tail))); err != nil && err != io.EOF {
		return err
	}
	if n := int64(binary.LittleEndian.Uint32(tail[:])); n > min(file.size-int64(len(tail)),
		parquetFooter) {
		return fmt.Errorf("it declares a footer of %d bytes in a file of %d", n, file.size)
	}
	return nil
}

// parquetRows is how many rows a byte of a file can hold. Values that repeat
// take next to nothing, but no articles are all the same.
const parquetRows = 8

// checkRows refuses a number of rows that cannot be: each would be rejected by
// itself.
func checkRows(f *parquet.File, size int64) error {
	if n := f.NumRows(); n < 0 || n/parquetRows > size {
		return fmt.Errorf("it declares %d rows in %d bytes", n, size)
	}
	return nil
}

func (p *parquetReader) read(file *randomAccess) error {
	if err := checkFooter(file); err != nil {
		return unread(err, "cannot be read as Parquet: %v", err)
	}
	f, err := parquet.OpenFile(ctxReaderAt{p.s, file}, file.size, parquet.SkipPageIndex(true),
		parquet.SkipBloomFilters(true))
	if err != nil {
		return unread(err, "cannot be read as Parquet: %v", err)
	}
	if err := checkRows(f, file.size); err != nil {
		return unread(err, "cannot be read as Parquet: %v", err)
	}
	var nodes []parquet.Node
	for _, path := range f.Schema().Columns() {
		leaf, _ := f.Schema().Lookup(path...)
		p.header = append(p.header, columnName(path))
		nodes = append(nodes, leaf.Node)
		p.leaves = append(p.leaves, parquetLeaf{column: -1, node: leaf.Node})
	}
	columns, bad := p.s.names.columns(p.header)
	if bad != nil {
		for range f.NumRows() {
			if !p.s.reject(line{number: p.row, offset: int64(p.row - 1)}, bad) {
				return nil
			}
			p.row++
		}
		return nil
	}
	p.columns = columns
	for field := range columns {
		for _, i := range columns[field] {
			p.leaves[i] = parquetLeaf{column: i, node: nodes[i]}
		}
	}
	for i, group := range f.RowGroups() {
		if err := p.readGroup(group, f.Metadata().RowGroups[i].Columns); err != nil || p.s.stopped {
			return err
		}
	}
	return nil
}

// columnName is the name of a leaf: the path to it without the levels that
// lists add.
func columnName(path []string) string {
	var kept []string
	for i, part := range path {
		if i > 0 &&
			(part == "list" || part == "element" || part == "array" || part == "item" || part == "bag") {
			continue
		}
		kept = append(kept, part)
	}
	return strings.Join(kept, ".")
}

// readGroup reads the rows of a row group, column beside column.
func (p *parquetReader) readGroup(group parquet.RowGroup, sizes []thrift.ColumnChunk) error {
	chunks := group.ColumnChunks()
	for i := range p.leaves {
		l := &p.leaves[i]
		if l.column < 0 {
			continue
		}
		m := &sizes[i].MetaData
		if size := m.TotalUncompressedSize; size > parquetChunk {
			return fmt.Errorf("column %s holds %d bytes in one row group; write smaller row groups", p.header[i], size)
		}
		if size := m.TotalUncompressedSize; size > ratioGrace &&
			size/p.s.options.Limits.Ratio > m.TotalCompressedSize {
			return fmt.Errorf("column %s: %d bytes of %d compressed ones, the limit is %d to 1; raise limits.expansion if the file is sound",
				p.header[i], size, m.TotalCompressedSize, p.s.options.Limits.Ratio)
		}
		l.pages, l.values, l.ahead = chunks[i].Pages(), nil, false
		defer l.pages.Close()
	}
	for range group.NumRows() {
		if err := p.s.ctx.Err(); err != nil {
			p.s.fail(err)
			return nil
		}
		f, err := p.fill()
		if err != nil {
			return err
		}
		at := line{number: p.row, offset: int64(p.row - 1), text: []byte(strconv.Itoa(p.row))}
		var e datasets.Example
		if f == nil {
			if e, f = p.s.record(&p.s.values); e.ID == "" {
				e.ID = rowID(p.s.name, p.row)
			}
		}
		if !p.s.give(at, e, f) {
			return nil
		}
		p.row++
	}
	return nil
}

// fill puts the fields of the next row into s.values.
func (p *parquetReader) fill() (*fault, error) {
	v := &p.s.values
	v.reset()
	v.seen = append(v.seen, p.header...)
	var long *fault
	for i := range p.leaves {
		l := &p.leaves[i]
		if l.column < 0 {
			continue
		}
		text, err := l.text(p.s.options.Limits.Line)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", p.header[i], err)
		}
		if int64(len(text)) > p.s.options.Limits.Line {
			long = tooLong(int64(len(text)), p.s.options.Limits.Line)
		}
		if f := p.s.offerCell(p.header[i], text); f != nil {
			return f, nil
		}
	}
	return long, nil
}

// text is the value of the next row; the elements of a list are joined as
// paragraphs, as far as limit goes.
func (l *parquetLeaf) text(limit int64) (string, error) {
	if err := l.advance(); err != nil {
		return "", noRows(err)
	}
	text := parquetText(l.next, l.node)
	l.ahead = false
	for {
		err := l.advance()
		if err == io.EOF || err == nil && l.next.RepetitionLevel() == 0 {
			return text, nil
		}
		if err != nil {
			return "", err
		}
		if more := parquetText(l.next, l.node); more != "" && int64(len(text)) <= limit {
			text = strings.TrimPrefix(text+"\n\n"+more, "\n\n")
		}
		l.ahead = false
	}
}

func noRows(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// advance sets next.
func (l *parquetLeaf) advance() error {
	for !l.ahead {
		if l.values == nil {
			page, err := l.pages.ReadPage()
			if err != nil {
				return err
			}
			l.values = page.Values()
		}
		var one [1]parquet.Value
		n, err := l.values.ReadValues(one[:])
		if n == 1 {
			l.next, l.ahead = one[0], true
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		l.values = nil
	}
	return nil
}

// julianEpoch is 1970-01-01 as a Julian day, which INT96 timestamps count in.
const julianEpoch = 2440588

// parquetText is a value as text: a time in ISO 8601, a number by its digits.
func parquetText(v parquet.Value, node parquet.Node) string {
	if v.IsNull() {
		return ""
	}
	var logical thrift.LogicalTypeValue
	if t := node.Type().LogicalType(); t != nil {
		logical = t.Value
	}
	switch v.Kind() {
	case parquet.Boolean:
		return ""
	case parquet.Int32:
		if _, ok := logical.(*thrift.DateType); ok {
			return time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
		}
		return strconv.FormatInt(int64(v.Int32()), 10)
	case parquet.Int64:
		if t, ok := logical.(*thrift.TimestampType); ok && t.Unit.Value != nil {
			unit := t.Unit.Value.Duration()
			perSecond := int64(time.Second / unit)
			return time.Unix(v.Int64()/perSecond,
				v.Int64()%perSecond*int64(unit)).UTC().Format(time.RFC3339Nano)
		}
		return strconv.FormatInt(v.Int64(), 10)
	case parquet.Int96:
		n := v.Int96()
		nano := int64(n[1])<<32 | int64(n[0])
		return time.Unix((int64(n[2])-julianEpoch)*24*60*60, nano).UTC().Format(time.RFC3339Nano)
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'f', -1, 64)
	}
	return string(v.ByteArray())
}

// ctxReaderAt fails once the context of its stream has ended.
type ctxReaderAt struct {
	s *stream
	r io.ReaderAt
}

func (c ctxReaderAt) ReadAt(b []byte, at int64) (int, error) {
	if err := c.s.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.ReadAt(b, at)
}
