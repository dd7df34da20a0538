import type { Views } from '../../kernel/views.ts';
import type { OneAnswerer } from '../../wire/liveQueries.ts';

/** Says of one subject what is in the ledger about it and this version does not understand. */
export function foreignOf(views: Pick<Views, 'foreignOf'>): OneAnswerer<'ledger.foreign'> {
  return {
    reads: ({ subject }) => [subject],
    atOnce({ subject }) {
      const { count, types } = views.foreignOf(subject);
      const rows = count === 0 ? [] : [{ subject, count, types: [...types] }];
      return { rows, total: { count: rows.length, exact: true }, more: null };
    },
  };
}
