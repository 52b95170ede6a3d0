package config

import "stance/datasets/format"

// settings is the table of all keys of config.yaml, in its order. To add one,
// add a field to [Config], a line here and the line in config.yaml, then run
// `make golden`. Everything else is made from this table: the defaults, the
// environment variables, the flags and their help, the checks, the hash,
// docs/config.md and docs/config.schema.json.
//
// A range keeps typing errors out. It is wider than any sensible value.
func settings() []Setting {
	return append(append(answering(), running()...), learning()...)
}

// answering are the settings of reading and answering.
func answering() []Setting {
	format := Check{OneOf: append([]string{""}, formatNames()...)}
	return []Setting{
		{Key: "topics", entry: topicKeys(), Check: Check{Required: true}, Answers: true,
			Help:  "propositions that countries support or oppose; no retraining is needed",
			field: func(c *Config) any { return &c.Topics }},
		{Key: "topics_mode", Default: "extend", Check: Check{OneOf: []string{"extend", "replace"}},
			Help:  "extend adds the topics of a file to the built-in ones, by id; replace drops those",
			field: func(c *Config) any { return &c.TopicsMode }},
		{Key: "model", Default: "", Flag: "model", Use: Answering,
			Help:  `bundle that answers; "" is the built-in model`,
			field: func(c *Config) any { return &c.Model }},
		{Key: "text_limit", Default: 1 << 20, Check: between(1, 1<<30), Answers: true,
			Help:  "bytes of text read per article; longer text is cut at a sentence",
			field: func(c *Config) any { return &c.TextLimit }},

		{Key: "format", Default: "", Check: format, Flag: "format", Use: Reading,
			Help:  `format of all inputs; "" goes by the extension, else by content`,
			field: func(c *Config) any { return &c.Format }},
		{Key: "map.id", Default: "", Help: `field of the id; "" knows the usual names`,
			field: func(c *Config) any { return &c.Map.ID }},
		{Key: "map.title", Default: "", Help: `field of the title`,
			field: func(c *Config) any { return &c.Map.Title }},
		{Key: "map.text", Default: "", Help: `field of the body`,
			field: func(c *Config) any { return &c.Map.Text }},
		{Key: "map.published_at", Default: "", Help: `field of the date`,
			field: func(c *Config) any { return &c.Map.Published }},
		{Key: "map.source", Default: "", Help: `field of the outlet`,
			field: func(c *Config) any { return &c.Map.Source }},
		{Key: "map.url", Default: "", Help: `field of the address`,
			field: func(c *Config) any { return &c.Map.URL }},
		{Key: "map.lang", Default: "", Help: `field of the language`,
			field: func(c *Config) any { return &c.Map.Lang }},
		{Key: "delimiter", Default: "", Check: Check{Byte: true},
			Help:  `one character between fields of CSV; "" finds it out`,
			field: func(c *Config) any { return &c.Delimiter }},
		{Key: "date_order", Default: "", Check: Check{OneOf: []string{"", "dmy", "mdy"}},
			Help:  `how to read 03/04/2024; "" goes by the other dates of the file`,
			field: func(c *Config) any { return &c.DateOrder }},

		{Key: "limits.record_bytes", Default: 16 << 20, Check: between(1, 1<<31-1),
			Help:  "bytes of one line, CSV record or text file, decompressed",
			field: func(c *Config) any { return &c.Limits.RecordBytes }},
		{Key: "limits.expansion", Default: 200, Check: between(1, 1e6),
			Help:  "decompressed bytes per compressed byte, after the first 64 MiB",
			field: func(c *Config) any { return &c.Limits.Expansion }},
		{Key: "limits.json_depth", Default: 64, Check: between(1, 10_000),
			Help:  "nesting of JSON arrays and objects",
			field: func(c *Config) any { return &c.Limits.JSONDepth }},
		{Key: "limits.work", Default: 4_000_000, Check: between(1, 1<<53),
			Help:  "looks at words per article and topic; a news article costs 10,000 to 40,000",
			field: func(c *Config) any { return &c.Limits.Work }},
		{Key: "limits.pairs", Default: 1000, Check: between(1, 1e6), Answers: true,
			Help:  "rows per article; further pairs are counted and not written",
			field: func(c *Config) any { return &c.Limits.Pairs }},
		{Key: "limits.queue_bytes", Default: 64 << 20, Check: between(1, 1<<40),
			Help:  "bytes of article text in memory at once",
			field: func(c *Config) any { return &c.Limits.QueueBytes }},
	}
}

