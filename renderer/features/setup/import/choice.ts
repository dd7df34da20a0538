import type { ImportAsked, ImportedKind } from '../../../../contract/features/setupImport.ts';
import type { SentFile } from './sendFile.ts';

/** What a file's coordinates may be said to mean; `file`: as it says itself, `other`: by the number of EPSG. */
export const CRS_CHOICES = ['file', 'wgs84', 'gcj02', 'bd09', 'cgcs2000', 'other'] as const;
export type CrsChoice = (typeof CRS_CHOICES)[number];

/** What somebody chose to import. */
export interface Choice {
  readonly kind: ImportedKind;
  readonly file: SentFile | null;
  readonly crs: CrsChoice;
  /** Digits, where that is `other`. */
  readonly epsg: string;
  /** Null for the one that the hall takes by itself. */
  readonly sheet: string | null;
}

export const NO_CHOICE: Choice = { kind: 'sensors', file: null, crs: 'file', epsg: '', sheet: null };

/** Whether things of a kind stand somewhere. */
export const isPlaced = (kind: ImportedKind): boolean => kind !== 'units' && kind !== 'departments';

/** Whether it can be looked through. */
export const isWhole = ({ kind, file, crs, epsg }: Choice): boolean =>
  file !== null && (!isPlaced(kind) || crs !== 'other' || /^\d{4,5}$/.test(epsg.trim()));

/** What the hall is asked, of a file that it has. */
export function askedOf({ kind, crs, epsg, sheet }: Choice, upload: string): ImportAsked {
  const said = crs === 'other' ? `EPSG:${epsg.trim()}` : crs;
  return {
    ...{ upload, kind },
    ...(isPlaced(kind) && crs !== 'file' ? { crs: said } : {}),
    ...(sheet === null ? {} : { sheet }),
  };
}
