package format

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// xzMemory is the largest dictionary of an xz file that is read: twice that of
// xz -9. The package allocates whatever a file declares, up to 4 GiB.
const xzMemory = 128 << 20

func openXz(r io.Reader) (io.Reader, func(), error) {
	b := bufio.NewReaderSize(r, peekSize)
	start, _ := b.Peek(xzStreamHeader + xzBlockHeader) // of a short file: what there is
	if size := xzDictionary(start); size > xzMemory {
		return nil, nil, fmt.Errorf("it wants a dictionary of %d bytes, the limit is %d; compress it with xz -9 or less", size, xzMemory)
	}
	x, err := xz.NewReader(b)
	return x, nil, err
}

// Sizes of headers (The .xz File Format 1.2.1, sections 2.1.1 and 3.1.1).
const (
	xzStreamHeader = 12
	xzBlockHeader  = 1024 // at most
)

// xzDictionary is the size of the dictionary that the first block declares; 0
// when start does not say. Every encoder declares the same for all blocks.
func xzDictionary(start []byte) int64 {
	const lzma2 = 0x21
	if len(start) < xzStreamHeader+2 {
		return 0
	}
	rest := start[xzStreamHeader:]
	flags := rest[1]
	rest = rest[2:min(len(rest), 4*(int(rest[0])+1))]
	number := func() uint64 { // the integers of section 1.2 are those of binary.Uvarint
		v, n := binary.Uvarint(rest)
		rest = rest[max(n, 0):]
		return v
	}
	for _, present := range [...]byte{0x40, 0x80} { // sizes of the block
		if flags&present != 0 {
			number()
		}
	}
	for range flags&3 + 1 {
		id, size := number(), number()
		if uint64(len(rest)) < size || size == 0 {
			return 0
		}
		if id == lzma2 {
			capacity, err := lzma.DecodeDictCap(rest[0])
			if err != nil {
				return 0
			}
			return capacity
		}
		rest = rest[size:]
	}
	return 0
}
