package datasets

// CSVColumns names the columns of a CSV file that hold the fields of an article. An empty name means the usual ones.
type CSVColumns struct {
	ID, Title, Text, Published, Source, URL, Lang string
}
