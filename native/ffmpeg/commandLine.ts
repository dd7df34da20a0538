import fluent from 'fluent-ffmpeg';

/** What one ffmpeg reads and writes. */
export interface FfmpegCommand {
  /** Address, file or `pipe:0`. */
  readonly from: string;
  /** Options of what is read: none, or a name and a value at the least. */
  readonly reading: readonly string[];
  /** Options of what is written: a name and a value at the least. */
  readonly writing: readonly string[];
  /** File, which is written over, or `pipe:1`. */
  readonly to: string;
}

/** The part of fluent-ffmpeg that its types leave out. */
interface Worded {
  _getArguments(): string[];
}

/** The words behind ffmpeg's name. fluent-ffmpeg puts them together and starts nothing (docs/adr/0021-ffmpeg-is-given-bytes.md). */
export function commandLine({ from, reading, writing, to }: FfmpegCommand): string[] {
  const command = fluent().input(from);
  // Word by word: of a list fluent-ffmpeg takes a word with a space in it for two.
  if (reading.length > 0) command.inputOptions(...reading);
  command.output(to).outputOptions(...writing);
  return (command as unknown as Worded)._getArguments();
}
