import { z } from 'zod';

/** One of several forms, by what is written. A union would do, and would name the line of the whole where the fault is in a part. */
export const formOf = <T>(pick: (written: unknown) => z.ZodType<T>) =>
  z.unknown().transform((written, ctx): T => {
    const result = pick(written).safeParse(written);
    if (result.success) return result.data;
    for (const issue of result.error.issues) ctx.addIssue({ ...issue });
    return z.NEVER;
  });
