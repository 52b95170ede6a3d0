package format

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree makes files (names that end in "/" are folders) and goes there.
func tree(t *testing.T, names ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range names {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExpand(t *testing.T) {
	tree(t, "in/b.jsonl", "in/a/x.TXT.gz", "in/README.md", "in/.hidden.txt", "in/.git/y.txt", "in/..data/real.csv", "in/c.tsv.zst",
		"out/secret.txt", "odd.data", "in2/[b].txt")
	for link, target := range map[string]string{"in/out.txt": "../out/secret.txt", "in/real.csv": "..data/real.csv", "in/z.jsonl": "b.jsonl",
		"in/gone.txt": "nowhere", "in/loop": ".", "linked": "in"} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	inside := "in/a/x.TXT.gz in/b.jsonl in/c.tsv.zst in/real.csv"
	tests := []struct{ args, want string }{
		{"in", inside},
		{"./in/ in in/b.jsonl ./in/../in/b.jsonl", inside},
		{"in/*.jsonl", "in/b.jsonl"},
		{"in/*a*", "in/a/x.TXT.gz in/real.csv"},
		{"in/.*/*.csv", "in/..data/real.csv"},
		{"odd.data -", "- odd.data"},
		{"in2/[b].txt", "in2/[b].txt"},
		{"in/out.txt", "in/out.txt"},
		{"linked", strings.ReplaceAll(inside, "in/", "linked/")},
		{"", ""},
	}
	for _, tt := range tests {
		list, err := Expand(strings.Fields(tt.args), nil)
		if err != nil {
			t.Errorf("%s: %v", tt.args, err)
		}
		var paths []string
		for _, in := range list {
			paths = append(paths, filepath.ToSlash(in.Path))
			if in.Path != "-" && in.Size <= 0 || in.Path == "-" && in.Size != -1 {
				t.Errorf("%s has size %d", in.Path, in.Size)
			}
		}
		equal(t, tt.args, strings.Join(paths, " "), tt.want)
	}
}

func TestExpandNamesEveryFault(t *testing.T) {
	tree(t, "a.txt")
	_, err := Expand([]string{"gone.txt", "a.txt", "*.nope", "[.txt"}, nil)
	if err == nil {
		t.Fatal("want an error")
	}
	for _, want := range []string{"gone.txt: no such file", "*.nope matches nothing", "[.txt: syntax error in pattern"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %q", err, want)
		}
	}
}
