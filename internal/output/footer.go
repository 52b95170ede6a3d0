package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// The keys of a part's footer.
const (
	keyData   = "stance.dataset"
	keySchema = "stance.schema_version"
	keyModel  = "stance.model_id"
	keyConfig = "stance.config_sha256"
	keyRun    = "stance.run_id"
	keyDate   = "stance.run_date"
	keyInput  = "stance.input_sha256"
	keyBytes  = "stance.data_bytes"
	keySum    = "stance.data_sha256"
	keySeal   = "stance.end_sha256"
)

type keyValue struct{ key, value string }

func footerOf(r Recipe, bytes int64, sum string) []keyValue {
	return []keyValue{
		{keyData, r.Dataset}, {keySchema, strconv.Itoa(r.SchemaVersion)}, {keyModel, r.ModelID},
		{keyConfig, r.ConfigSHA256},
		{keyRun, r.RunID}, {keyDate, r.RunDate}, {keyInput, r.InputSHA256},
		{keyBytes, strconv.FormatInt(bytes, 10)}, {keySum, sum},
	}
}

// noSum stands where the end's sum will: the sum is over the end with it.
const noSum = "0000000000000000000000000000000000000000000000000000000000000000"

// maxEnd bounds the bytes of an end that are read; ours have some 200 for each
// page.
const maxEnd = 64 << 20

// endOf reads the end of a part: all that comes after the data, which is page
// indexes, the footer, its length and "PAR1". It returns the end with noSum in
// the place of its sum, the sum that stood there, and where in the file that
// is.
func endOf(f io.ReaderAt, size int64) (end []byte, sum string, at int64, err error) {
	var tail [8]byte
	if size < int64(len(tail)) {
		return nil, "", 0, errors.New("it is too short")
	}
	if _, err := f.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return nil, "", 0, err
	}
	n := int64(binary.LittleEndian.Uint32(tail[:])) + int64(len(tail))
	if string(tail[4:]) != "PAR1" || n > min(maxEnd, size) {
		return nil, "", 0, errors.New("it does not end as a Parquet file does")
	}
	footer := make([]byte, n)
	if _, err := f.ReadAt(footer, size-n); err != nil {
		return nil, "", 0, err
	}
	data, err := strconv.ParseInt(string(rawValue(footer, keyBytes)), 10, 64)
	if err != nil || data < max(0, size-maxEnd) || data > size-n ||
		len(rawValue(footer, keySeal)) != len(noSum) {
		return nil, "", 0, errors.New("its footer does not say who made it")
	}
	end = make([]byte, size-data)
	if _, err := f.ReadAt(end, data); err != nil {
		return nil, "", 0, err
	}
	place := rawValue(end, keySeal)
	sum, at = string(place), size-int64(cap(place)) // a slice's capacity reaches to the end
	copy(place, noSum)
	return end, sum, at, nil
}

// rawValue finds the value of a key in the bytes of a footer that nothing
// vouches for yet; nil when there is none. In Thrift's compact form one byte
// says that a string follows, and one how long it is.
func rawValue(footer []byte, key string) []byte {
	i := bytes.LastIndex(footer, []byte(key))
	value := i + len(key) + 2
	if i < 0 || value > len(footer) || value+int(footer[value-1]) > len(footer) {
		return nil
	}
	return footer[value : value+int(footer[value-1])]
}

// seal puts the sum of the end of a finished file into it.
func seal(f *os.File) error {
	stat, err := f.Stat()
	if err != nil {
		return err
	}
	end, _, at, err := endOf(f, stat.Size())
	if err != nil {
		return err
	}
	sum := sha256.Sum256(end)
	_, err = f.WriteAt([]byte(hex.EncodeToString(sum[:])), at)
	return err
}

// checkEnd compares the end of a file with the sum in it.
func checkEnd(f io.ReaderAt, size int64) error {
	end, sum, _, err := endOf(f, size)
	if err != nil {
		return err
	}
	if got := sha256.Sum256(end); hex.EncodeToString(got[:]) != sum {
		return errors.New("its footer has changed since it was written; run its date again")
	}
	return nil
}

// readFooter returns what the footer of f says and how many bytes come before
// it. Files are hostile until proven ours: the footer is decoded only when the
// sum of the end holds, and a panic of the decoder is an error.
func readFooter(f *os.File) (info PartInfo, data int64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("its footer cannot be decoded: %v", r)
		}
	}()
	stat, err := f.Stat()
	if err != nil {
		return info, 0, err
	}
	if err := checkEnd(f, stat.Size()); err != nil {
		return info, 0, err
	}
	file, err := parquet.OpenFile(f, stat.Size(), parquet.SkipPageIndex(true),
		parquet.SkipBloomFilters(true))
	if err != nil {
		return info, 0, err
	}
	value := func(key string) string { v, _ := file.Lookup(key); return v }
	schema, err1 := strconv.Atoi(value(keySchema))
	data, err2 := strconv.ParseInt(value(keyBytes), 10, 64)
	if err1 != nil || err2 != nil || data < 0 || data > stat.Size() {
		return info, 0, errors.New("its footer does not say who made it")
	}
	info = PartInfo{
		Recipe: Recipe{value(keyData), schema, value(keyModel), value(keyConfig), value(keyRun),
			value(keyDate), value(keyInput)},
		Name: filepath.Base(f.Name()), Rows: file.NumRows(), Bytes: stat.Size(),
		SHA256: value(keySum),
	}
	return info, data, nil
}
