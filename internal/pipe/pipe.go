// Package pipe answers as a filter: an Arrow IPC stream comes in, an Arrow IPC
// stream goes out. An engine such as Spark runs filters beside its data;
// nothing of an engine is written here.
//
// # Filters
//
//	Articles     articles in; rows of stance, articles and quarantine out
//	Stories      rows of articles of one date in; their ids and stories out
//	Repeats      articles whose ids are taken in; their quarantine rows out
//	Aggregates   rows of stance in; rows of aggregates out
//
// # Streams out
//
// The first batch of a stream has no rows, so that the schema arrives at once.
// Every row names its dataset in the column dataset; the other columns are
// those of that dataset in docs/columns.md, and null where a row has no such
// column.
//
// The last row of a whole stream is its end mark: its dataset is "end" and its
// column end holds a [Mark] in JSON. A stream that was cut short looks like a
// shorter one, so readers must demand the mark and hold its counts against what
// they read.
//
// # Streams in
//
// A stream must end with the end-of-stream marker of Arrow, for the same
// reason.
package pipe

// EndData is the dataset of the end mark.
const EndData = "end"

// StoriesData is the dataset of what [Stories] says of articles.
const StoriesData = "stories"

// Columns that tell where a record stands, for engines that know it. Without
// them a record stands in the file that the caller names, at its row in the
// stream.
const (
	FileColumn = "_stance_file" // text
	LineColumn = "_stance_line" // integer, from 1
	IDColumn   = "_stance_id"   // text; of Repeats alone: the id that is taken
)

// Keys of the metadata of a schema that goes out. Values are names of columns
// joined by commas.
const (
	ColumnsKey = "stance.columns." // with the name of a dataset: its columns, in order
	UsedKey    = "stance.used"     // the columns that the filter reads; others need not be sent
)

// Mark is the end mark.
type Mark struct {
	Version int              `json:"version"` // 1
	Input   int64            `json:"input"`   // rows read
	Rows    map[string]int64 `json:"rows"`    // rows written, by dataset
	// IEEE, 8 hex digits, of all bytes before the batch that holds the mark
	CRC32 string `json:"crc32"`
}
