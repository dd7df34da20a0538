import { type DiskTrouble, diskTroubleOf } from '../files/trouble.ts';

/** The disk said no. Nothing of the group was written, no figure changed, and the ledger goes on. */
export class LedgerWriteError extends Error {
  readonly trouble: DiskTrouble;
  /** The whole sentence, for the person who decided. */
  readonly text: { zh: string; en: string };

  constructor(cause: unknown) {
    const trouble = diskTroubleOf(cause);
    const { because, remedy } = trouble;
    const en = `Nothing was recorded in ledger.db: ${because.en}. ${remedy.en} Then do it again.`;
    super(en, { cause });
    this.name = 'LedgerWriteError';
    this.trouble = trouble;
    this.text = { zh: `未记录，未生效：台账无法写入，${because.zh}。${remedy.zh}然后重新操作。`, en };
  }
}

/** The ledger has been closed; the hall is going down. */
export class LedgerClosed extends Error {
  readonly text = {
    zh: '大厅服务正在停止，未记录。请启动后重新操作。',
    en: 'The hall is stopping; nothing was recorded. Start it and do it again.',
  };

  constructor() {
    super('The ledger is closed: the hall is stopping. Start it again.');
    this.name = 'LedgerClosed';
  }
}

/** A decision produced something that no station would take as an event: too large, or with what no ledger can carry. */
export class UnfitEvent extends Error {
  /** For the person who decided. */
  readonly text: { zh: string; en: string };

  constructor(type: string, reason: 'malformed' | 'too-large', message: string) {
    const large = reason === 'too-large';
    const remedy = large ? 'Say it in fewer words, or in several parts.' : 'Leave out what is no printable text.';
    const en = `The event "${type}" was not recorded: ${message}. ${remedy}`;
    super(en);
    this.name = 'UnfitEvent';
    const zh = large
      ? '未记录，未生效：内容过长，请缩短或分几次记录。'
      : '未记录，未生效：内容中有无法记录的字符，请去掉后重新操作。';
    this.text = { zh, en };
  }
}

/** The data folder holds another station's ledger: writing to it under this name would give two stations one history. */
export class WrongStation extends Error {
  constructor(folder: string, owner: string, station: string) {
    super(
      `The data folder ${folder} belongs to station "${owner}"; this hall is called "${station}". Start it as "${owner}", or on another folder with --data.`,
    );
    this.name = 'WrongStation';
  }
}
