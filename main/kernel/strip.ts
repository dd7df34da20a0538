import type { StationView } from '../../contract/features/station.ts';

/** The members of the strip that are a feature's to say. */
type StripPart = Partial<Pick<StationView, 'drill' | 'ffmpeg' | 'rejects'>>;

/** What features say of themselves in the station's strip. */
export interface Strip {
  /** @param part is asked whenever the strip is shown */
  add(part: () => StripPart): void;
  /** Something of it is another than before. */
  changed(): void;
  onChange(listener: () => void): void;
  /** All parts as they are now. */
  parts(): StripPart;
}

export function createStrip(): Strip {
  const parts: (() => StripPart)[] = [];
  const listeners: (() => void)[] = [];
  return {
    add: (part) => void parts.push(part),
    changed() {
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
    parts: () => Object.assign({}, ...parts.map((part) => part())),
  };
}
