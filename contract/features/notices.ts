import { z } from 'zod';
import { defineContract } from '../define.ts';
import { Text, WallTime } from '../schema/basics.ts';
import { paged } from '../schema/paging.ts';

/** Something a person ought to know and act on; stays until its cause is gone. */
export const Notice = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: Text,
  remedy: Text.nullable(),
  since: WallTime,
});
export type Notice = z.infer<typeof Notice>;

export const notices = defineContract({
  name: 'notices',
  queries: {
    /** Those of the topic, in the order in which to see to them, for whoever has no topics. */
    'notices.list': { right: 'hall.see', params: z.object({ ...paged(200) }), row: Notice, key: 'id' },
  },
  topics: {
    /** By their id: a hundred and some at most, the rest counted in one of them. */
    notices: { words: { zh: '提示', en: 'notices' }, right: 'hall.see', item: Notice },
  },
});
