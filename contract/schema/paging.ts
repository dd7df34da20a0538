import { z } from 'zod';

/** A list in pages: from the `from`th entry on (the first, when left out). */
export const From = z.object({ from: z.number().int().nonnegative().optional() });
/** Where the rest of a list begins; null at its end. */
export const Next = z.number().int().nullable();
