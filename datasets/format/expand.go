package format

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Input is one file to read.
type Input struct {
	Path string // for Read; "-" is standard input
	Size int64  // bytes on disk, -1 when unknown (standard input, pipes)
}

// Expand turns what a user named into the files to read, sorted by path and
// free of duplicates. An argument is a file (whatever its extension), a folder,
// a glob pattern (it stands for the paths it matches, as in a shell) or "-".
// Folders are searched recursively for files whose extension a format of
// [Formats] owns; hidden entries are skipped, and links in them are followed
// only to files inside the same folder. skipped, unless nil, is called with
// each file of a folder that is left out since no format owns its name. All
// faults are reported at once.
func Expand(args []string, skipped func(path string)) ([]Input, error) {
	var paths []string
	var faults []error
	for _, arg := range args {
		found, err := expandOne(arg, skipped)
		if err != nil {
			faults = append(faults, err)
		}
		paths = append(paths, found...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return inputs(paths)
}

func expandOne(arg string, skipped func(string)) ([]string, error) {
	if arg == "-" {
		return []string{arg}, nil
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return walk(arg, skipped)
	case err == nil:
		return []string{filepath.Clean(arg)}, nil
	case !strings.ContainsAny(arg, "*?["):
		return nil, fmt.Errorf("format: input %s: %v; check the path", arg, underlying(err))
	}
	matches, err := filepath.Glob(arg)
	if err != nil {
		return nil, fmt.Errorf("format: input %s: %v; quote brackets that are meant literally", arg,
			err)
	}
	if len(matches) == 0 {
		return nil, fmt.Errorf("format: input %s matches nothing; check the pattern", arg)
	}
	var paths []string
	for _, m := range matches {
		if hidden(arg, m) {
			continue
		}
		found, err := expandOne(m, skipped)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// hidden reports whether a wildcard of pattern stands for the dot of a hidden
// name in match, which no shell allows.
func hidden(pattern, match string) bool {
	wild, names := strings.Split(pattern, string(filepath.Separator)),
		strings.Split(match, string(filepath.Separator))
	for i := range min(len(wild), len(names)) {
		if strings.HasPrefix(names[i], ".") && !strings.HasPrefix(wild[i], ".") {
			return true
		}
	}
	return false
}

// walk finds the readable files under the folder root.
func walk(root string, skipped func(string)) ([]string, error) {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, fmt.Errorf("format: input %s: %v; check the path", root, underlying(err))
	}
	var paths []string
	err = filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("format: input %s: %v; check its permissions", path, underlying(err))
		}
		if path != real && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if !plainFile(real, path, d) {
			return nil
		}
		if _, err := Of(path, Options{}); err != nil &&
			!slices.Contains(archiveExtensions, extension(path)) {
			if skipped != nil {
				skipped(path)
			}
			return nil
		}
		below, err := filepath.Rel(real, path)
		if err != nil {
			return err
		}
		paths = append(paths, filepath.Join(root, below))
		return nil
	})
	return paths, err
}

// plainFile reports whether d is a regular file, or a link to one that stays
// under root.
func plainFile(root, path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil || !strings.HasPrefix(target, filepath.Clean(root)+string(filepath.Separator)) {
		return false
	}
	info, err := os.Stat(target)
	return err == nil && info.Mode().IsRegular()
}

// inputs sorts paths and keeps the first of those that lead to the same file.
func inputs(paths []string) ([]Input, error) {
	slices.Sort(paths)
	var list []Input
	seen := map[string]bool{}
	for _, path := range paths {
		real, size := path, int64(-1)
		if path != "-" {
			info, err := os.Stat(path)
			if err != nil {
				return nil, fmt.Errorf("format: input %s: %v; it vanished while inputs were listed", path, underlying(err))
			}
			if info.Mode().IsRegular() {
				size = info.Size()
				if real, err = filepath.EvalSymlinks(path); err != nil {
					return nil, fmt.Errorf("format: input %s: %v", path, underlying(err))
				}
			}
			if real, err = filepath.Abs(real); err != nil {
				return nil, fmt.Errorf("format: input %s: %v", path, err)
			}
		}
		if !seen[real] {
			seen[real] = true
			list = append(list, Input{Path: path, Size: size})
		}
	}
	return list, nil
}
