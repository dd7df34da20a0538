import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Id, Point, Text } from '../schema/basics.ts';
import { Box } from '../schema/box.ts';
import { From, Next, paged } from '../schema/paging.ts';
import { Every } from '../schema/seldom.ts';

/** A sensor, as the directory has it. */
export const SensorEntry = z.object({
  id: z.string(),
  kind: z.string(),
  name: Text,
  unit: z.string(),
  place: Point,
});
export type SensorEntry = z.infer<typeof SensorEntry>;

/** Sensors of one `observations` stream that names them. */
export const MOST_NAMED_SENSORS = 1000;

/** So many values of a sensor are at hand. */
export const MOST_RECENT = 120;

/** Which sensors an `observations` stream is of: those named that the hall has, those within bounds, all when left out; and how often it tells of them. */
export const ObservationsParams = z.object({
  sensors: z.array(Id).max(MOST_NAMED_SENSORS).optional(),
  bounds: Box.optional(),
  every: Every,
});
export type ObservationsParams = z.infer<typeof ObservationsParams>;

export const sensors = defineContract({
  name: 'sensors',
  methods: {
    /** Every sensor, in the order of the `observations` stream's indices; `version` is the one its payloads name. */
    'sensors.directory': {
      right: 'situation.see',
      params: From,
      result: z.object({ version: z.number().int(), next: Next, sensors: z.array(SensorEntry) }),
      long: true,
    },
  },
  queries: {
    /** The last values of a sensor, the newest first, as they are when it is asked: what comes later is on the `observations` stream. */
    'sensors.history': {
      right: 'situation.see',
      params: z.object({ sensor: Id, ...paged(MOST_RECENT) }),
      row: z.object({ t: z.number(), value: z.number() }),
      key: 't',
    },
  },
  streams: {
    /**
     * Takes {@link ObservationsParams}. The first payload is the newest value of each sensor heard of, later ones of those that changed
     * (contract/observations.ts).
     */
    observations: { right: 'situation.see' },
  },
});
