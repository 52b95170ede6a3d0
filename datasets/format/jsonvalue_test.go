package format

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzJSONText holds jsonText against encoding/json for every string that is
// valid JSON, and the walk over members against it for every object.
func FuzzJSONText(f *testing.F) {
	for _, s := range []string{`"plain"`, `"a\"b\\c\/d\b\f\n\r\t"`, `"\u00e9\ud83d\ude00\ud83d x\ud83d\u0041"`, `{"a":{"b":[1,"}"]},"\u0061":"x\\"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if b = bytes.TrimSpace(b); !utf8.Valid(b) { // other records do not come so far
			return
		}
		var text string
		if json.Unmarshal(b, &text) == nil && json.Valid(b) && len(b) > 0 && b[0] == '"' {
			if got := jsonText(b); got != text {
				t.Errorf("jsonText(%s) is %q, want %q", b, got, text)
			}
		}
		var object map[string]json.RawMessage
		if json.Unmarshal(b, &object) != nil || b[0] != '{' {
			return
		}
		got := map[string]string{}
		members(b, func(key, value []byte) bool {
			got[jsonText([]byte(`"`+string(key)+`"`))] = string(value)
			return true
		})
		for key, value := range object {
			if len(got) == len(object) && got[key] != string(value) {
				t.Errorf("member %q of %s is %q, want %q", key, b, got[key], value)
			}
		}
	})
}
