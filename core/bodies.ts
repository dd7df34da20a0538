import { z } from 'zod';

/** Pieces that event bodies are made of. Bodies are checked before they are folded: they may come from another station. */
export const TextBody = z.object({ zh: z.string().max(1000), en: z.string().max(1000) });
export const LevelBody = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

export const PointBody = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });
export const PlaceBody = PointBody.extend({ name: TextBody });
/** An id or a name out of a plan, a rule or another event. */
export const NameBody = z.string().max(250);
/** A name that a feature of the windows declares: of a region of the screen, of a kind of thing that can be selected. */
export const DeclaredName = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and - after a letter');
/** What a person wrote: a note, a reason. */
export const ProseBody = z.string().max(10_000);
/** Event ids of the register heads that the writer had seen (core/ledger/register.ts). */
export const SeenBody = z.array(z.string().max(250)).max(64);
export const ConflictSeenBody = z.object({ conflict: z.string().max(600) });
