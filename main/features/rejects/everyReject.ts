import type { ErrorCode } from '../../../contract/errors.ts';
import type { RejectView } from '../../../contract/features/rejects.ts';
import type { FrameReject } from '../../../contract/wire/served.ts';
import type { Text } from '../../../core/words.ts';
import type { NewestReject } from '../../rejects/rejects.ts';

/** The newest few of everything that was refused at the hall's doors, from memory: while the quarantine cannot be read. Newest first. */
export function everyReject(doors: {
  feeds: readonly NewestReject[];
  peers: readonly NewestReject[];
  windows: readonly FrameReject[];
}): RejectView[] {
  return [...doors.feeds, ...doors.peers, ...doors.windows.map(windowReject)]
    .sort((a, b) => b.at - a.at)
    .map((newest) => ({ ...newest, of: null, length: null, state: 'kept' }));
}

/** What a window was refused, as everything else is told. */
export function windowReject({ n, at, client, error, text, excerpt }: FrameReject): NewestReject {
  return {
    ...{ id: `window-${n}`, at, door: 'window', source: client, path: error.field ?? '' },
    message: text ?? { zh: IN_CHINESE[error.code] ?? '窗口的请求未被接受', en: error.message },
    ...{ remedy: error.code === 'forbidden' ? ANOTHER_SEAT : RELOAD, excerpt },
  };
}

/** What a window is refused without a sentence in both languages: faults of its program, for whoever looks after it. */
const IN_CHINESE: { readonly [C in ErrorCode]?: string } = {
  'bad-request': '窗口发来的内容不符合约定',
  'not-found': '窗口所要的内容在大厅服务中不存在',
};

const RELOAD: Text = {
  zh: '请刷新窗口；若再次出现，请核对窗口与大厅服务的版本',
  en: 'Reload the window; if it comes again, compare its version with the hall’s.',
};
const ANOTHER_SEAT: Text = {
  zh: '请由有此权限的席位操作，权限表见 docs/security.md',
  en: 'Let a seat do it that has the right: docs/security.md has the table.',
};
