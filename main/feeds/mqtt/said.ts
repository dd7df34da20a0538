import type { Issue } from '../../config/issue.ts';

/** What is told of a broker's messages, beside what is wrong in them. */

export const NOT_ASKED: Issue = {
  path: 'topics',
  message: {
    zh: '服务器发来 topics 之外的主题，多半是以前的订阅仍被保留',
    en: 'the broker sends a topic that no entry of `topics` asks for: it seems to have kept an earlier subscription',
  },
  remedy: {
    zh: '请写一个新的 clientId，或请服务器的管理员删除本站的会话',
    en: "Write another `clientId`, or have the broker's keeper remove this station's session.",
  },
};

export const UNDATED: Issue = {
  path: 'messages.time',
  message: {
    zh: '保留报文中没有时间，不知道是何时的值，未采用',
    en: 'a retained message has no time: nobody knows how old its values are, and they are left out',
  },
  remedy: {
    zh: '请让来源写上时间，并在 messages 中写 time；否则以后的报文照常读取',
    en: 'Have the source write the time, and name it by `time` under `messages`; what comes later is read in any case.',
  },
};

export const UNREADABLE: Issue = {
  path: '',
  message: { zh: '读取报文时发生内部错误', en: 'the hall failed to read a message' },
  remedy: { zh: '请把日志中的这一条报告给 OpsHall', en: 'Report this line of the log to the makers of OpsHall.' },
};

export function topicRefused(topic: string): Issue {
  return {
    path: 'topics',
    message: { zh: `服务器不允许订阅 ${topic}`, en: `the broker does not let this station subscribe to ${topic}` },
    remedy: {
      zh: '请核对该主题，或请服务器的管理员授权',
      en: "Check the topic, or ask the broker's keeper for the right.",
    },
  };
}
