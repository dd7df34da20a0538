import { z } from 'zod';

/** The longest time between two payloads of a stream that a window may ask for, ms: one that hears nothing for longer says so. */
export const SELDOM_MS = 2000;

/** Ms between two payloads at the least; left out, as what they tell of changes. */
export const Every = z.number().int().nonnegative().max(SELDOM_MS).optional();
