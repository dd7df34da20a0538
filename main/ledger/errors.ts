import { troubleOf } from '../../native/sqlite/database.ts';

const BECAUSE = {
  full: ['the disk is full', 'Free space on the disk of the data folder and do it again.'],
  busy: ['another program holds the file', 'Close what reads or backs up the data folder and do it again.'],
  readonly: ['the file may not be written', 'Give this user the right to write in the data folder.'],
  io: ['the disk reported an error', 'Check the disk of the data folder, then do it again.'],
  unreadable: ['the file is damaged', 'Restart the hall: it sets the file aside and goes on with what verifies.'],
} as const;

/** The disk said no. Nothing of the group was written, no figure changed, and the ledger goes on. */
export class LedgerWriteError extends Error {
  /** What to do about it. */
  readonly remedy: string;

  constructor(cause: unknown) {
    const trouble = troubleOf(cause);
    const [because, remedy] =
      trouble in BECAUSE
        ? BECAUSE[trouble as keyof typeof BECAUSE]
        : [cause instanceof Error ? cause.message : String(cause), 'Do it again; if it fails again, restart the hall.'];
    super(`Nothing was recorded in ledger.db: ${because}. ${remedy}`, { cause });
    this.name = 'LedgerWriteError';
    this.remedy = remedy;
  }
}

/** The ledger has been closed; the hall is going down. */
export class LedgerClosed extends Error {
  constructor() {
    super('The ledger is closed: the hall is stopping. Start it again.');
    this.name = 'LedgerClosed';
  }
}

/** A decision produced something that no station would take as an event. A fault of the program that decided. */
export class UnfitEvent extends Error {
  constructor(type: string, message: string) {
    super(`The event "${type}" was not recorded: ${message}.`);
    this.name = 'UnfitEvent';
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
