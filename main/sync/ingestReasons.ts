import type { IngestRefusal } from '../ledger/ledger.ts';

/** Why a station does not take a record, in Chinese: of this one, and of another that says so. */
export const REASONS: Readonly<Record<IngestRefusal, string>> = {
  malformed: '格式不合规',
  'too-large': '记录过大',
  gap: '之前的记录尚未收到',
  fork: '已持有另一版本',
  'broken-link': '与已持有的记录不衔接',
  altered: '内容与校验值不符',
  misnamed: '名称不合规',
  foreign: '该名称属于接收的一方，而它没有写过此记录',
  unsealed: '没有来源工作站的签名',
  'foreign-key': '签名密钥不符',
  'too-many': '已持有的链过多',
  'not-taken': '未订阅该类记录',
};

/** Whether a word that another station says is a reason of this version. */
export function isIngestReason(reason: string): reason is IngestRefusal {
  return Object.hasOwn(REASONS, reason);
}
