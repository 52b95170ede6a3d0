package batch

import (
	"bytes"
	"fmt"
	"time"

	"stance/internal/atomicfile"
)

// WriteMetrics writes s, a run that succeeded at the given time, as a
// Prometheus textfile for node_exporter's textfile collector. The file is
// replaced in one step, so that a scrape never sees half of it. A run that
// fails does not write: stance_last_success_timestamp_seconds then ages, and
// that is what to alert on.
func (s Summary) WriteMetrics(path string, succeeded time.Time) error {
	var b bytes.Buffer
	gauge := func(name, help string, value any, labels ...string) {
		if help != "" {
			fmt.Fprintf(&b, "# HELP stance_%s %s\n# TYPE stance_%s gauge\n", name, help, name)
		}
		fmt.Fprintf(&b, "stance_%s", name)
		for i := 0; i < len(labels); i += 2 {
			fmt.Fprintf(&b, "%c%s=%q", "{,"[min(i, 1)], labels[i], labels[i+1])
		}
		if len(labels) > 0 {
			b.WriteByte('}')
		}
		fmt.Fprintf(&b, " %v\n", value)
	}
	gauge("last_success_timestamp_seconds", "When the last successful run ended.", succeeded.Unix())
	gauge("run_info", "The last successful run; always 1.", 1, "date", s.Date, "model_id",
		s.ModelID, "run_id", s.RunID)
	gauge("duration_seconds", "How long it took.", s.Seconds)
	gauge("records", "Records read.", s.Records)
	gauge("articles", "Articles accepted.", s.Articles)
	gauge("articles_failed", "Articles the model could not read.", s.Failed)
	gauge("articles_repeated", "Articles that repeat an earlier story.", s.Repeats)
	gauge("rows", "Rows of stance/v1.", s.Rows)
	gauge("quarantined", "Records rejected.", s.Quarantined)
	for i, r := range s.Reasons {
		gauge("quarantined_by_reason", first(i, "Records rejected, by reason."), r.Count, "reason",
			string(r.Reason))
	}
	for i, t := range s.Topics {
		for j, n := range []int{t.Supportive, t.Neutral, t.Critical, t.NoStance} {
			stance := [...]string{"supportive", "neutral", "critical", "none"}[j]
			gauge("topic_rows", first(i+j, "Rows by topic and stance."), n, "topic", t.Topic, "stance", stance)
		}
	}
	gauge("oov_ratio", "Mean share of terms unknown to the model.", s.MeanOOV)
	gauge("bytes", "Bytes published.", s.Bytes)
	if d := s.Drift; d != nil {
		gauge("drift_oov", "oov_ratio less that of the training data.", d.OOV)
		gauge("drift_stance_psi", "Population stability index of the stances against training.",
			d.StancePSI)
		gauge("drift_country_psi", "Population stability index of the countries against training.",
			d.CountryPSI)
		gauge("drift_warnings", "Drift measures beyond their limits.", len(d.Warnings))
	}
	if err := atomicfile.Write(path, b.Bytes()); err != nil {
		return fmt.Errorf("batch: cannot write metrics: %w", err)
	}
	return nil
}

// first is help for the first sample of a metric and "" for the others.
func first(i int, help string) string {
	if i == 0 {
		return help
	}
	return ""
}
