import { z } from 'zod';
import { Id } from '../../../contract/schema/basics.ts';
import { complaint } from '../../../core/complaint.ts';
import { Crs } from '../../../core/places/crs.ts';
import { WrittenText } from '../../../core/plainText.ts';
import type { Said } from '../../config/issue.ts';
import { recorded } from '../recording/config.ts';

/** Sensors and units of which only this feed may speak; with `*` at the end all whose id begins so. */
export const Owns = z.array(z.string().min(1).max(65)).max(10_000).default([]);

/** Configuration of one ws-json feed. */
export const WsJsonConfig = z.strictObject({
  id: Id,
  protocol: z.literal('ws-json'),
  name: WrittenText,
  ...recorded,
  /** Where the source listens; may hold `${variables}`, so that tokens stay out of the file. */
  url: z.string().superRefine((url, ctx) => {
    const fault = urlFault(url);
    if (fault !== null) ctx.addIssue({ code: 'custom', ...complaint(fault.message, fault.remedy) });
  }),
  /** What the source's coordinates mean. No default: guessing it wrong puts every unit half a kilometre off. */
  crs: Crs,
  owns: Owns,
  /** Seconds without a message after which the feed counts as silent. */
  silentAfter: z.number().min(1).max(86_400).default(10),
  /** Messages a second that are read; what comes faster waits at the source. */
  maxMessagesPerSecond: z.number().int().min(1).max(1_000_000).default(50_000),
});
export type WsJsonConfig = z.infer<typeof WsJsonConfig>;

/** What is wrong with a source's address, and what to do; null for one that can be dialled. */
export function urlFault(url: string): Said | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return {
      message: { zh: '不是网络地址', en: 'is not an address' },
      remedy: { zh: '请写成 ws://主机:端口/路径', en: 'Write it like ws://host:port/path.' },
    };
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    return {
      message: { zh: `协议是 ${parsed.protocol}`, en: `has the protocol ${parsed.protocol}` },
      remedy: { zh: '请写以 ws:// 或 wss:// 开头的地址', en: 'Write an address that begins with ws:// or wss://.' },
    };
  }
  if (parsed.hash === '') return null;
  return {
    message: { zh: '带有 # 之后的部分', en: 'has a #fragment' },
    remedy: { zh: '请删去；WebSocket 地址没有这一部分', en: 'Remove it; WebSocket addresses have none.' },
  };
}