// topicKeys are the keys of a topic.
func topicKeys() []Setting {
	return []Setting{
		{Key: "id", Default: "", Help: "lower-case words joined by dashes, for the column topic"},
		{Key: "proposition", Default: "", Help: "one sentence that a country can support or oppose"},
		{Key: "terms", Default: []string{},
			Help: "words and phrases that name the topic, case ignored; a final * matches any ending"},
		{Key: "for.countries", Default: []string{},
			Help: "countries the proposition favours (alpha-3, EU, NATO, UN, G7); to condemn one is critical"},
		{Key: "for.terms", Default: []string{}, Help: "words for their cause"},
		{Key: "against.countries", Default: []string{},
			Help: "countries it is aimed at; to condemn one is supportive"},
		{Key: "against.terms", Default: []string{}, Help: "words for their cause"},
	}
}

// running are the settings of a nightly run.
func running() []Setting {
	return []Setting{
		{Key: "workers", Default: 0, Check: between(0, 4096), Flag: "workers", Use: Running,
			Help:  "goroutines that predict; 0 is one per core",
			field: func(c *Config) any { return &c.Workers }},
		{Key: "articles_per_part", Default: 20_000, Check: between(1, 10e6),
			Help:  "articles per Parquet file",
			field: func(c *Config) any { return &c.ArticlesPerPart }},
		{Key: "max_quarantine_ratio", Default: 1.0, Check: between(0, 1),
			Flag: "max-quarantine-ratio", Use: Running,
			Help:  "a run that rejects more of its records fails, unpublished",
			field: func(c *Config) any { return &c.MaxQuarantineRatio }},
		{Key: "allow_empty", Default: false, Flag: "allow-empty", Use: Publishing,
			Help:  "an input without articles may replace a published date",
			field: func(c *Config) any { return &c.AllowEmpty }},
		{Key: "history_days", Default: 7, Check: between(0, 3660),
			Help:  "earlier dates that are searched for copies of a story",
			field: func(c *Config) any { return &c.HistoryDays }},
		{Key: "log_format", Default: "text", Check: Check{OneOf: []string{"text", "json"}},
			Flag: "log-format", Use: Speaking,
			Help:  "format of messages on standard error",
			field: func(c *Config) any { return &c.LogFormat }},
	}
}

// corpusKeys are the keys of a corpus.
func corpusKeys() []Setting {
	return []Setting{
		{Key: "name", Default: "", Help: `name in the bundle; "" is made of the path`},
		{Key: "format", Default: "", Check: Check{Required: true, OneOf: formatNames()},
			Help: "input format"},
		{Key: "path", Default: "", Check: Check{Required: true},
			Help: "a file, folder or pattern; not in the bundle"},
		{Key: "annotations", Default: "",
			Help: "file of labels by id, for texts that have none of their own"},
		{Key: "license", Default: "", Help: "licence as the bundle states it"},
		{Key: "weight", Default: 1.0, Check: between(0, 1e6),
			Help: "weight of each label beside other corpora; 0 counts as 1"},
	}
}

