import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import type { Said } from '../../config/issue.ts';
import type { FeedDeps } from '../deps.ts';
import { faultOf } from '../faultOf.ts';
import type { HealthKeeper } from '../health.ts';
import { playDevices } from '../replay/devices.ts';
import { type Address, addressText } from '../transports/address.ts';
import { cannotListen } from '../transports/listen.ts';
import { callTcp } from '../transports/tcpCalls.ts';
import type { DialError } from '../transports/tcpDial.ts';
import type { Link, LinkEars } from '../transports/tcpLink.ts';
import { listenTcp, type TcpServer } from '../transports/tcpServer.ts';
import { listenUdp } from '../transports/udpServer.ts';
import type { DeviceFeedConfig } from './config.ts';

/** An address that is taken is tried again: whoever has it may be the hall that is just ending. */
const AGAIN = { firstMs: 500, maxMs: 15_000 };
/** Connections beyond the limit are told of at most so often, ms. */
const TOLD_AGAIN_MS = 60_000;

type Deps = Pick<FeedDeps, 'clock' | 'log' | 'rejects' | 'played'> & { readonly health: HealthKeeper };

/** The way on which a feed and its devices meet: they dial the hall, or it calls them. */
export interface Way {
  close(): Promise<void>;
}

/** @param open hears of each connection */
export function openWay(config: DeviceFeedConfig, deps: Deps, open: (link: Link) => LinkEars): Way {
  const { listen, dial } = config;
  if (deps.played !== undefined) return playDevices(deps.played, config, deps, open);
  if (listen !== undefined) return awaitDevices(listen, config, deps, open);
  return callDevices(dial ?? [], config, deps, open);
}

function awaitDevices(
  listen: Address,
  { id, idleAfter, maxConnections: mostLinks }: DeviceFeedConfig,
  { clock, log, rejects, health }: Deps,
  open: (link: Link) => LinkEars,
): Way {
  let server: TcpServer | null = null;
  let attempts = 0;
  let stopped = false;
  let cancelRetry = () => {};
  let toldAt = Number.NEGATIVE_INFINITY;

  const begin = (): void => {
    cancelRetry = () => {};
    server = (listen.over === 'udp' ? listenUdp : listenTcp)(listen, { mostLinks, idleAfter }, clock, {
      listening(port) {
        attempts = 0;
        health.connected();
        log.info({ feed: id, host: listen.host, port }, 'a feed listens for its devices');
      },
      down(error) {
        if (stopped) return;
        const why = cannotListen(listen, error);
        health.down(why, 'cannot-listen');
        const ms = backoffMs(AGAIN, attempts, spreadOf(id, attempts));
        attempts++;
        log.warn({ feed: id, why: error.code ?? error.message, attempts, wait: ms }, 'feed is down');
        cancelRetry = clock.setTimeout(begin, ms);
      },
      link: open,
      turnedAway(peer) {
        health.refused();
        if (clock.monotonic() - toldAt < TOLD_AGAIN_MS) {
          rejects.count(1);
          return;
        }
        toldAt = clock.monotonic();
        const message = {
          zh: `已有 ${mostLinks} 台设备连接，拒绝了 ${peer}`,
          en: `${mostLinks} devices are connected: ${peer} was turned away`,
        };
        const remedy = {
          zh: '请核对是否有设备反复重连，或调大 maxConnections',
          en: 'Look for devices that dial again and again, or raise `maxConnections`.',
        };
        rejects.add({ door: 'feed', source: id, path: '', message, remedy, excerpt: '' });
      },
    });
  };
  begin();
  return {
    async close() {
      stopped = true;
      cancelRetry();
      await server?.close();
    },
  };
}

function callDevices(
  dial: readonly Address[],
  { id, idleAfter }: DeviceFeedConfig,
  { clock, log, rejects, health }: Deps,
  open: (link: Link) => LinkEars,
): Way {
  let reached = 0;
  /** Addresses at which nobody was reached since somebody was. */
  const lost = new Set<string>();
  return callTcp(dial, { name: id, idleAfter }, clock, {
    link(link, at) {
      if (reached++ === 0) health.connected();
      lost.delete(addressText(at));
      const ears = open(link);
      return {
        bytes: ears.bytes,
        gone() {
          reached--;
          ears.gone();
        },
      };
    },
    lost(at, error) {
      const where = addressText(at);
      const { message, remedy } = notReached(where, error);
      if (!lost.has(where)) {
        log.warn({ feed: id, at: where, why: message.en }, 'a device is not reached');
        rejects.add({ door: 'feed', source: id, path: where, message, remedy, excerpt: '' });
      }
      lost.add(where);
      if (reached > 0 || lost.size < dial.length) return;
      const why = { zh: `${message.zh}；${remedy.zh}`, en: `${message.en}. ${remedy.en}` };
      health.down(why, error === null ? 'closed' : faultOf(error));
    },
  });
}

function notReached(where: string, error: DialError | null): Said {
  if (error === null)
    return {
      message: { zh: `${where} 断开了连接`, en: `${where} ended the connection` },
      remedy: {
        zh: '大厅会继续呼叫；它可能只接受一个中心：请停止其他程序',
        en: 'It is called again. It may take one centre only: stop the other programs that read it.',
      },
    };
  const { code, message } = error;
  const said = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  return {
    message: { zh: `呼叫不到 ${where}（${said}）`, en: `${where} is not reached (${said})` },
    remedy: {
      zh: '请核对设备的电源与网络，以及数据源文件中的 dial',
      en: "See to the device's power and network, and check `dial` in the feed's file.",
    },
  };
}
