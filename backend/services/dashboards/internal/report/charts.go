package report

import (
	"math"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/page"
)

// charts draws two in a row.
func (s *sheet) charts() {
	w := (inner - gutter) / 2
	x, top := margin, s.GetY()
	for i, c := range s.r.Charts {
		if i%2 == 0 {
			s.SetXY(margin, top)
			s.room(chartsH)
			x, top = margin, s.GetY()
		}
		s.chart(c, x, top, w)
		x += w + gutter
		if i%2 == 1 || i == len(s.r.Charts)-1 {
			top += chartsH + 2
		}
	}
	s.SetXY(margin, top)
}

func (s *sheet) chart(c Chart, x, y, w float64) {
	s.font("B", 8.5, ink())
	s.SetXY(x, y)
	s.CellFormat(w, 5, s.fit(c.Data.Title, w), "", 0, "L", false, 0, "")
	in := box{x, y + 6, w, chartsH - 12}
	switch {
	case len(c.Data.Bars) > 0:
		s.bars(c, in)
	case len(c.Data.Bullets) > 0:
		s.bullets(c.Data.Bullets, in)
	case len(c.Data.Points) > 0:
		s.points(c.Data, in)
	case len(c.Data.Lines) > 0:
		s.lines(c, in)
	default:
		s.words(c.Data.Note, in)
	}
}

type box struct{ x, y, w, h float64 }

func (s *sheet) words(text string, b box) {
	s.font("", 8, faint())
	s.SetXY(b.x, b.y+4)
	s.MultiCell(b.w, 4.4, text, "", "L", false)
}

const mostBars = 8

func (s *sheet) bars(c Chart, b box) {
	list := c.Data.Bars
	if len(list) > mostBars && c.Kind != page.Waterfall {
		list = list[:mostBars]
	}
	low, high := 0.0, 0.0
	ground := make([]float64, len(list))
	sum := 0.0
	for i, bar := range list {
		if c.Kind == page.Waterfall && !bar.Total {
			ground[i] = sum
			sum += bar.Value
		}
		low, high = min(low, ground[i], ground[i]+bar.Value), max(high, ground[i], ground[i]+bar.Value)
	}
	if high == low {
		high = low + 1
	}
	row := min(b.h/float64(len(list)), 6)
	label, value := b.w*0.3, b.w*0.18
	plot := b.w - label - value
	at := func(v float64) float64 { return b.x + label + (v-low)/(high-low)*plot }
	for i, bar := range list {
		y := b.y + float64(i)*row
		s.font("", 7.5, ink())
		s.SetXY(b.x, y)
		s.CellFormat(label, row, s.fit(bar.Label, label), "", 0, "L", false, 0, "")
		s.paint(first())
		if bar.Value < 0 {
			s.paint(second())
		}
		from, to := at(ground[i]), at(ground[i]+bar.Value)
		if bar.Known {
			s.Rect(min(from, to), y+row*0.2, math.Abs(to-from), row*0.6, "F")
		}
		s.font("", 7.5, ink())
		s.SetXY(b.x+label+plot, y)
		s.CellFormat(value, row, s.fit(bar.Text, value), "", 0, "R", false, 0, "")
	}
}

func (s *sheet) bullets(list []page.Bullet, b box) {
	list = list[:min(len(list), mostBars)]
	row := min(b.h/float64(len(list)), 6)
	label, value := b.w*0.34, b.w*0.3
	plot := b.w - label - value
	for i, bu := range list {
		y := b.y + float64(i)*row
		s.font("", 7.5, ink())
		s.SetXY(b.x, y)
		s.CellFormat(label, row, s.fit(bu.Label, label), "", 0, "L", false, 0, "")
		s.paint(hair())
		s.Rect(b.x+label, y+row*0.2, plot, row*0.6, "F")
		scale := bu.Max
		if scale <= 0 {
			scale = 1
		}
		if bu.Value != nil {
			s.paint(first())
			if bu.State == "critical" || bu.State == "warning" {
				s.paint(second())
			}
			s.Rect(b.x+label, y+row*0.3, plot*min(max(*bu.Value/scale, 0), 1), row*0.4, "F")
		}
		if bu.Target != nil {
			s.paint(ink())
			t := b.x + label + plot*min(max(*bu.Target/scale, 0), 1)
			s.SetLineWidth(0.5)
			s.Line(t, y+row*0.1, t, y+row*0.9)
			s.SetLineWidth(0.2)
		}
		s.font("", 7.5, ink())
		s.SetXY(b.x+label+plot, y)
		s.CellFormat(value, row, s.fit(bu.Text+" ("+bu.Against+")", value), "", 0, "R", false, 0, "")
	}
}

