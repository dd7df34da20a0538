import type { Issue } from '../config/issue.ts';

/** What became of a message that was posted to a feed. */
export type Posted =
  /** The hall takes no more for the moment. */
  | { readonly is: 'busy'; readonly retryMs: number }
  /** Nothing of it was taken. */
  | { readonly is: 'refused'; readonly fault: Issue }
  /** What of its records was taken, refused, and older than what is held; some of the refusals are described. */
  | {
      readonly is: 'taken';
      readonly taken: number;
      readonly rejected: number;
      readonly late: number;
      readonly faults: readonly Issue[];
    };

/** The door of a feed whose source posts its messages to the hall. */
export interface Receiver {
  /** Whether that is what the source has to show; takes as long for any wrong one. */
  lets(token: string): boolean;
  /** Answers at once where nothing of it has to be durable first. */
  post(message: Buffer): Posted | Promise<Posted>;
}
