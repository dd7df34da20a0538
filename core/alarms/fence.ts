import { z } from 'zod';
import { complaint } from '../complaint.ts';
import { distanceM, EARTH_RADIUS_M, type LonLat } from '../places/geo.ts';
import { told } from '../told.ts';

/** Corners that all rings of one area have together, at most. */
const MOST_CORNERS = 5000;
const METRES_A_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const Ring = z.array(Position).min(4).max(MOST_CORNERS);
const Rings = z.array(Ring).min(1).max(100);

const Shape = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('Polygon'), coordinates: Rings }),
    z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings).min(1).max(100) }),
  ])
  .superRefine((shape, context) => {
    const complain = (path: PropertyKey[], zh: string, en: string) =>
      context.addIssue({ code: 'custom', path: ['coordinates', ...path], ...complaint({ zh, en }) });
    let corners = 0;
    polygonsOf(shape).forEach((rings, p) => {
      rings.forEach((ring, r) => {
        corners += ring.length;
        const [first, last] = [ring[0], ring.at(-1)];
        if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
          complain(
            shape.type === 'Polygon' ? [r] : [p, r],
            '环没有闭合：最后一点应与第一点相同',
            'is not closed: the last position of a ring is its first again',
          );
      });
    });
    if (corners > MOST_CORNERS)
      complain(
        [],
        `共 ${corners} 个顶点，最多 ${MOST_CORNERS} 个；请先简化边界`,
        `has ${corners} corners, of at most ${MOST_CORNERS}: simplify its edge first`,
      );
  });

const Around = z.strictObject({
  around: z
    .string()
    .min(1)
    .max(100)
    .meta(told('场所、设施、传感器或摄像机的编号', 'Id of a place, facility, sensor or camera.')),
  metres: z.number().min(5).max(100_000),
});

/** Where a rule draws its line: a GeoJSON geometry in WGS 84, or so many metres around what the hall knows. */
export const Area = z.union([Shape, Around]);
export type Area = z.infer<typeof Area>;

/** An area, ready for positions to be held against. */
export interface Fence {
  /** West, south, east, north in degrees, `reach` further out than the area: nothing beyond is looked at closer. */
  readonly box: readonly [west: number, south: number, east: number, north: number];
  /** Metres that a position lies inside the edge; negative for outside, and beyond the box no more than that it is further out than `reach`. */
  inside(point: LonLat): number;
}

/** How far outside a rule still looks, in metres: beyond, all of its thresholds say the same. */
export function reachOf({ levels }: { levels: readonly { readonly raise: number; readonly clear: number }[] }): number {
  return Math.max(...levels.flatMap(({ raise, clear }) => [Math.abs(raise), Math.abs(clear)]));
}

/**
 * @param at where something that the hall knows is
 * @param reach metres: of what is further outside nobody asks how far
 * @returns null where the area is around something that is not there
 */
export function fenceOf(area: Area, at: (id: string) => LonLat | undefined, reach: number): Fence | null {
  if ('around' in area) {
    const centre = at(area.around);
    return centre ? circle(centre, area.metres, reach) : null;
  }
  return polygons(polygonsOf(area), reach);
}

function circle(centre: LonLat, metres: number, reach: number): Fence {
  const box = grown([centre.lon, centre.lat, centre.lon, centre.lat], metres + reach);
  return { box, inside: (point) => metres - distanceM(point, centre) };
}

function polygons(all: readonly (readonly Ring[])[], reach: number): Fence {
  const [lons, lats] = [0, 1].map((axis) => all.flat(2).map((position) => position[axis] as number));
  const bare = [least(lons), least(lats), most(lons), most(lats)] as const;
  const box = grown(bare, reach);
  const scale = Math.cos((((bare[1] + bare[3]) / 2) * Math.PI) / 180) * METRES_A_DEGREE;
  const [lon0, lat0] = [bare[0], bare[1]];
  /** x and y of each ring's corners in turn, metres from the south-western corner. */
  const rings = all.map((polygon) =>
    polygon.map((ring) =>
      Float64Array.from(ring.flatMap(([lon, lat]) => [(lon - lon0) * scale, (lat - lat0) * METRES_A_DEGREE])),
    ),
  );
  const [width, height] = [(bare[2] - lon0) * scale, (bare[3] - lat0) * METRES_A_DEGREE];
  return {
    box,
    inside({ lon, lat }) {
      const [x, y] = [(lon - lon0) * scale, (lat - lat0) * METRES_A_DEGREE];
      const out = Math.hypot(Math.max(0, -x, x - width), Math.max(0, -y, y - height));
      if (out > reach) return -out;
      let nearest = Number.POSITIVE_INFINITY;
      let within = false;
      for (const polygon of rings) {
        let odd = false;
        for (const ring of polygon) {
          const met = meet(ring, x, y);
          if (met.odd) odd = !odd;
          nearest = Math.min(nearest, met.squared);
        }
        within ||= odd;
      }
      const metres = Math.sqrt(nearest);
      return within ? metres : -metres;
    },
  };
}

/** Whether a ray from the point meets the ring an odd number of times, and the square of how far the ring is. */
function meet(ring: Float64Array, x: number, y: number): { odd: boolean; squared: number } {
  let odd = false;
  let squared = Number.POSITIVE_INFINITY;
  for (let i = 2; i < ring.length; i += 2) {
    const [ax, ay] = [ring[i - 2] as number, ring[i - 1] as number];
    const [dx, dy] = [(ring[i] as number) - ax, (ring[i + 1] as number) - ay];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    squared = Math.min(squared, (ax + along * dx - x) ** 2 + (ay + along * dy - y) ** 2);
    if (ay > y !== ay + dy > y && x < ax + ((y - ay) / dy) * dx) odd = !odd;
  }
  return { odd, squared };
}

type Ring = readonly (readonly [number, number, ...number[]])[];

function polygonsOf(shape: z.infer<typeof Shape>): readonly (readonly Ring[])[] {
  return shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
}

function grown([west, south, east, north]: Fence['box'], metres: number): Fence['box'] {
  const lat = metres / METRES_A_DEGREE;
  const furthest = Math.min(89, Math.max(Math.abs(south), Math.abs(north)) + lat);
  const lon = lat / Math.cos((furthest * Math.PI) / 180);
  return [west - lon, south - lat, east + lon, north + lat];
}

const least = (numbers: readonly number[] = []) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (numbers: readonly number[] = []) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