// learning are the settings of train.
func learning() []Setting {
	open := Check{Low: 0, High: 1, Above: true, Below: true}
	list := []Setting{
		{Key: "train.kind", Default: "logistic", Flag: "kind",
			Help:  "kind of classifier; train --help lists them",
			field: func(c *Config) any { return &c.Train.Kind }},
		{Key: "train.corpora", entry: corpusKeys(), Check: Check{Required: true},
			Help:  "labelled files; name, licence and weight go into the bundle",
			field: func(c *Config) any { return &c.Train.Corpora }},
		{Key: "train.topics", entry: topicKeys(),
			Help:  "further topics to train on; classify does not answer them",
			field: func(c *Config) any { return &c.Train.Topics }},
		{Key: "train.pair_weight", Default: 0.0, Check: between(0, 1e6), Flag: "pair-weight",
			Help:  "weight of each label of counterfactual pairs made of the corpora; 0: none",
			field: func(c *Config) any { return &c.Train.PairWeight }},
		{Key: "train.hold_out", Default: .2, Check: open, Flag: "hold-out",
			Help:  "share of the articles, the latest, held out without --dev",
			field: func(c *Config) any { return &c.Train.HoldOut }},
		{Key: "train.c", Default: 0.0, Check: between(0, 1e9), Flag: "c",
			Help:  "inverse regularisation of logistic and svm; 0 is 30 and 0.3",
			field: func(c *Config) any { return &c.Train.C }},
		{Key: "train.tolerance", Default: .01, Check: open, Flag: "tolerance",
			Help:  "a solver stops when its gradient has shrunk by this factor",
			field: func(c *Config) any { return &c.Train.Tolerance }},
		{Key: "train.max_iter", Default: 100, Check: between(1, 1e6), Flag: "max-iter",
			Help:  "steps after which a solver stops in any case",
			field: func(c *Config) any { return &c.Train.MaxIter }},
		{Key: "train.alpha", Default: .3, Check: Check{High: 1e9, Above: true}, Flag: "alpha",
			Help:  "smoothing of the naive Bayes kinds",
			field: func(c *Config) any { return &c.Train.Alpha }},
		{Key: "train.max_cols", Default: 2000, Check: between(1, 1e6), Flag: "max-cols",
			Help:  "columns kept by golearn's own kinds",
			field: func(c *Config) any { return &c.Train.MaxCols }},
		{Key: "train.neighbors", Default: 7, Check: between(1, 1e6), Flag: "neighbors",
			Help:  "neighbours of golearn-knn",
			field: func(c *Config) any { return &c.Train.Neighbors }},
		{Key: "train.max_depth", Default: 20, Check: between(1, 10_000), Flag: "max-depth",
			Help:  "depth of golearn-cart",
			field: func(c *Config) any { return &c.Train.MaxDepth }},
		{Key: "train.balanced", Default: false, Flag: "balanced",
			Help:  "weigh classes by the inverse of their frequency",
			field: func(c *Config) any { return &c.Train.Balanced }},
		{Key: "train.min_df", Default: 2, Check: between(1, 1e9), Flag: "min-df",
			Help:  "training rows that a term must stand in",
			field: func(c *Config) any { return &c.Train.MinDF }},
		{Key: "train.max_terms", Default: 0, Check: between(0, 1e9), Flag: "max-terms",
			Help:  "terms kept, the most frequent; 0 keeps all",
			field: func(c *Config) any { return &c.Train.MaxTerms }},
		{Key: "train.max_weights", Default: 300_000, Check: between(0, 1e9), Flag: "max-weights",
			Help:  "columns kept, the strongest, before training again; 0 keeps all",
			field: func(c *Config) any { return &c.Train.MaxWeights }},
		{Key: "train.balance", Default: .5, Check: between(0, 1), Flag: "balance",
			Help:  "extra weight of answers rare for a side: 0 none, 1 all equal",
			field: func(c *Config) any { return &c.Train.Balance }},
		{Key: "train.folds", Default: 5, Check: between(2, 1000), Flag: "folds",
			Help:  "folds of the cross-fit that calibration learns from",
			field: func(c *Config) any { return &c.Train.Folds }},
		{Key: "train.seed", Default: 1, Check: between(0, 1<<53), Flag: "seed",
			Help:  "seed of all random choices",
			field: func(c *Config) any { return &c.Train.Seed }},
	}
	for i := range list {
		list[i].Use = Learning
	}
	return list
}

// formatNames are the names of the input formats.
func formatNames() []string {
	var names []string
	for _, f := range format.Formats {
		names = append(names, f.Name)
	}
	return names
}
