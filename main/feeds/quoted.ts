import { z } from 'zod';
import { complaint } from '../../core/complaint.ts';
import type { Text } from '../../core/words.ts';

const NO_QUOTES = {
  message: { zh: '没有加引号', en: 'is not in quotes' },
  remedy: { zh: '请加上引号，例如 "0012345678"', en: 'Write it in quotes, like "0012345678".' },
};

/** A word of a feed's file that stands in quotes: YAML makes a number of `0012`, and its zeros are lost. */
export const quoted = (pattern: RegExp, said: Text, remedy: Text) =>
  z
    .unknown()
    .transform((word, ctx): string => {
      if (typeof word === 'string' && pattern.test(word)) return word;
      const is = typeof word === 'number' ? complaint(NO_QUOTES.message, NO_QUOTES.remedy) : complaint(said, remedy);
      ctx.addIssue({ code: 'custom', ...is });
      return z.NEVER;
    })
    .meta({ type: 'string' });