// lines draws daily values; a calendar is drawn as columns, which say the same on paper.
func (s *sheet) lines(c Chart, b box) {
	d := c.Data
	low, high := reach(d)
	if high == low {
		high = low + 1
	}
	plot := box{b.x + 14, b.y, b.w - 14, b.h - 5}
	at := func(i int, v float64) (float64, float64) {
		x := plot.x + float64(i)/float64(max(len(d.Days)-1, 1))*plot.w
		return x, plot.y + plot.h - (v-low)/(high-low)*plot.h
	}
	s.SetLineWidth(0.1)
	for _, v := range []float64{low, (low + high) / 2, high} {
		_, y := at(0, v)
		s.paint(hair())
		s.Line(plot.x, y, plot.x+plot.w, y)
		s.font("", 6.5, faint())
		s.SetXY(b.x, y-2)
		s.CellFormat(13, 4, short(v), "", 0, "R", false, 0, "")
	}
	for i := len(d.Lines) - 1; i >= 0; i-- {
		s.line(d.Lines[i], c.Kind, at, plot)
	}
	s.SetLineWidth(0.2)
	s.SetDashPattern(nil, 0)
	s.font("", 6.5, faint())
	s.SetXY(plot.x, plot.y+plot.h+0.5)
	s.CellFormat(plot.w/2, 4, dayText(d.Days[0]), "", 0, "L", false, 0, "")
	s.CellFormat(plot.w/2, 4, dayText(d.Days[len(d.Days)-1]), "", 0, "R", false, 0, "")
}

func (s *sheet) line(l page.Line, kind page.ChartKind, at func(int, float64) (float64, float64), plot box) {
	s.paint(first())
	s.SetLineWidth(0.35)
	s.SetDashPattern(nil, 0)
	switch l.Role {
	case page.Second:
		s.paint(second())
	case page.Compare, page.BandLow, page.BandHigh:
		s.paint(faint())
		s.SetDashPattern([]float64{1, 1}, 0)
	case page.Limit, page.Threshold, page.Expected:
		s.paint(ink())
		s.SetDashPattern([]float64{2, 1}, 0)
	case page.Main:
		if kind == page.Columns || kind == page.Calendar {
			s.columns(l, at, plot)
			return
		}
	}
	down := false
	for i, v := range l.Values {
		if v == nil {
			down = false
			continue
		}
		x, y := at(i, *v)
		if down {
			s.LineTo(x, y)
		} else {
			if i > 0 {
				s.DrawPath("D")
			}
			s.MoveTo(x, y)
		}
		down = true
	}
	s.DrawPath("D")
}

func (s *sheet) columns(l page.Line, at func(int, float64) (float64, float64), plot box) {
	w := plot.w / float64(max(len(l.Values), 1)) * 0.7
	_, zero := at(0, 0)
	for i, v := range l.Values {
		if v == nil {
			continue
		}
		x, y := at(i, *v)
		s.Rect(x-w/2, min(y, zero), w, math.Abs(zero-y), "F")
	}
}

// reach is the lowest and highest value, with zero.
func reach(d page.Data) (low, high float64) {
	for _, l := range d.Lines {
		for _, v := range l.Values {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
	}
	return low, high
}

func (s *sheet) points(d page.Data, b box) {
	maxX, maxY := 0.0, 0.0
	for _, p := range d.Points {
		maxX, maxY = max(maxX, p.X), max(maxY, p.Y)
	}
	if maxX == 0 || maxY == 0 {
		maxX, maxY = max(maxX, 1), max(maxY, 1)
	}
	plot := box{b.x + 14, b.y, b.w - 16, b.h - 5}
	s.paint(hair())
	s.Rect(plot.x, plot.y, plot.w, plot.h, "D")
	s.paint(first())
	for _, p := range d.Points {
		s.Circle(plot.x+p.X/maxX*plot.w, plot.y+plot.h-p.Y/maxY*plot.h, 0.7, "F")
	}
	s.font("", 6.5, faint())
	s.SetXY(plot.x, plot.y+plot.h+0.5)
	s.CellFormat(plot.w, 4, s.fit("0 to "+short(maxX)+" "+d.XUnit+" "+strings.ToLower(d.XTitle)+"; up: to "+short(maxY)+" "+d.YUnit+" "+strings.ToLower(d.YTitle), plot.w), "", 0, "R", false, 0, "")
}

// short writes a number for an axis.
func short(v float64) string {
	a := math.Abs(v)
	switch {
	case a >= 1e6:
		return strconv.FormatFloat(v/1e6, 'f', 1, 64) + "M"
	case a >= 1e4:
		return strconv.FormatFloat(v/1e3, 'f', 0, 64) + "k"
	case a >= 10 || v == math.Trunc(v):
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

func dayText(day int) string {
	return core.Day(day).Time().In(time.UTC).Format("2 Jan 2006")
}
