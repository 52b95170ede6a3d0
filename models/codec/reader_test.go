package codec

import "testing"

func TestReader(t *testing.T) {
	r := &Reader{Rest: []byte("ab\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x01\x07")}
	if a, b, c := string(r.Take(2)), r.Uint32(),
		r.Uint64(); a != "ab" || b != 1 || c != 1<<56+2 || r.Failed {
		t.Errorf("read %q, %d, %d, failed %v", a, b, c, r.Failed)
	}
	if got := r.Uint32(); got != 0 || !r.Failed || len(r.Rest) != 1 {
		t.Errorf("four bytes of one: %d, failed %v, %d bytes left", got, r.Failed, len(r.Rest))
	}
	if got := r.Take(1); got != nil {
		t.Errorf("read %v after a failure", got)
	}
	r = &Reader{Rest: []byte("a")}
	if got := r.Take(-1); got != nil || !r.Failed {
		t.Errorf("minus one byte: %v, failed %v", got, r.Failed)
	}
}
