/** What a sensor said: `t` in ms by the source's clock. */
export interface Said {
  readonly t: number;
  readonly value: number;
  readonly quality: 'good' | 'doubtful' | 'bad';
}
