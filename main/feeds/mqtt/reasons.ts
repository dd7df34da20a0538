import type { FeedFault } from '../../../contract/features/feeds.ts';
import type { Text } from '../../../core/words.ts';
import { faultOf, NO_TLS, UNTRUSTED } from '../faultOf.ts';

/** Why there is no connection to a broker: what a window says of it, and the same more closely. */
export interface Loss {
  readonly why: Text;
  readonly fault: FeedFault;
}

const LOGIN = {
  why: {
    zh: '服务器不接受用户名或密码，请核对数据源文件中的 username 与 password',
    en: "the broker does not accept the user name or password: check `username` and `password` in the feed's file",
  },
  fault: 'unauthorised',
} as const satisfies Loss;
const NO_RIGHT = {
  why: {
    zh: '服务器不允许本站连接，请核对 username、password 与 clientId，或请其管理员授权',
    en: 'the broker does not let this station in: check `username`, `password` and `clientId`, or ask its keeper for the right',
  },
  fault: 'unauthorised',
} as const satisfies Loss;
const OTHER_VERSION = {
  why: {
    zh: '服务器不支持这一版本的 MQTT，请在数据源文件中写 version: 3.1.1 或 version: 5',
    en: "the broker does not speak this version of MQTT: write `version: 3.1.1` or `version: 5` in the feed's file",
  },
  fault: 'not-a-feed',
} as const satisfies Loss;
const CLIENT_ID = {
  why: {
    zh: '服务器不接受这个 clientId，请向其管理员询问应写什么',
    en: 'the broker does not accept this `clientId`: ask its keeper which one to write',
  },
  fault: 'unauthorised',
} as const satisfies Loss;
const BUSY = {
  why: { zh: '服务器忙或暂停服务', en: 'the broker is busy or out of service' },
  fault: 'refused',
} as const satisfies Loss;
const TAKEN_OVER = {
  why: {
    zh: '另一个程序以同一个 clientId 连接了服务器，请给其中一个写上别的 clientId',
    en: 'another program connected to the broker with the same `clientId`: give one of the two another',
  },
  fault: 'closed',
} as const satisfies Loss;
const SHUTS_DOWN = {
  why: { zh: '服务器正在关闭', en: 'the broker is shutting down' },
  fault: 'closed',
} as const satisfies Loss;

/** What a broker gives as reason: 1 to 5 of MQTT 3.1.1 (3.2.2.3), from 128 on of MQTT 5 (2.4). */
const OF_REASONS: ReadonlyMap<number, Loss> = new Map<number, Loss>([
  [1, OTHER_VERSION],
  [2, CLIENT_ID],
  [3, BUSY],
  [4, LOGIN],
  [5, NO_RIGHT],
  [132, OTHER_VERSION],
  [133, CLIENT_ID],
  [134, LOGIN],
  [135, NO_RIGHT],
  [136, BUSY],
  [137, BUSY],
  [138, NO_RIGHT],
  [139, SHUTS_DOWN],
  [140, NO_RIGHT],
  [142, TAKEN_OVER],
  [159, BUSY],
]);

/** The broker closed the connection without a reason. */
export const CLOSED: Loss = {
  why: {
    zh: '服务器断开了连接；反复出现时，可能有另一个程序用了同一个 clientId',
    en: 'the broker closed the connection; where that repeats, another program may use the same `clientId`',
  },
  fault: 'closed',
};

/** More came than any message may hold. */
export const TOO_LONG: Loss = {
  why: {
    zh: '服务器发来的报文过长，已断开；请从 topics 中去掉发送大报文的主题',
    en: 'the broker sent a message far too long, and the connection was ended: take topics of large messages out of `topics`',
  },
  fault: 'failed',
};

/** None of the topics may be subscribed to. */
export const NO_TOPICS: Loss = {
  why: {
    zh: '服务器不允许订阅任何主题，请核对 topics，或请其管理员授权',
    en: 'the broker lets this station subscribe to none of its topics: check `topics`, or ask its keeper for the right',
  },
  fault: 'unauthorised',
};

/** What a reason of the broker's means. */
export function lossOfReason(code: number): Loss {
  return (
    OF_REASONS.get(code) ?? {
      why: { zh: `服务器以代码 ${code} 结束了连接`, en: `the broker ended the connection with the code ${code}` },
      fault: 'closed',
    }
  );
}

/** What an error of the connection means. @param error its `code` is a broker's reason, or the system's word */
export function lossOf(error: { code?: number | string | undefined; message: string }): Loss {
  const { code, message } = error;
  if (typeof code === 'number') return lossOfReason(code);
  const report = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  const loss = (zh: string, en: string, fault: FeedFault): Loss => ({ why: { zh, en }, fault });
  if (code !== undefined && UNTRUSTED.test(code))
    return loss(
      `不信任服务器的证书（${code}），请核对 ca、地址中的主机名与本机的时钟`,
      `the broker's certificate is not trusted (${code}): check \`ca\`, the host in \`url\` and this PC's clock`,
      'untrusted',
    );
  if (code !== undefined && NO_TLS.test(code))
    return loss(
      `该端口上没有加密服务（${code}），请核对 url 的协议与端口`,
      `nothing speaks TLS at this port (${code}): check the protocol and port in \`url\``,
      'not-a-feed',
    );
  if (/timeout/i.test(message)) return loss('服务器没有应答', 'the broker does not answer', 'timeout');
  // What has no code is the protocol's own: something answers that is no broker.
  const fault = faultOf({ code, message });
  const odd = code === undefined && fault === 'failed';
  return loss(`系统报告“${report}”`, report, odd ? 'not-a-feed' : fault);
}
