import { z } from 'zod';
import { Text } from './schema/basics.ts';

/**
 * What a hall and a simulator say to each other, docs/protocols/simulator.md: the hall starts the program, gives it an order on its standard
 * input, and ends it by closing that. All that the simulated city tells goes over the feeds and cameras of the folder that it writes.
 */

const Path = z.string().min(1).max(4096);

/** One line of JSON on the simulator's standard input. */
export const SimulatorOrder = z.object({
  version: z.literal(1),
  /** It played for this world before, and ended by itself: it listens where it did and under the same secrets, or fails. */
  again: z.boolean().default(false),
  /** It is written anew, as a hall's folder is: `city/`, `cameras/`, `feeds/`. */
  folder: Path,
  /** Of the world that it plays for: what people are to find may be put there. */
  home: Path,
  /** What took long to make may be kept there, for all worlds of the hall and its next start. */
  keep: Path,
  /** The product's. */
  resources: Path,
  /** What whoever steers it must show. */
  token: z.string().min(32).max(200),
  /** The drill script that it can play; null for an ordinary day. */
  script: Path.nullable(),
  /** People play: they are given the time that the script allows for that. */
  byHand: z.boolean(),
  /** Another simulator's feed, which the folder is to name in the place of an own one. */
  feed: z.string().max(2000).nullable(),
});
export type SimulatorOrder = z.infer<typeof SimulatorOrder>;

/** One line of JSON on its standard output, once the folder is written and it listens; or once it is clear that it cannot. */
export const SimulatorAnswer = z.union([
  z.object({ control: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/) }),
  z.object({ failed: Text }),
]);
export type SimulatorAnswer = z.infer<typeof SimulatorAnswer>;

/** Body of `POST /begin`, which begins the drill, or begins it again: at this second of it; without a body at its beginning. */
export const DrillBegin = z.object({ second: z.number().min(0).max(1e9) });

/** Body of `PUT /cameras/<id>`: the camera vanishes, or comes back. */
export const CameraGone = z.object({ gone: z.boolean() });
