import { z } from 'zod';
import { complaint } from '../../core/complaint.ts';
import { PLACE_KINDS } from '../../core/places/gazetteer.ts';
import { FACILITY_LOOKS, KINDS_OF, SENSOR_LOOKS } from '../../core/places/kinds.ts';
import { plainText } from '../../core/plainText.ts';
import { UNIT_STATUSES } from '../../core/units/unit.ts';
import { defineContract } from '../define.ts';
import { Id, Point, Text } from '../schema/basics.ts';
import { Box } from '../schema/box.ts';
import { MOST_LISTED, paged } from '../schema/paging.ts';

/** Systems in which coordinates are written on Chinese maps; CGCS 2000 is WGS 84 to within centimetres. */
export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const;

/** A place that has a name, or that somebody typed coordinates of. */
export const PlaceRow = Point.extend({
  id: z.string().max(200),
  kind: z.enum([...PLACE_KINDS, 'point']),
  name: Text,
  /** Of coordinates: the system they were read in. */
  datum: z.enum(DATUMS).nullable(),
});
export type PlaceRow = z.infer<typeof PlaceRow>;

/** How far around a place is looked at most, metres. */
export const FARTHEST_NEAR = 5000;

/** Something near a place. */
export const NearRow = Point.extend({
  /** `unit:POL-C001` */
  id: z.string(),
  what: z.enum(['unit', 'camera', 'facility', 'component']),
  thing: z.string(),
  name: Text,
  /** A unit's kind (`car`), a facility's (`hospital`), or a component's (`0107`); empty for a camera. */
  type: z.string(),
  department: z.string().nullable(),
  status: z.enum(UNIT_STATUSES).nullable(),
  /** Seconds since the unit's report. */
  age: z.number().nullable(),
  /** As the crow flies. */
  metres: z.number(),
  /** Seconds on the way: over the roads at free flow, or straight where the hall knows of none. Null for what does not come: cameras, components. */
  eta: z.object({ seconds: z.number(), by: z.enum(['road', 'straight']) }).nullable(),
});
export type NearRow = z.infer<typeof NearRow>;

/** A fixed place that a response uses. */
export const FacilityRow = Point.extend({
  id: z.string(),
  kind: z.string(),
  name: Text,
  department: z.string(),
  /** Beds, places or m³/s, by kind. */
  capacity: z.number().nullable(),
});
export type FacilityRow = z.infer<typeof FacilityRow>;

/** How wide and high a box of components is at most, degrees: some 3 km. */
export const WIDEST_BOX = 0.03;

const TOO_WIDE = complaint(
  { zh: `范围超过 ${WIDEST_BOX}°`, en: `is more than ${WIDEST_BOX}° wide or high` },
  { zh: '请分成几个较小的范围查询', en: 'Ask for several smaller ones.' },
);

/** Something small that the city has put there and counts: a lamp, a hydrant, a cover. */
export const ComponentRow = Point.extend({
  id: z.string(),
  /** The code of GB/T 30428.2, or a word, as its register has it. */
  kind: z.string(),
  name: Text,
  /** Whose it is; empty where its register does not say. */
  owner: z.string(),
});
export type ComponentRow = z.infer<typeof ComponentRow>;

/** A kind of things that the hall's own files speak of, beside those of the product. */
export const KindRow = z.object({
  /** `sensor:smoke` */
  id: z.string(),
  of: z.enum(KINDS_OF),
  kind: z.string(),
  name: Text,
  /** How it is drawn; null where by its own name, or as any other. */
  look: z.enum([...SENSOR_LOOKS, ...FACILITY_LOOKS]).nullable(),
});
export type KindRow = z.infer<typeof KindRow>;

export const places = defineContract({
  name: 'places',
  queries: {
    'places.kinds': { right: 'situation.see', params: z.object(paged(MOST_LISTED)), row: KindRow, key: 'id' },
    'places.facilities': { right: 'situation.see', params: z.object(paged(MOST_LISTED)), row: FacilityRow, key: 'id' },
    /**
     * Places by Chinese or English name, code, initials of the Pinyin (`bhl`), roads that cross (`滨河路与环城路`), and coordinates in any notation: where no
     * system is named with them (`GCJ-02`, `高德`, `BD-09`, `CGCS2000`), once in each.
     */
    'places.find': {
      right: 'situation.see',
      params: z.object({ text: plainText.trim().min(1).max(100), ...paged(20) }),
      row: PlaceRow,
      key: 'id',
    },
    /** One by its id; no row for one that the city does not have. */
    'places.one': {
      right: 'situation.see',
      params: z.object({ id: z.string().min(1).max(200) }),
      row: PlaceRow,
      key: 'id',
    },
    /** Components of the hall's registers within bounds, register after register, each in its own order. */
    'places.components': {
      right: 'situation.see',
      params: z.object({
        bounds: Box.refine(
          ({ west, south, east, north }) => east - west <= WIDEST_BOX && north - south <= WIDEST_BOX,
          TOO_WIDE,
        ),
        ...paged(MOST_LISTED),
      }),
      row: ComponentRow,
      key: 'id',
    },
    /** One by its id; no row for one that no register has. */
    'places.component': {
      right: 'situation.see',
      params: z.object({ id: Id }),
      row: ComponentRow,
      key: 'id',
    },
    /**
     * Units, cameras, facilities and components around a place, as they are when it is asked: units and facilities the soonest there first, then cameras and
     * components, each the nearest first.
     */
    'places.near': {
      right: 'situation.see',
      params: z.object({
        ...Point.shape,
        radius: z.number().min(50).max(FARTHEST_NEAR),
        /** A facility that is of no interest: the one that was asked about. */
        but: Id.optional(),
        ...paged(200),
      }),
      row: NearRow,
      key: 'id',
    },
  },
});
