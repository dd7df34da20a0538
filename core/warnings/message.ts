import { z } from 'zod';
import { LevelBody, NameBody, TextBody } from '../bodies.ts';

/** So many points all outlines of a message have together. */
export const MOST_POINTS = 2000;
/** So many messages one may refer to. */
export const MOST_REFERENCES = 100;
/** Characters of a description, and of what to do. */
export const MOST_WORDS = 8000;

const WordsBody = z.object({ zh: z.string().max(MOST_WORDS), en: z.string().max(MOST_WORDS) });
const At = z.number().int().nonnegative();
/** `[lon, lat]`, WGS 84 degrees, as GeoJSON has it. */
const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** Where a warning holds: outlines, circles, the codes of districts, as far as the message says them. */
export const WarnedArea = z.object({
  name: TextBody,
  /** Closed outer rings. */
  polygons: z.array(z.array(Position).max(MOST_POINTS)).max(MOST_POINTS),
  /** Metres. */
  circles: z.array(z.object({ at: Position, radius: z.number().nonnegative() })).max(MOST_REFERENCES),
  codes: z.array(NameBody).max(1000),
});
export type WarnedArea = z.infer<typeof WarnedArea>;

/** What a message says, as it is kept. A cancel may say nothing but what it cancels. */
export const Said = z.object({
  sender: NameBody,
  identifier: NameBody,
  sent: At,
  does: z.enum(['alert', 'update', 'cancel']),
  /** What it warns of, and the code of that where there is one. */
  event: TextBody,
  code: NameBody,
  level: LevelBody,
  /** In CAP's words: `Severe`, `Immediate`, `Observed`. */
  severity: NameBody,
  urgency: NameBody,
  certainty: NameBody,
  /** Who warns, by name. */
  from: TextBody,
  /** The headline. */
  title: TextBody,
  text: WordsBody,
  instruction: WordsBody,
  /** When what is warned of is to begin; null where it is not said. */
  onset: At.nullable(),
  /** When it ends to hold; `assumed` where the message does not say it. */
  until: At,
  assumed: z.boolean(),
  area: WarnedArea,
});
export type Said = z.infer<typeof Said>;

/** A message that another one follows; without a sender, of its own. */
export interface Reference {
  readonly sender: string | null;
  readonly identifier: string;
}

/** A message of an authority, read and checked. */
export interface WarningMessage extends Said {
  readonly references: readonly Reference[];
}
