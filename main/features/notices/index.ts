import { notices as contract } from '../../../contract/features/notices.ts';
import { every } from '../../clock.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { listPage } from '../../wire/listPage.ts';
import { holdThese } from '../keyed.ts';
import { everyNotice } from './everyNotice.ts';

/** So often, in ms, is looked for what nobody told. */
const LOOK_MS = 1000;

/** What somebody ought to know and act on, whoever found it. */
export const notices = defineFeature({
  contract,
  start(kernel: Pick<Kernel, 'clock' | 'ledger' | 'notices' | 'queries' | 'startedAt' | 'sync' | 'topics'>) {
    const { clock, ledger, notices, queries, startedAt, sync, topics } = kernel;
    const all = () => everyNotice({ ledger: ledger.status(), links: sync.notices(), board: notices.list(), startedAt });
    const publish = () => {
      holdThese(topics.notices, all(), ({ id }) => id);
      queries.changed(['notices']);
    };
    const stops = [every(clock, LOOK_MS, publish), ledger.listen({ changed: publish })];
    notices.onChange(publish);
    sync.onChange(publish);
    publish();
    return {
      queries: { 'notices.list': { reads: ['notices'], answer: (page) => listPage(all(), ({ id }) => id, page) } },
      close() {
        for (const stop of stops) stop();
      },
    };
  },
});
