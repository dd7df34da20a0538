import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Text } from '../../../core/words.ts';
import { topicMatches } from '../codecs/json-path/topic.ts';

const MOST_CHARS = 512;
const SHARED = /^\$share\/([^/+#]+)\/(.+)$/s;

/** A filter of topics (MQTT 5, 4.7): `+` stands for one level, `#` for all that follow. */
export const TopicFilter = z.string().superRefine((filter, ctx) => {
  const fault = filterFault(filter);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault, WRITE) });
});

/** What a hall subscribes to: a filter, or `$share/group/filter`, of which each message goes to one of the group. */
export const Subscription = z.string().superRefine((text, ctx) => {
  const fault = text.startsWith('$share/') && !SHARED.test(text) ? NO_GROUP : filterFault(filterOf(text));
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault, WRITE) });
});

/** The filter of a subscription, without the group that it is shared in. */
const filterOf = (subscription: string): string => SHARED.exec(subscription)?.[2] ?? subscription;

/** Whether any of the subscriptions asks for a topic: a broker keeps those of a file that was changed meanwhile. */
export function asksFor(subscriptions: readonly string[]): (topic: string) => boolean {
  const filters = subscriptions.map(filterOf);
  return (topic) => filters.some((filter) => topicMatches(filter, topic));
}

function filterFault(filter: string): Text | null {
  if (filter === '' || filter.length > MOST_CHARS || /\p{C}/u.test(filter)) return NO_FILTER;
  const levels = filter.split('/');
  for (const [i, level] of levels.entries()) {
    if (level.includes('#') && (level !== '#' || i < levels.length - 1)) return HASH;
    if (level.includes('+') && level !== '+') return PLUS;
  }
  return null;
}

const WRITE = {
  zh: '请写成 city/+/up 或 city/# 这样；共享订阅请写 $share/组名/主题',
  en: 'Write it like city/+/up or city/#; a shared one like $share/group/topic.',
};
const NO_FILTER = { zh: `不是 1 到 ${MOST_CHARS} 个字符的主题`, en: `is no topic of 1 to ${MOST_CHARS} characters` };
const NO_GROUP = { zh: '共享订阅没有组名或主题', en: 'is shared, and has no group or no topic' };
const HASH = { zh: '# 只能单独作为最后一级', en: 'has a # that is not the whole last level' };
const PLUS = { zh: '+ 只能单独作为一级', en: 'has a + that is not a whole level' };
