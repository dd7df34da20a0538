import { z } from 'zod';
import { complaint } from '../../../core/complaint.ts';
import type { Said } from '../../config/issue.ts';
import type { Misfit } from '../platforms/devices.ts';
import { Ca, Secret } from '../platforms/secrets.ts';
import { quoted } from '../quoted.ts';

/** How a service is reached that the hall asks every so often, as a file says it. */

const MOST_HEADERS = 10;
const SILENT_S = 900;
/** Silent is who missed so many times. */
const SILENT_TIMES = 3;

const Url = z.string().superRefine((url, ctx) => {
  const fault = addressFault(url);
  if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault.message, fault.remedy) });
});

/** What goes into one line of a request. */
const Line = quoted(
  /^[\x21-\x7e](?:[\x20-\x7e]{0,3998}[\x21-\x7e])?$/,
  { zh: '不是一行可打印的 ASCII 字符', en: 'is no line of printable ASCII' },
  { zh: '请照来源所给的写，1 到 4000 个字符', en: 'Write it as the source gave it, 1 to 4,000 characters.' },
);

/** Headers that the hall itself, or Node, says. */
const OURS =
  /^(?:host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|authorization|accept-encoding|if-.*|range|proxy-.*)$/i;

const Headers = z.record(z.string(), Line).superRefine((headers, ctx) => {
  const names = Object.keys(headers);
  for (const name of names) {
    const said = !/^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) ? NO_NAME : OURS.test(name) ? NOT_YOURS : null;
    if (said) ctx.addIssue({ code: 'custom', path: [name], ...complaint(said.message, said.remedy) });
  }
  if (names.length > MOST_HEADERS)
    ctx.addIssue({
      code: 'custom',
      ...complaint(
        { zh: `超过 ${MOST_HEADERS} 项`, en: `holds more than ${MOST_HEADERS}` },
        { zh: '请只写来源要求的', en: 'Write those that the source asks for.' },
      ),
    });
});

/** The members of a file that say whom the hall asks, how often, and what it shows. */
export const asked = {
  url: Url,
  /** Seconds from one question to the next. */
  every: z.number().min(1).max(86_400).default(60),
  /** Seconds until an answer must be whole. */
  timeout: z.number().min(1).max(120).default(10),
  /** Shown as Bearer token. */
  token: Line.optional(),
  username: Secret.optional(),
  password: Secret.optional(),
  headers: Headers.default({}),
  /** Whom the certificate must be signed by; left out: those that this program brings along. It is checked in any case. */
  ca: Ca.optional(),
  /** Seconds without a usable answer after which the feed counts as silent. */
  silentAfter: z.number().min(1).max(604_800).optional(),
};
const Asked = z.object(asked);
export type Asked = z.infer<typeof Asked>;

/** Seconds without a usable answer after which a feed is silent. */
export function silentAfterOf({ silentAfter, every }: Pick<Asked, 'silentAfter' | 'every'>): number {
  return silentAfter ?? Math.max(SILENT_S, SILENT_TIMES * every);
}

/** What of them does not fit together. */
export function* askedMisfits(asking: Omit<Asked, 'headers' | 'timeout'>): Iterable<Misfit> {
  const { url, ca, token, username, password, every, silentAfter } = asking;
  if (ca !== undefined && !url.startsWith('https:'))
    yield {
      path: ['ca'],
      said: { zh: '地址不加密，证书不会用到', en: 'is not used, as the address has no encryption' },
      remedy: { zh: '请写以 https:// 开头的地址', en: 'Write an address with https://.' },
    };
  if (token !== undefined && username !== undefined)
    yield {
      path: ['token'],
      said: { zh: '与 username 同时写了，只能用一种登录', en: 'stands beside `username`: there is one login' },
      remedy: { zh: '请删去其中之一', en: 'Remove one of the two.' },
    };
  if (password !== undefined && username === undefined)
    yield {
      path: ['password'],
      said: { zh: '没有用户名', en: 'has no user name' },
      remedy: { zh: '请写 username', en: 'Write `username`, too.' },
    };
  // RFC 7617, 2: what stands before the first colon is the name.
  if (username?.includes(':'))
    yield {
      path: ['username'],
      said: { zh: '含有冒号', en: 'holds a colon' },
      remedy: { zh: '请核对用户名；密码写在 password 中', en: 'Check the name; the password is `password`.' },
    };
  if (silentAfter !== undefined && silentAfter <= every)
    yield {
      path: ['silentAfter'],
      said: { zh: '不大于 every，每次都会判为静默', en: 'is no more than `every`: the feed would be silent each time' },
      remedy: { zh: '请写 every 的三倍左右', en: 'Write some three times `every`.' },
    };
}

/** What is wrong with an address, and what to do; null for one that can be asked. */
function addressFault(text: string): Said | null {
  if (!URL.canParse(text)) return NO_ADDRESS;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      message: { zh: `协议是 ${url.protocol}`, en: `has the protocol ${url.protocol}` },
      remedy: {
        zh: '请写以 http:// 或 https:// 开头的地址',
        en: 'Write an address that begins with http:// or https://.',
      },
    };
  if (url.username !== '' || url.password !== '') return LOGIN_IN_URL;
  return url.hash === '' ? null : FRAGMENT;
}

const NO_ADDRESS: Said = {
  message: { zh: '不是网络地址', en: 'is not an address' },
  remedy: { zh: '请写成 https://主机/路径', en: 'Write it like https://host/path.' },
};
const LOGIN_IN_URL: Said = {
  message: { zh: '地址中带有用户名或密码', en: 'holds a user name or password' },
  remedy: { zh: '请写在 username 与 password 中', en: 'Write them as `username` and `password`.' },
};
const FRAGMENT: Said = {
  message: { zh: '带有 # 之后的部分', en: 'has a #fragment' },
  remedy: { zh: '请删去；它不会发给来源', en: 'Remove it: it is not sent.' },
};
const NO_NAME: Said = {
  message: { zh: '不是请求头的名称', en: "is no header's name" },
  remedy: { zh: '请写成 X-Api-Key 这样', en: 'Write it like X-Api-Key.' },
};
const NOT_YOURS: Said = {
  message: { zh: '这一请求头由大厅自己写', en: 'is a header that the hall itself says' },
  remedy: {
    zh: '请删去；登录请写 token，或 username 与 password',
    en: 'Remove it; a login is `token`, or `username` and `password`.',
  },
};
