import { z } from 'zod';

/**
 * Params of a query's page: so many rows, those after where the page before said that there are more.
 *
 * @param most rows of a page
 */
export const paged = (most: number) => ({
  limit: z.number().int().min(1).max(most).default(Math.min(most, 100)),
  after: z.string().min(1).max(300).optional(),
});

/** Rows of a page of a directory, which a window that draws everything reads to its end. */
export const MOST_LISTED = 2500;

/** A list in pages: from the `from`th entry on (the first, when left out). */
export const From = z.object({ from: z.number().int().nonnegative().optional() });
/** Where the rest of a list begins; null at its end. */
export const Next = z.number().int().nullable();
