package export

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"stance/internal/atomicfile"
	"stance/internal/output"
)

// xlsxRows is how many rows a sheet of Excel holds, its head included.
const xlsxRows = 1_048_576

// writeXLSX writes a workbook with a sheet for each table. Text is written as
// text, so that no cell of an article becomes a formula.
func writeXLSX(path string, tables []output.Listing) error {
	book := excelize.NewFile()
	defer book.Close()
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for i, t := range tables {
		if i == 0 {
			err = book.SetSheetName("Sheet1", t.Name)
		} else {
			_, err = book.NewSheet(t.Name)
		}
		if err == nil {
			err = xlsxSheet(book, day, t)
		}
		if err != nil {
			return tableError(path, t, err)
		}
	}
	f, err := atomicfile.Create(path)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer f.Abort()
	if err := book.Write(f); err != nil {
		return fmt.Errorf("export: %s: %w", path, err)
	}
	return f.Commit()
}

// xlsxSheet fills a sheet. Its rows go to a temporary file when they are many.
func xlsxSheet(book *excelize.File, day int, t output.Listing) error {
	w, err := book.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}
	head := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Name
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	row := 1
	err = t.Each(func(values []any) error {
		if row++; row > xlsxRows {
			return fmt.Errorf("more than %d rows do not fit a sheet of Excel; narrow the export with --since, --topic or --country, or take --format csv", xlsxRows-1)
		}
		for i, v := range values {
			values[i] = xlsxCell(v, t.Columns[i].Type, day)
		}
		return w.SetRow(fmt.Sprintf("A%d", row), values)
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// xlsxCell is a value as a cell. Excel has no days before 1900: they are text.
func xlsxCell(v any, kind output.ColumnType, day int) any {
	t, is := v.(time.Time)
	switch {
	case !is:
		return v
	case t.Year() < 1901 || kind == output.Micros:
		return text(v, kind)
	}
	return excelize.Cell{StyleID: day, Value: t}
}
