import { STATUS_CODES } from 'node:http';
import type { FeedFault } from '../../../contract/features/feeds.ts';
import type { Text } from '../../../core/words.ts';
import type { Issue, Said } from '../../config/issue.ts';
import { faultOf, NO_TLS, UNTRUSTED } from '../faultOf.ts';

/** Why an address gave no answer that could be read: what a window says of it, and the same more closely. */
export interface Loss {
  readonly why: Text;
  readonly fault: FeedFault;
  /** Seconds after which the source wants to be asked again, where it says so. */
  readonly again?: number;
}

/** So long a source may have itself left in peace, s. */
const MOST_PEACE_S = 3600;

export const NO_ANSWER: Loss = {
  why: {
    zh: '来源没有在 timeout 之内给出完整的应答',
    en: 'the source gave no whole answer within `timeout`',
  },
  fault: 'timeout',
};

/** What an error of the connection means. */
export function lossOf({ code, message }: { code?: string; message: string }): Loss {
  if (code !== undefined && UNTRUSTED.test(code))
    return {
      why: {
        zh: `不信任来源的证书（${code}），请核对 ca、地址中的主机名与本机的时钟`,
        en: `the source's certificate is not trusted (${code}): check \`ca\`, the host in \`url\` and this PC's clock`,
      },
      fault: 'untrusted',
    };
  if (code !== undefined && NO_TLS.test(code))
    return {
      why: {
        zh: `该端口上没有加密服务（${code}），请核对 url 的协议与端口`,
        en: `nothing speaks TLS at this port (${code}): check the protocol and port in \`url\``,
      },
      fault: 'not-a-feed',
    };
  const report = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  return { why: { zh: `系统报告“${report}”`, en: report }, fault: faultOf({ code, message }) };
}

/** What a status means that is neither an answer nor a redirect. @param retryAfter as the source says it */
export function lossOfStatus(status: number, retryAfter: string | undefined): Loss {
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status === 401 || status === 403 || status === 407)
    return {
      why: {
        zh: `来源不接受登录（${status}），请核对 token、username 与 password、headers`,
        en: `the source does not accept the login (${said}): check \`token\`, \`username\` and \`password\`, \`headers\``,
      },
      fault: 'unauthorised',
    };
  if (status === 429 || status >= 500)
    return {
      why: {
        zh: `来源忙或出错（${status}）；反复出现时请调大 every，或联系其维护人员`,
        en: `the source is busy or fails (${said}); where that repeats, raise \`every\`, or ask its keeper`,
      },
      fault: 'refused',
      ...(retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter)
        ? { again: Math.min(MOST_PEACE_S, Number(retryAfter)) }
        : {}),
    };
  return {
    why: { zh: `来源应答 ${status}，请核对 url`, en: `the source answers ${said}: check \`url\`` },
    fault: 'not-a-feed',
  };
}

/** @param host that it names, without what may be secret of the address */
export function redirected(host: string): Loss {
  return {
    why: {
      zh: `来源把请求转到 ${host}，未跟随；若地址属实，请把 url 写成新的地址`,
      en: `the source redirects to ${host}, which is not followed: write that address as \`url\` where it is right`,
    },
    fault: 'not-a-feed',
  };
}

/** It leads from one address to the next, or nowhere. */
export const RUNAROUND: Loss = {
  why: { zh: '来源一再转到别的地址，请核对 url', en: 'the source redirects again and again: check `url`' },
  fault: 'not-a-feed',
};

export function tooLong(most: number): Issue {
  return {
    path: '',
    message: { zh: `应答超过 ${most} 字节`, en: `an answer of more than ${most} bytes` },
    remedy: {
      zh: '请在 url 中只要求需要的站点与时段，或分成几个数据源',
      en: 'Ask in `url` for the stations and time that are needed, or make several feeds of it.',
    },
  };
}

export function packed(encoding: string): Issue {
  return {
    path: '',
    message: { zh: `应答以 ${encoding} 压缩`, en: `an answer that is compressed by ${encoding}` },
    remedy: {
      zh: '请让来源按 Accept-Encoding: identity 发送',
      en: 'Have the source heed `Accept-Encoding: identity`.',
    },
  };
}

/** Pages of one answer that are read. */
export const MOST_PAGES = 10;

/** The next page would be asked for elsewhere, with the login. @param host that it names, without what may be secret of the address */
export function pageElsewhere(path: string, host: string): Issue {
  return {
    path,
    message: {
      zh: `下一页在另一个主机 ${host} 上，未跟随`,
      en: `the next page is on another host, ${host}, which is not followed`,
    },
    remedy: {
      zh: '若该主机属实，请把 url 写成它的地址；否则请让来源的维护人员改正其对外地址',
      en: "Where that host is right, write its address as `url`; else have the source's keeper correct the address that it gives out.",
    },
  };
}

export function noPage(path: string): Issue {
  return {
    path,
    message: { zh: '下一页的地址不是网络地址', en: 'the next page has no address that can be asked' },
    remedy: { zh: '请对照应答核对 next', en: 'Check `next` against the answer.' },
  };
}

export function manyPages(path: string): Issue {
  return {
    path,
    message: { zh: `超过 ${MOST_PAGES} 页，其余未读`, en: `more than ${MOST_PAGES} pages; the rest is left out` },
    remedy: {
      zh: '请在 url 中只要求需要的内容，或要求更大的页',
      en: 'Ask in `url` for what is needed alone, or for larger pages.',
    },
  };
}

const PAGE: Said = {
  message: { zh: '是网页，不是数据', en: 'a page, and no data' },
  remedy: {
    zh: '请核对 url 与登录：来源往往以登录页应答',
    en: 'Check `url` and the login: many sources answer with a page to log in by.',
  },
};
export const A_PAGE: Issue = { path: '', ...PAGE };

export const UNREADABLE: Issue = {
  path: '',
  message: { zh: '读取应答时发生内部错误', en: 'the hall failed to read an answer' },
  remedy: { zh: '请把日志中的这一条报告给 OpsHall', en: 'Report this line of the log to the makers of OpsHall.' },
};
