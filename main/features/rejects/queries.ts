import type { RejectView } from '../../../contract/features/rejects.ts';
import { listPage } from '../../wire/listPage.ts';
import type { Answerers } from '../../wire/liveQueries.ts';

/** What was refused, in pages. @param every all that is kept, newest first; `rejects` has changed when it is another */
export function rejectQueries(every: () => readonly RejectView[]): Pick<Answerers, 'rejects.list'> {
  return {
    'rejects.list': { reads: ['rejects'], answer: (page) => listPage(every(), (reject) => reject.id, page) },
  };
}
