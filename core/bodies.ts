import { z } from 'zod';

/** Pieces that event bodies are made of. Bodies are checked before they are folded: they may come from another station. */
export const TextBody = z.object({ zh: z.string().max(1000), en: z.string().max(1000) });
export const LevelBody = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export const PlaceBody = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  name: TextBody,
});
/** Event ids of the register heads that the writer had seen (core/ledger/register.ts). */
export const SeenBody = z.array(z.string().max(250)).max(64);
export const ConflictSeenBody = z.object({ conflict: z.string().max(600) });
