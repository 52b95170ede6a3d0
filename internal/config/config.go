// Package config reads the settings of the programs. It is the only importer of viper.
//
// Settings come in layers: the built-in config.yaml, then a file, then STANCE_* variables of the environment, then flags.
// The built-in text is also the schema (see schema.go): a file may hold the keys that it has, with values of the same
// type, and nothing else. Viper's own checks would not do: it lower-cases keys, drops those without a value and turns 1.5
// into 1.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"stance"
	"stance/datasets"
	"stance/features"
	"stance/models/learn"
)

// Config is all settings. What each means stands in config.yaml; field tags are its keys.
type Config struct {
	Topics             []features.Topic `json:"topics"`
	Model              string           `json:"model"`
	TextLimit          int              `json:"text_limit"`
	Format             string           `json:"format"`
	CSV                CSV              `json:"csv"`
	Limits             Limits           `json:"limits"`
	Workers            int              `json:"workers"`
	ArticlesPerPart    int              `json:"articles_per_part"`
	MaxQuarantineRatio float64          `json:"max_quarantine_ratio"`
	HistoryDays        int              `json:"history_days"`
	LogFormat          string           `json:"log_format"`
	Train              Train            `json:"train"`
}

// CSV names the columns of CSV files; "" is the usual name.
type CSV struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Published string `json:"published_at"`
	Source    string `json:"source"`
	URL       string `json:"url"`
	Lang      string `json:"lang"`
	Delimiter string `json:"delimiter"` // one byte or ""
}

// Limits bound what one input may cost.
type Limits struct {
	RecordBytes int64 `json:"record_bytes"`
	Expansion   int64 `json:"expansion"`
	JSONDepth   int   `json:"json_depth"`
	Pairs       int   `json:"pairs"`
	QueueBytes  int64 `json:"queue_bytes"`
}

// Train is what cmd/train learns from, and how.
type Train struct {
	Kind    string           `json:"kind"`
	Corpora []Corpus         `json:"corpora"`
	Topics  []features.Topic `json:"topics"` // beside those of Config
	HoldOut float64          `json:"hold_out"`
	learn.Settings
	MinDF      int     `json:"min_df"`
	MaxTerms   int     `json:"max_terms"`
	MaxWeights int     `json:"max_weights"`
	Balance    float64 `json:"balance"`
	Folds      int     `json:"folds"`
	Seed       uint64  `json:"seed"`
}

// Corpus is one labelled corpus to learn from.
type Corpus struct {
	Name        string  `json:"name"` // "": made of the path
	Format      string  `json:"format"`
	Path        string  `json:"path"`
	Annotations string  `json:"annotations"` // "": the texts have their own labels
	License     string  `json:"license"`
	Weight      float64 `json:"weight"` // 0: 1
}

// Flags are command-line flags by the key they override; those that were not given on the command line change nothing.
type Flags map[string]*pflag.Flag

// DefaultFile is the file that is read when none is named, if it exists.
const DefaultFile = "config.yaml"

// Load reads the settings from the file at path ("": [DefaultFile] if there is one, else the built-in text alone), the
// environment and flags, and checks them. It reports every fault it can find, each with its line.
func Load(path string, flags Flags) (Config, error) {
	text, name, err := readFile(path)
	if err != nil {
		return Config{}, err
	}
	return parse(text, name, flags)
}

// parse is Load for a text in hand.
func parse(text []byte, name string, flags Flags) (Config, error) {
	s, err := defaultSchema()
	if err != nil {
		return Config{}, err
	}
	if err := errors.Join(s.checkText(text, name), s.checkEnv(os.LookupEnv)); err != nil {
		return Config{}, err
	}
	c, err := merge(s, text, flags)
	if err != nil {
		return Config{}, fmt.Errorf("config: %s: %w", name, err)
	}
	return c, c.check(name)
}

// readFile returns the text of the chosen file and what to call it in messages.
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

// merge lays text over the built-in one, then the environment, then flags.
func merge(s schema, text []byte, flags Flags) (Config, error) {
	defaults, err := settingsOf(stance.DefaultConfig())
	if err != nil {
		return Config{}, err
	}
	v := viper.New()
	v.SetConfigType("yaml")
	for _, key := range defaults.AllKeys() {
		v.SetDefault(key, defaults.Get(key))
	}
	if err := v.ReadConfig(bytes.NewReader(text)); err != nil {
		return Config{}, err
	}
	for _, key := range s.scalars() {
		if err := v.BindEnv(key, envName(key)); err != nil {
			return Config{}, err
		}
	}
	for key, flag := range flags {
		if err := v.BindPFlag(key, flag); err != nil {
			return Config{}, fmt.Errorf("flag for %s: %w", key, err)
		}
	}
	var c Config
	err = v.UnmarshalExact(&c, byJSONTag)
	return c, err
}

// settingsOf reads a text into a viper of its own.
func settingsOf(text []byte) (*viper.Viper, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	return v, v.ReadConfig(bytes.NewReader(text))
}

// byJSONTag takes the keys of fields from their json tags, which package models has too, and those of an embedded struct
// as keys of the same group.
func byJSONTag(d *mapstructure.DecoderConfig) { d.TagName, d.Squash = "json", true }

// envName is the variable that sets key: STANCE_TRAIN_MIN_DF for train.min_df.
func envName(key string) string {
	return "STANCE_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// ReadOptions are the settings that inputs are decoded with.
func (c Config) ReadOptions() datasets.Options {
	o := datasets.Options{
		Format: c.Format,
		Columns: datasets.CSVColumns{ID: c.CSV.ID, Title: c.CSV.Title, Text: c.CSV.Text, Published: c.CSV.Published,
			Source: c.CSV.Source, URL: c.CSV.URL, Lang: c.CSV.Lang},
		Limits: datasets.Limits{Line: c.Limits.RecordBytes, Ratio: c.Limits.Expansion, Depth: c.Limits.JSONDepth},
	}
	if c.CSV.Delimiter != "" {
		o.Columns.Comma = c.CSV.Delimiter[0]
	}
	return o
}
