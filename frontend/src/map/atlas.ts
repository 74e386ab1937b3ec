/** The map's ground: states of the United States (Census Bureau) and the countries of the world (Natural Earth). Loaded with the map only. */
import { geoMercator, geoPath, type GeoPath, type GeoProjection } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import states10m from 'us-atlas/states-10m.json';
import countries110m from 'world-atlas/countries-110m.json';
import { corners, type Point } from './trail';

type Named = { name: string };
type Part = GeometryCollection<Named>;

const us = states10m as unknown as Topology<{ states: Part; nation: GeometryCollection }>;
const world = countries110m as unknown as Topology<{ countries: Part }>;

/** United States in ISO 3166: drawn finer, from its states. */
const usa = '840';

const all = feature(world, world.objects.countries) as FeatureCollection<Geometry, Named>;
const countries: FeatureCollection<Geometry, Named> = { ...all, features: all.features.filter((f) => String(f.id) !== usa) };
const states = feature(us, us.objects.states) as FeatureCollection<Geometry, Named>;
const borders: MultiLineString = mesh(us, us.objects.states, (a, b) => a !== b);
const outlines: MultiLineString = mesh(world, world.objects.countries, (a, b) => a !== b && String(a.id) !== usa && String(b.id) !== usa);

/** How near the person looks: a factor and how far the ground was moved, in points of the screen. */
export interface Look {
  factor: number;
  x: number;
  y: number;
}

/** Paths and names of the ground, and where a place stands on it. */
export interface Ground {
  land: string;
  states: string;
  borders: string;
  outlines: string;
  names: { name: string; x: number; y: number; country: boolean }[];
  spot(p: Point): { x: number; y: number };
}

/** Draws the ground so that all points fit into the size with a margin, then nearer or moved as the person looks. */
export function ground(points: readonly Point[], size: { width: number; height: number }, look: Look): Ground | null {
  const projection = fit(points, size, look);
  if (!projection) return null;
  const path = geoPath(projection);
  return {
    land: path(countries) ?? '',
    states: path(states) ?? '',
    borders: path(borders) ?? '',
    outlines: path(outlines) ?? '',
    names: [...names(states.features, path, size, false), ...names(countries.features, path, size, true)],
    spot: (p) => {
      const [x, y] = projection(p) ?? [NaN, NaN];
      return { x, y };
    },
  };
}

/** A Mercator map of the points: what it distorts is far in the north, and every dispatcher knows its shape. */
export function fit(points: readonly Point[], size: { width: number; height: number }, look: Look): GeoProjection | null {
  const box = corners(points);
  if (!box) return null;
  const margin = Math.min(40, size.width / 8, size.height / 8);
  const { width, height } = size;
  const air = Math.min(18, height / 12); // above: the sign of the last position and its age
  const projection = geoMercator().fitExtent([[margin, margin + air], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: box });
  const [x, y] = projection.translate();
  return projection
    .scale(projection.scale() * look.factor)
    .translate([(x - width / 2) * look.factor + width / 2 + look.x, (y - height / 2) * look.factor + height / 2 + look.y])
    .clipExtent([[-20, -20], [width + 20, height + 20]]);
}

/** Names of what is seen large enough to carry one, at the middle of its visible part. */
function names(features: readonly Feature<Geometry, Named>[], path: GeoPath, size: { width: number; height: number }, country: boolean): Ground['names'] {
  const out: Ground['names'] = [];
  for (const f of features) {
    const { name } = f.properties;
    const [[left, top], [right, bottom]] = path.bounds(f);
    if (right - left < name.length * 7 || bottom - top < 22) continue;
    const [x, y] = path.centroid(f);
    if (x > 20 && y > 14 && x < size.width - 20 && y < size.height - 8) out.push({ name, x, y, country });
  }
  return out;
}
