import type { Issue } from '../../config/issue.ts';

/** Requests wait for room in the hall. */
export const FULL_HALL: Issue = {
  path: '',
  message: {
    zh: '等待答复的来电已满，其余上报稍后再取',
    en: 'too many calls wait to be answered: the rest is taken later',
  },
  remedy: {
    zh: '请答复等待的来电，或在 services 中只写需要的服务',
    en: 'Answer those that wait, or name the services that are needed under `services`.',
  },
};

export const MANY_ANSWERS: Issue = {
  path: 'days',
  message: { zh: '一轮查询的应答过多，较早的未取', en: 'takes too many answers a round; what is older was left out' },
  remedy: {
    zh: '请调小 days，或在 services 中只写需要的服务；pageSize 应与来源一次应答的上限一致',
    en: "Lessen `days`, or name the services that are needed under `services`; `pageSize` must be the source's own bound.",
  },
};

export const unknownService = (code: string): Issue => ({
  path: 'services',
  message: { zh: `来源没有服务 ${code}`, en: `the source has no service ${code}` },
  remedy: { zh: '请核对来源的 services.json', en: "Check it against the source's services.json." },
});
