/** Which camera of which device. */
export interface Gb28181Address {
  readonly device: string;
  readonly channel: string;
  /** Whether it has a drive, where the device says something else; as it says when left out. */
  readonly turns?: boolean | undefined;
}

/** Of the hall's cameras those of devices that register with it. */
export function gb28181Of(
  cameras: readonly {
    readonly source?: string | { readonly onvif: string } | { readonly gb28181: Gb28181Address };
  }[],
): Gb28181Address[] {
  return cameras.flatMap(({ source }) => (typeof source === 'object' && 'gb28181' in source ? [source.gb28181] : []));
}
