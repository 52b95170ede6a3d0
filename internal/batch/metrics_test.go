package batch

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"stance/internal/output"
)

const wantMetrics = `# HELP stance_last_success_timestamp_seconds When the last successful run ended.
# TYPE stance_last_success_timestamp_seconds gauge
stance_last_success_timestamp_seconds 1774749600
# HELP stance_run_info The last successful run; always 1.
# TYPE stance_run_info gauge
stance_run_info{date="2026-03-29",model_id="ab",run_id="cd"} 1
# HELP stance_duration_seconds How long it took.
# TYPE stance_duration_seconds gauge
stance_duration_seconds 1.5
# HELP stance_records Records read.
# TYPE stance_records gauge
stance_records 12
# HELP stance_articles Articles accepted.
# TYPE stance_articles gauge
stance_articles 9
# HELP stance_articles_failed Articles the model could not read.
# TYPE stance_articles_failed gauge
stance_articles_failed 0
# HELP stance_articles_repeated Articles that repeat an earlier story.
# TYPE stance_articles_repeated gauge
stance_articles_repeated 0
# HELP stance_rows Rows of stance/v1.
# TYPE stance_rows gauge
stance_rows 20
# HELP stance_quarantined Records rejected.
# TYPE stance_quarantined gauge
stance_quarantined 3
# HELP stance_quarantined_by_reason Records rejected, by reason.
# TYPE stance_quarantined_by_reason gauge
stance_quarantined_by_reason{reason="empty"} 1
stance_quarantined_by_reason{reason="syntax"} 2
# HELP stance_topic_rows Rows by topic and stance.
# TYPE stance_topic_rows gauge
stance_topic_rows{topic="taiwan",stance="supportive"} 4
stance_topic_rows{topic="taiwan",stance="neutral"} 3
stance_topic_rows{topic="taiwan",stance="critical"} 2
stance_topic_rows{topic="taiwan",stance="none"} 11
# HELP stance_oov_ratio Mean share of terms unknown to the model.
# TYPE stance_oov_ratio gauge
stance_oov_ratio 0.25
# HELP stance_bytes Bytes published.
# TYPE stance_bytes gauge
stance_bytes 4096
`

func TestMetrics(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "stance.prom")
	s := Summary{Date: "2026-03-29", ModelID: "ab", RunID: "cd", Records: 12, Articles: 9,
		Quarantined: 3, Rows: 20,
		Seconds: 1.5,
		MeanOOV: 0.25, Bytes: 4096,
		Reasons: []output.ReasonCount{{Reason: "empty", Count: 1}, {Reason: "syntax", Count: 2}},
		Topics:  []TopicCount{{"taiwan", 4, 3, 2, 11}}}
	if err := s.WriteMetrics(path, time.Date(2026, 3, 29, 2, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != wantMetrics {
		t.Errorf("%v\n%s\nwant\n%s", err, got, wantMetrics)
	}
	if len(tree(t, dir)) != 1 {
		t.Error("more than the textfile is there")
	}
}
