/** What a conversion is at: bytes of the file in the first two phases, steps in the third, tiles of the largest zoom in the last. */
export interface ConvertProgress {
  readonly phase: 'reading' | 'ways' | 'areas' | 'tiles';
  readonly done: number;
  readonly of: number;
}
