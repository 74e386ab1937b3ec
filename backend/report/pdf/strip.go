package pdf

import (
	"math"
	"strconv"
)

// Place is a named point of a strip.
type Place struct {
	Name, Note string
	Lat, Lon   float64
}

// Strip is a map without a map: the stops and where the truck was, north up, in true shape, with a bar for the distance.
type Strip struct {
	Title, Note string
	Stops       []Place
	Trail       [][2]float64 // latitude, longitude; in the order of time
}

func (c Strip) head() (string, string) { return c.Title, c.Note }
func (c Strip) height() float64        { return 130 }

// ground is what a strip is drawn on.
var ground = Ink{0xf6, 0xf7, 0xf8}

// milesPerDegree of latitude.
const milesPerDegree = 69.05

func (c Strip) draw(p *panel) {
	p.d.box(p.x, p.y, p.w, p.h, ground)
	at, perMile := c.fit(p)
	if perMile == 0 {
		p.d.label("No place of this load is known on the map.", smallPrint, p.x, p.y+p.h/2, p.w, Center)
		return
	}
	plan := make([][2]float64, len(c.Stops))
	for i, s := range c.Stops {
		plan[i] = at(s.Lat, s.Lon)
	}
	if len(plan) > 1 {
		p.d.stroke(plan, 0.8, medium, 2, 2)
	}
	trail := make([][2]float64, len(c.Trail))
	for i, q := range c.Trail {
		trail[i] = at(q[0], q[1])
	}
	if len(trail) > 1 {
		p.d.stroke(trail, 1.4, dark)
	}
	for i, s := range c.Stops {
		c.name(p, plan, i, s)
	}
	for i := range c.Stops {
		p.d.square(plan[i][0], plan[i][1], 3, dark, i == 0)
	}
	if n := len(trail); n > 0 {
		p.d.disc(trail[n-1][0], trail[n-1][1], 3, dark, false)
	}
	c.bar(p, perMile)
}

// name puts a stop's name beside its mark, to the side on which there is more room.
func (c Strip) name(p *panel, plan [][2]float64, i int, s Place) {
	const wide = 150.0
	x, y, align := plan[i][0]+9, plan[i][1]-1, Left
	if x+wide > p.x+p.w {
		x, align = plan[i][0]-11-wide, Right
	}
	for k := range i { // not on top of an earlier name
		if math.Abs(plan[k][1]-plan[i][1]) < 18 && math.Abs(plan[k][0]-plan[i][0]) < wide {
			y += 19
		}
	}
	y = min(max(y, p.y+9), p.y+p.h-20)
	across := max(p.d.fitted(s.Name, Style{Size: smallSize, Bold: true}, wide).width, p.d.fitted(s.Note, Style{Size: 6.5}, wide).width)
	left := x
	if align == Right {
		left = x + wide - across
	}
	p.d.box(left-1, y-7, across+2, 18, ground) // a line below the name does not strike it out
	p.d.label(s.Name, Style{Size: smallSize, Bold: true}, x, y, wide, align)
	p.d.label(s.Note, Style{Size: 6.5, Ink: Muted}, x, y+8, wide, align)
}

// fit places all points into the panel; perMile is 0 when there is none.
func (c Strip) fit(p *panel) (at func(lat, lon float64) [2]float64, perMile float64) {
	south, north, west, east := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	note := func(lat, lon float64) {
		south, north, west, east = min(south, lat), max(north, lat), min(west, lon), max(east, lon)
	}
	for _, s := range c.Stops {
		note(s.Lat, s.Lon)
	}
	for _, q := range c.Trail {
		note(q[0], q[1])
	}
	if south > north {
		return nil, 0
	}
	narrow := math.Cos((south + north) / 2 * math.Pi / 180)
	const room = 22.0
	wide, high := max((east-west)*narrow*milesPerDegree, 1), max((north-south)*milesPerDegree, 1)
	perMile = min((p.w-2*room-120)/wide, (p.h-2*room)/high)
	midX, midY := p.x+p.w/2, p.y+p.h/2
	return func(lat, lon float64) [2]float64 {
		return [2]float64{midX + (lon-(west+east)/2)*narrow*milesPerDegree*perMile, midY - (lat-(south+north)/2)*milesPerDegree*perMile}
	}, perMile
}

// bar says how long a mile is here.
func (c Strip) bar(p *panel, perMile float64) {
	miles := niceStep(40 / perMile / 2)
	x, y := p.x+8, p.y+p.h-8
	p.d.stroke([][2]float64{{x, y - 3}, {x, y}, {x + miles*perMile, y}, {x + miles*perMile, y - 3}}, 0.7, dark)
	p.d.label(strconv.FormatFloat(miles, 'f', -1, 64)+" mi", Style{Size: 6.5, Ink: Muted}, x+miles*perMile+4, y, 60, Left)
}
