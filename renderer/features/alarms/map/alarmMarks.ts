import type { Point } from 'geojson';
import Supercluster from 'supercluster';
import type { Mark, Marks, Shown } from '../../../map/ink/mark.ts';
import type { Collection } from '../../../map/overlays/collections.ts';
import type { MapPalette } from '../../../map/palette.ts';
import type { alarmPoints } from './alarmPoints.ts';
import { CLUSTER_PX, LAST_CLUSTER_ZOOM, NAMES_FROM_ZOOM } from './sizes.ts';
import { MOST_SPREAD, SLOTS } from './spread.ts';

type Points = ReturnType<typeof alarmPoints>;
type Feature = Points['together']['features'][number];

/** What a mark of several knows. */
interface Several {
  readonly worst: number;
  /** How many nobody has acknowledged. */
  readonly fresh: number;
  readonly cluster_id: number;
  readonly point_count: number;
}

/** Alarms as marks, those near each other as one. */
export interface AlarmMarks extends Pick<Marks, 'at'> {
  /** Asked for when they are to be drawn next. */
  put(points: () => Points): void;
  /** The zoom at which a mark of several parts, and who is in it, as far as they can be spread out. @throws Error when there is no such mark any more */
  members(cluster: number): { readonly parts: number; readonly alarms: ReadonlySet<string> };
}

export function createAlarmMarks(): AlarmMarks {
  let told: (() => Points) | null = null;
  let apart: readonly Mark[] = [];
  let index = indexOf({ type: 'FeatureCollection', features: [] });

  const read = (): void => {
    if (!told) return;
    const points = told();
    told = null;
    index = indexOf(points.together);
    apart = apartMarks(points.apart);
  };

  return {
    put(points) {
      told = points;
    },
    at({ zoom, box }: Shown) {
      read();
      const named = zoom >= NAMES_FROM_ZOOM;
      const together = index.getClusters([...box], Math.floor(zoom)).map((feature) => {
        const several = feature.properties as Partial<Several>;
        return several.point_count === undefined
          ? oneOf(feature as Feature, named)
          : { worst: Number(several.worst), many: 1, mark: severalMark(feature.geometry, several as Several) };
      });
      // One that stands by itself is over one that stands for several, and the worst of each uppermost.
      together.sort((a, b) => b.many - a.many || b.worst - a.worst);
      return [...together.map(({ mark }) => mark), ...(named ? apart : apart.map(unnamed))];
    },
    members(cluster) {
      read();
      const parts = index.getClusterExpansionZoom(cluster);
      const leaves = index.getLeaves(cluster, MOST_SPREAD, 0);
      return { parts, alarms: new Set(leaves.map(({ properties }) => String(properties.id))) };
    },
  };
}

const oneOf = (feature: Feature, named: boolean) => ({
  ...{ worst: Number(feature.properties.level), many: 0, mark: oneMark(feature, named) },
});

function indexOf({ features }: Collection<Point>) {
  const index = new Supercluster<Feature['properties'], Pick<Several, 'worst' | 'fresh'>>({
    ...{ minZoom: 0, maxZoom: LAST_CLUSTER_ZOOM, radius: CLUSTER_PX },
    map: ({ level, fresh }) => ({ worst: Number(level), fresh: Number(fresh) }),
    reduce(sum: { worst: number; fresh: number }, { worst, fresh }) {
      sum.worst = Math.min(sum.worst, worst);
      sum.fresh += fresh;
    },
  });
  return index.load(features);
}

/** Several as one: the shape and colour of the worst level, filled while one of them is new, with their number in it. */
function severalMark({ coordinates: [lon = 0, lat = 0] }: Point, several: Several): Mark {
  const { worst, fresh, point_count: count, cluster_id: cluster } = several;
  const at = { lon, lat };
  const level = worst as keyof MapPalette['onLevel'];
  return {
    at,
    symbol: `alarms-${fresh > 0 ? 'new' : 'seen'}-${worst}`,
    figure: {
      text: String(count),
      colour: ({ onLevel, ink }) => (fresh > 0 ? onLevel[level] : ink),
      // A triangle's middle is low.
      lower: worst === 2 ? 0.3 : 0,
    },
    hit: {
      ...{ selection: null, at, title: null },
      properties: { cluster_id: cluster, point_count: count, worst, fresh },
    },
  };
}

/** One alarm, with its name from near enough. */
function oneMark({ geometry, properties }: Feature, named: boolean): Mark {
  const [lon = 0, lat = 0] = geometry.coordinates;
  const { id, look, title, label } = properties;
  const at = { lon, lat };
  return {
    at,
    symbol: String(look),
    ...(named && { label: { text: String(label), ...NAME } }),
    hit: { selection: { kind: 'alarm', id: String(id), at }, at, title: String(title), properties },
  };
}

const NAME = { size: 12.5, below: 1.2 };

/** Those that stand apart, each in its slot: around a place there is no room for names, and the place is shown. */
function apartMarks({ features }: Collection<Point>): Mark[] {
  const marks = features.map((feature) => {
    const { slot } = feature.properties;
    const one = oneMark(feature, slot === 0);
    return { ...one, offset: SLOTS[Number(slot)] ?? [0, 0] };
  });
  const places = features
    .filter(({ properties: { slot } }) => Number(slot) > 0)
    .map(
      ({
        geometry: {
          coordinates: [lon = 0, lat = 0],
        },
      }): Mark => ({
        ...{ at: { lon, lat }, symbol: 'alarm-place', hit: null },
      }),
    );
  return [...places, ...marks];
}

function unnamed({ label: _, ...mark }: Mark): Mark {
  return mark;
}
