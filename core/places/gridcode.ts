/**
 * Codes of the management grid, after GB/T 30428.1: 6 digits of county (GB/T 2260), 3 of street (街道),
 * 3 of community (社区), 3 of grid cell (单元网格).
 */
export interface GridCode {
  readonly county: string;
  readonly street: string;
  readonly community: string;
  readonly cell: string;
}

/** A grid code that breaks GB/T 30428.1; the message says which part and what is wanted. */
export class GridCodeError extends Error {
  readonly code: string;

  constructor(code: string, reason: string) {
    super(`Grid code "${code}" is not valid: ${reason}.`);
    this.name = 'GridCodeError';
    this.code = code;
  }
}

const PARTS = [
  ['county', 6],
  ['street', 3],
  ['community', 3],
  ['cell', 3],
] as const;

/** Splits a 15-digit code into its parts. Throws {@link GridCodeError}. */
export function parseGridCode(code: string): GridCode {
  if (!/^[0-9]*$/.test(code)) throw new GridCodeError(code, 'it must hold digits only');
  if (code.length !== 15) {
    throw new GridCodeError(
      code,
      `it must have 15 digits (6 county, 3 street, 3 community, 3 cell), not ${code.length}`,
    );
  }
  return checked(code, {
    county: code.slice(0, 6),
    street: code.slice(6, 9),
    community: code.slice(9, 12),
    cell: code.slice(12, 15),
  });
}

/** Joins the parts into the 15-digit code. Throws {@link GridCodeError} on a part of the wrong length or of zeros. */
export function formatGridCode(parts: GridCode): string {
  const code = `${parts.county}${parts.street}${parts.community}${parts.cell}`;
  for (const [name, length] of PARTS) {
    if (!/^[0-9]+$/.test(parts[name]) || parts[name].length !== length) {
      throw new GridCodeError(code, `its ${name} part "${parts[name]}" must be ${length} digits`);
    }
  }
  checked(code, parts);
  return code;
}

/** The 9-digit code of the street that a cell lies in. */
export function streetCodeOf(code: string): string {
  return code.slice(0, 9);
}

/** The 12-digit code of the community that a cell lies in. */
export function communityCodeOf(code: string): string {
  return code.slice(0, 12);
}

function checked(code: string, parts: GridCode): GridCode {
  if (parts.county.startsWith('0')) throw new GridCodeError(code, 'a county code does not start with 0');
  for (const [name] of PARTS) {
    if (/^0+$/.test(parts[name]))
      throw new GridCodeError(code, `its ${name} part is all zeros, which names no ${name}`);
  }
  return parts;
}
