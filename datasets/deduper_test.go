package datasets

import (
	"reflect"
	"strings"
	"testing"
)

func TestContentHash(t *testing.T) {
	a := Article{Title: "Caf\u00e9 talks", Text: "One  two\nthree"}
	b := Article{ID: "other", Title: " Cafe\u0301 talks ", Text: "One two three\n"}
	if ContentHash(a) != ContentHash(b) {
		t.Error("blanks and Unicode forms must not matter")
	}
	for _, other := range []Article{{Title: "Caf\u00e9", Text: "talks One two three"}, {Title: "CAF\u00c9 talks", Text: "One two three"}} {
		if ContentHash(a) == ContentHash(other) {
			t.Errorf("%+v must have a hash of its own", other)
		}
	}
	// printf 'a b\nc\n' | sha256sum
	if got, want := ContentHash(Article{Title: "a b", Text: "c"}), "721a7916ccfa56849995f47004497d7d8cefa18b0033b017026036cbe016e171"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The signature is stored beside results and compared with those of later
// versions: it must not drift unnoticed.
func TestSignatureIsStable(t *testing.T) {
	sig := Sign(Article{Title: "Two ministers met in Tromsø, 習近平 said", Text: strings.Repeat("They spoke of fish, ferries and the northern border. ", 3)})
	b, err := sig.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Signature
	if err := back.UnmarshalBinary(b); err != nil || back != sig {
		t.Errorf("got %v, %v, want %v", back, err, sig)
	}
	if err := back.UnmarshalBinary(b[1:]); err == nil {
		t.Error("short signature: want an error")
	}
	var sum uint64
	for _, c := range b {
		sum = mix(sum ^ uint64(c))
	}
	if want := uint64(0xf42132e6fbcc522d); sum != want {
		t.Errorf("signature hashes to %#x, want %#x; raise SignatureVersion with any change", sum,
			want)
	}
}

func TestDeduper(t *testing.T) {
	story := "The harbour council of Tromso voted on Monday to lease two berths to the coast guard, after a week of talks " +
		"that local fishermen had called one-sided. The lease runs until 2031 and can be ended by either party."
	wire := "TROMSO (Nordwire) - " + strings.Replace(story, "on Monday ", "", 1)
	articles := []Article{
		{ID: "a", Title: "Council leases berths", Text: story},
		{ID: "b", Title: "Council leases two berths to the coast guard", Text: wire},
		{ID: "c", Title: "Council leases berths", Text: story[:150]},
		{ID: "d", Title: "Wool prices fall", Text: "Growers in the valley blamed a wet spring and cheap imports for the lowest prices in nine years."},
		{ID: "e", Title: "Talks end", Text: ""},
		{ID: "f", Title: "Talks end early", Text: ""},
		{ID: "g", Title: "TALKS END!", Text: ""},
		{ID: "h", Title: "?!"},
		{ID: "i", Title: "..."},
	}
	var d namedDeduper
	for _, a := range articles {
		d.add(a, a.ID)
	}
	equal(t, "stories", d.memberLists(), []string{"a, b, c", "d", "e, g", "f", "h", "i"})
}

func TestDeduperJoinsEarlierGroups(t *testing.T) {
	text := "Ferry crews on the northern route began a strike over pay that the ministry expects to last into next week."
	var d Deduper
	for group, a := range map[string]Article{"0123456789abcdef": {Title: "Ferry strike begins",
		Text: text},
		"ff": {Title: "Nothing of the kind", Text: "Snow closed both mountain passes for most of the weekend, the road office in the capital said."}} {
		s := Sign(a)
		d.AddEarlier(&s, group)
	}
	s := Sign(Article{Title: "Ferry strike begins in the north", Text: text})
	d.Add(&s, 7)
	equal(t, "groups", d.Groups(), []Group{{ID: "0123456789abcdef", Members: []int{7}}})
}

func BenchmarkSign(b *testing.B) {
	a := Article{Title: "Council leases two berths", Text: strings.Repeat("The harbour council voted on Monday to lease two berths. ", 75)}
	b.SetBytes(int64(len(a.Title) + len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Sign(a)
	}
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

// FuzzFields holds appendFields to be strings.Fields.
func FuzzFields(f *testing.F) {
	for _, s := range []string{"", " a  b\u00a0c\u2003 d\x85 \xff\t", "\u0085x\u2028y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(appendFields(nil, s)),
			strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("%q gives %q, want %q", s, got, want)
		}
	})
}
