package batch

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"iter"

	"stance/internal/output"
)

// ErrInputChanged says that an input gave other records in the second pass than
// in the first. Nothing was published.
var ErrInputChanged = errors.New("the input changed while it was read; run again when it is at rest")

// predictor runs the second pass: it writes the parts that are wanted, in
// order, one at a time.
type predictor struct {
	cfg    Config
	plan   *plan
	filler output.Filler
	want   []bool // by part
	done   int64  // bytes of titles and texts
	total  int64  // of them in wanted parts
	open   *partPair
}

// partPair is the part of stance/v1 and that of articles/v1 that are being
// written from the same articles.
type partPair struct {
	number   int
	stance   *output.Part[output.Row]
	articles *output.Part[output.ArticleRow]
	sum      hash.Hash
	n        int // articles so far
}

// answered is what a worker makes of a record.
type answered struct {
	index   int
	sum     [sha256.Size]byte
	rows    []output.Row
	article output.ArticleRow
}

// run predicts and writes the wanted parts. After an error no unfinished part
// is left.
func (p *predictor) run(ctx context.Context) error {
	defer func() {
		if p.open != nil {
			p.open.stance.Abort()
			p.open.articles.Abort()
		}
	}()
	for i, want := range p.want {
		if want {
			p.total += p.plan.scan.sizes[i]
		}
	}
	width := pipeline{p.cfg.Workers, 4 * p.cfg.Workers, p.cfg.QueueBytes}
	size := func(r *record) int64 { return int64(len(r.Article.Title) + len(r.Article.Text)) }
	if err := inOrder(ctx, width, p.records(ctx), size, p.answer, p.write); err != nil {
		return err
	}
	if p.plan.Articles == 0 && p.want[0] { // nothing came, and still every dataset has its file
		if err := p.begin(0); err != nil {
			return err
		}
		if err := p.end(); err != nil {
			return err
		}
	}
	if p.open != nil {
		return fmt.Errorf("batch: part %d ends after %d articles: %w", p.open.number, p.open.n,
			ErrInputChanged)
	}
	return nil
}

// records reads the input again and gives the articles of wanted parts.
func (p *predictor) records(ctx context.Context) iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		scan, fates, index := p.plan.scan, cursor{runs: p.plan.scan.fates}, 0
		broken := sha256.New()
		for it, err := range items(ctx, p.cfg.Inputs) {
			if err != nil {
				yield(nil, err)
				return
			}
			if it.bad != nil {
				writeReject(broken, output.QuarantineOf(it.bad))
				continue
			}
			became, ok := fates.next()
			if !ok {
				yield(nil,
					fmt.Errorf("batch: more than %d records: %w", scan.records, ErrInputChanged))
				return
			}
			switch became {
			case repeated, costly:
				continue
			case renamed:
				it.article.ID = renamedID(it.article.ID, WordsID(&it.article))
			}
			r := &record{Source: output.Source{Article: it.article, Story: scan.stories[index]},
				index: index}
			index++
			if p.want[r.index/p.plan.per] && !yield(r, nil) {
				return
			}
		}
		if len(fates.runs) > 0 || [sha256.Size]byte(broken.Sum(nil)) != scan.broken {
			yield(nil, fmt.Errorf("batch: other records than before: %w", ErrInputChanged))
		}
	}
}

// answer asks the model.
func (p *predictor) answer(ctx context.Context, r *record) (answered, error) {
	a := answered{index: r.index, sum: sumOf(&r.Article)}
	var err error
	a.rows, a.article, err = Answer(ctx, p.cfg.Reader, p.filler, &r.Source)
	return a, err
}

// write adds an answer to its part, which begins with its first article and
// ends with its last.
func (p *predictor) write(a answered) error {
	number := a.index / p.plan.per
	if p.open == nil {
		if err := p.begin(number); err != nil {
			return err
		}
	}
	p.open.sum.Write(a.sum[:])
	if err := p.open.stance.Append(a.rows...); err != nil {
		return err
	}
	if err := p.open.articles.Append(a.article); err != nil {
		return err
	}
	p.done += a.article.TextBytes
	p.cfg.Progress(p.done, p.total)
	if p.open.n++; p.open.n == p.plan.size(number) {
		return p.end()
	}
	return nil
}

func (p *predictor) begin(number int) error {
	stance, err := output.CreatePart[output.Row](p.plan.Path(output.StanceData, number))
	if err != nil {
		return err
	}
	articles, err := output.CreatePart[output.ArticleRow](p.plan.Path(output.ArticlesData, number))
	if err != nil {
		stance.Abort()
		return err
	}
	p.open = &partPair{number: number, stance: stance, articles: articles, sum: sha256.New()}
	return nil
}

// end commits the open pair, unless its articles are not those of the first
// pass.
func (p *predictor) end() error {
	o := p.open
	if got, want := o.sum.Sum(nil), p.plan.scan.sums[o.number]; string(got) != string(want) {
		return fmt.Errorf("batch: part %d: %w", o.number, ErrInputChanged)
	}
	r := p.plan.Recipe(output.StanceData, o.number)
	stance, err := o.stance.Commit(r)
	if err != nil {
		return err
	}
	articles, err := o.articles.Commit(p.plan.Recipe(output.ArticlesData, o.number))
	if err != nil {
		return err
	}
	p.open = nil
	p.cfg.Logger.Info("part written", "part", stance.Name, "articles", articles.Rows, "rows",
		stance.Rows,
		"bytes", stance.Bytes+articles.Bytes, "input_sha256", r.InputSHA256)
	return nil
}
