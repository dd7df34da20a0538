import { ContractError } from '../../../contract/errors.ts';
import type { Outcome } from '../../../contract/features/rejects.ts';
import type { Caller, Handlers } from '../../../contract/wire/served.ts';
import type { EventDraft } from '../../../core/ledger/envelope.ts';
import { droppedDraft, putThroughDraft, type Quarantined } from '../../../core/people/audit.ts';
import type { Text } from '../../../core/words.ts';
import { said } from '../../domain/decided.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { KeptMessage } from '../../rejects/quarantine.ts';

type Takes = Pick<Kernel, 'clock' | 'feeds' | 'ledger' | 'log' | 'quarantine'>;

/** What people do with messages that were refused: each is recorded before it is done. */
export function rejectHandlers({
  clock,
  feeds,
  ledger,
  log,
  quarantine,
}: Takes): Pick<Handlers, 'rejects.again' | 'rejects.drop'> {
  const find = (id: string, caller: Caller): KeptMessage => {
    quarantine.flush();
    let message: KeptMessage | null;
    try {
      message = quarantine.message(Number(id));
    } catch (cause) {
      log.warn({ err: cause }, 'the quarantine could not be read');
      throw no(caller, UNUSABLE);
    }
    if (message === null) throw no(caller, MADE_ROOM);
    return message;
  };
  const record = async (caller: Caller, draft: EventDraft): Promise<void> => {
    try {
      await ledger.transact(() => [draft]);
    } catch (error) {
      throw said(error, caller);
    }
  };

  return {
    'rejects.again': async ({ id, raw: written }, caller) => {
      const message = find(id, caller);
      const corrected = written === undefined ? null : Buffer.from(written, 'base64');
      const bytes = corrected ?? message.bytes;
      const { source } = message;
      if (message.door !== 'feed' || bytes === null || source === null) throw no(caller, BY_DOOR[message.door]);
      if (corrected === null && bytes.length < (message.length ?? 0)) throw no(caller, CUT);
      if (!feeds.health().some((feed) => feed.id === source)) throw no(caller, gone(source));
      await record(caller, putThroughDraft(caller.seat, bodyOf(id, message), corrected !== null));
      const { topic, retained, at } = message;
      const raw = { bytes, retained, ...(topic === null ? {} : { topic }) };
      const outcome = await feeds.again(source, raw, at).catch((error: unknown) => {
        throw said(error, caller);
      });
      if (!outcome) throw no(caller, gone(source));
      const state = isTaken(outcome) ? 'put-through' : message.state;
      const did = corrected === null ? 'put-through' : 'corrected';
      log.info(
        { seat: caller.seat, feed: source, message: id, did, taken: outcome.taken },
        'a message was put through again',
      );
      const deed = {
        at: clock.now(),
        actor: caller.seat,
        did,
        outcome: JSON.stringify(outcome),
        corrected,
        state,
      } as const;
      quarantine.act(Number(id), deed);
      return { outcome, state };
    },
    'rejects.drop': async ({ id }, caller) => {
      const message = find(id, caller);
      await record(caller, droppedDraft(caller.seat, bodyOf(id, message)));
      const deed = {
        at: clock.now(),
        actor: caller.seat,
        did: 'dropped',
        outcome: null,
        corrected: null,
        state: 'dropped',
      } as const;
      if (!quarantine.act(Number(id), deed)) throw no(caller, UNUSABLE);
      return {};
    },
  };
}

const bodyOf = (id: string, { source, at }: KeptMessage): Quarantined => ({
  ...{ source: source?.slice(0, 500) ?? null, message: id, at },
});

const isTaken = ({ taken, known, late }: Outcome): boolean => taken + known + late > 0;

function no({ lang }: Caller, text: Text): ContractError {
  return new ContractError('refused', lang === 'en' ? text.en : text.zh, { text });
}

/** Why what came by a door cannot be put through again. */
const BY_DOOR: Readonly<Record<KeptMessage['door'], Text>> = {
  feed: {
    zh: '这次拒收没有报文可以重新投递：请让来源重发',
    en: 'There is no message of this refusal to put through: have the source send again.',
  },
  file: {
    zh: '文件不能重新投递：请改正文件，然后在“设置”中载入文件',
    en: 'A file cannot be put through: mend it, then load the files under Setup.',
  },
  station: {
    zh: '其他工作站的记录不能由人重新投递：对方会自动重发，请按处理办法操作',
    en: 'What another station sent cannot be put through by hand: it sends again by itself. Do as the remedy says.',
  },
  window: {
    zh: '窗口的请求不能重新投递：请在窗口中重新操作',
    en: 'What a window asked cannot be put through: do it in the window again.',
  },
};
const CUT: Text = {
  zh: '报文太长，只保存了开头，不能原样重新投递：请让来源重发',
  en: 'The message was too long to be kept whole, and cannot be put through as it came: have the source send it again.',
};
const UNUSABLE: Text = {
  zh: '隔离区文件 quarantine.db 暂不能读写，原因见“提示”；恢复后请重试',
  en: 'The quarantine, quarantine.db, cannot be used now: the notices say why. Try again when it can.',
};
const MADE_ROOM: Text = {
  zh: '这条报文已不在隔离区：新的报文占用了它的位置',
  en: 'The message is not in the quarantine any more: newer ones needed its room.',
};
const gone = (source: string): Text => ({
  zh: `大厅已没有数据源 ${source}，或它正在关闭：请在数据目录 feeds 中恢复该文件，然后在“设置”中载入文件`,
  en: `The hall has no feed ${source} any more, or it is closing: put its file back into the folder feeds, then load the files under Setup.`,
});
