// Package config reads the settings of the programs. It is the only importer of
// viper.
//
// One table (table.go) holds all that is known about each setting. Values come
// in layers: the defaults, then a file, then STANCE_* variables of the
// environment, then flags. Every layer is checked against the table, and all
// faults are reported at once, each with its place.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"stance"
	"stance/datasets/format"
	"stance/features/topic"
	"stance/models/learn"
)

// Config is all settings. The table says what each means.
type Config struct {
	Topics             []topic.Topic
	TopicsMode         string // extend or replace; Topics is what it has made
	Model              string
	TextLimit          int
	Format             string
	Map                format.Map
	Delimiter          string // one byte or ""
	DateOrder          string // dmy, mdy or ""
	Limits             Limits
	Workers            int
	ArticlesPerPart    int
	MaxQuarantineRatio float64
	AllowEmpty         bool
	HistoryDays        int
	LogFormat          string
	Train              Train
}

// Limits bound what one input may cost.
type Limits struct {
	RecordBytes int64
	Expansion   int64
	JSONDepth   int
	Work        int64
	Pairs       int
	QueueBytes  int64
}

// Train is what cmd/train learns from, and how.
type Train struct {
	Kind    string
	Corpora []Corpus
	Topics  []topic.Topic // beside those of Config
	HoldOut float64
	learn.Settings
	MinDF      int
	MaxTerms   int
	MaxWeights int
	Balance    float64
	Folds      int
	Seed       uint64
	PairWeight float64 // of labels of counterfactual pairs
}

// Corpus is one labelled corpus to learn from.
type Corpus struct {
	Name        string // "": made of the path
	Format      string
	Path        string
	Annotations string // "": the texts have their own labels
	License     string
	Weight      float64 // 0: 1
}

// DefaultFile is the file that is read when none is named, if it exists.
const DefaultFile = "config.yaml"

// Load reads and checks the settings: the file at path ("" is [DefaultFile] if
// there is one, else the defaults alone), the environment, and the flags of fs
// that [AddFlags] made; fs may be nil. It reports every fault it can find.
func Load(path string, fs *pflag.FlagSet) (Config, error) {
	l, err := load(path, fs)
	if err != nil {
		return Config{}, err
	}
	return l.config()
}

// BuiltInTopics are the topics that a file without any has.
func BuiltInTopics() ([]topic.Topic, error) {
	l, err := merge(nil, "built-in config", nil)
	if err != nil {
		return nil, err
	}
	c, err := l.config()
	return c.Topics, err
}

// layers are the checked values of all layers.
type layers struct {
	v       *viper.Viper
	sources map[string]string // by key, of what is not a default
}

// load reads the layers.
func load(path string, fs *pflag.FlagSet) (layers, error) {
	text, name, err := readFile(path)
	if err != nil {
		return layers{}, err
	}
	return merge(text, name, fs)
}

// readFile returns the text of the chosen file and what to call it in
// messages.
func readFile(path string) ([]byte, string, error) {
	name := path
	if path == "" {
		name = DefaultFile
	}
	f, err := os.Open(name)
	switch {
	case path == "" && errors.Is(err, fs.ErrNotExist):
		return nil, "built-in config", nil
	case err != nil:
		return nil, "", fmt.Errorf("config: %w; check --config", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		return nil, "", fmt.Errorf("config: %w; check --config", err)
	}
	return text, name, nil
}

// merge checks a text, the environment and flags, and lays them over the
// defaults.
func merge(text []byte, name string, fs *pflag.FlagSet) (layers, error) {
	lines, err := checkText(text, name)
	faults := []error{err}
	l := layers{viper.New(), map[string]string{}}
	for key, line := range lines {
		l.sources[key] = fmt.Sprintf("%s:%d", name, line)
	}
	flags := given(fs)
	for _, s := range settings() {
		if text := os.Getenv(s.Env()); text != "" && s.scalar() {
			faults = append(faults, l.override(s, text, s.Env(), "environment: "+s.Env()))
		}
		if f := flags[s.Key]; f != nil {
			faults = append(faults, l.override(s, f.Value.String(), "--"+f.Name, "--"+f.Name))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return layers{}, err
	}
	return l, l.read(text)
}

// override lays the text of a variable or flag over the file.
func (l layers) override(s Setting, text, source, place string) error {
	value, err := s.parse(text)
	if err != nil {
		return fmt.Errorf("config: %s %w", place, err)
	}
	l.v.Set(s.Key, value)
	l.sources[s.Key] = source
	return nil
}

// read reads a checked text and the defaults. The default of a list stands in
// the built-in config.yaml.
func (l layers) read(text []byte) error {
	builtIn := viper.New()
	builtIn.SetConfigType("yaml")
	if err := builtIn.ReadConfig(bytes.NewReader(stance.DefaultConfig())); err != nil {
		return fmt.Errorf("config: built-in config: %w", err)
	}
	for _, s := range settings() {
		if s.scalar() {
			l.v.SetDefault(s.Key, s.Default)
		} else {
			l.v.SetDefault(s.Key, builtIn.Get(s.Key))
		}
	}
	l.v.SetConfigType("yaml")
	if err := l.v.ReadConfig(bytes.NewReader(text)); err != nil {
		return err
	}
	if _, own := l.sources["topics"]; own && l.v.GetString("topics_mode") == "extend" {
		l.v.Set("topics", extended(builtIn.Get("topics"), l.v.Get("topics")))
	}
	return nil
}

// extended is a list of entries with further ones: an entry with the id of a
// built-in one takes its place, any other is added. What a file lists twice
// stays twice, so that the check of topics tells.
func extended(builtIn, further any) []any {
	known, _ := builtIn.([]any)
	added, _ := further.([]any)
	list := slices.Clone(known)
	replaced := make([]bool, len(known))
	for _, entry := range added {
		at := slices.IndexFunc(known, func(e any) bool { return idOf(e) == idOf(entry) })
		if at >= 0 && !replaced[at] {
			list[at], replaced[at] = entry, true
		} else {
			list = append(list, entry)
		}
	}
	return list
}

// idOf is the id of an entry as it stands in a file.
func idOf(entry any) any {
	group, _ := entry.(map[string]any)
	return group["id"]
}

// config decodes the layers into the fields that the table names.
func (l layers) config() (Config, error) {
	var c Config
	var faults []error
	for _, s := range settings() {
		if err := l.v.UnmarshalKey(s.Key, s.field(&c), exact); err != nil {
			faults = append(faults, fmt.Errorf("config: %s: %w", s.Key, err))
		}
	}
	return c, errors.Join(faults...)
}

// exact makes viper refuse keys without a field and values of another type.
func exact(d *mapstructure.DecoderConfig) { d.ErrorUnused, d.WeaklyTypedInput = true, false }

// ReadOptions are the settings that inputs are decoded with.
func (c Config) ReadOptions() format.Options {
	o := format.Options{
		Format:    c.Format,
		Map:       c.Map,
		DateOrder: c.DateOrder,
		Limits: format.Limits{Line: c.Limits.RecordBytes, Ratio: c.Limits.Expansion,
			Depth: c.Limits.JSONDepth},
	}
	if c.Delimiter != "" {
		o.Delimiter = c.Delimiter[0]
	}
	return o
}
