/**
 * The identifiers of elements as they are written in ASCII frames, and in HEX/BCD frames (SL 651-2014 annex C). Those that guide the reader
 * through a text (TT, ST, RGZS, PIC, DATA, DRxnn) are not among them. How long a value is and where its point stands says the frame.
 */
const SYMBOLS = `
  01:AC 02:AI 03:C 05:DT 06:ED 07:EJ 08:FL 09:GH 0A:GN 0B:GS 0C:GT 0D:GTP 0E:H 0F:HW
  10:M10 11:M20 12:M30 13:M40 14:M50 15:M60 16:M80 17:M100 18:MST 19:NS 1A:P1 1B:P2 1C:P3 1D:P6 1E:P12 1F:PD
  20:PJ 21:PN01 22:PN05 23:PN10 24:PN30 25:PR 26:PT 27:Q 28:Q1 29:Q2 2A:Q3 2B:Q4 2C:Q5 2D:Q6 2E:Q7 2F:Q8
  30:QA 31:QZ 32:SW 33:UC 34:UE 35:US 36:VA 37:VJ 38:VT 39:Z 3A:ZB 3B:ZU 3C:Z1 3D:Z2 3E:Z3 3F:Z4
  40:Z5 41:Z6 42:Z7 43:Z8 44:SQ 45:ZT 46:pH 47:DO 48:COND 49:TURB 4A:CODMN 4B:REDOX 4C:NH4N 4D:TP 4E:TN 4F:TOC
  50:CU 51:ZN 52:SE 53:AS 54:THG 55:CD 56:PB 57:CHLA 58:WP1 59:WP2 5A:WP3 5B:WP4 5C:WP5 5D:WP6 5E:WP7 5F:WP8
  60:SYL1 61:SYL2 62:SYL3 63:SYL4 64:SYL5 65:SYL6 66:SYL7 67:SYL8 68:SBL1 69:SBL2 6A:SBL3 6B:SBL4 6C:SBL5 6D:SBL6 6E:SBL7 6F:SBL8
  70:VTA 71:VTB 72:VTC 73:VIA 74:VIB 75:VIC
  F4:DRP F5:DRZ1 F6:DRZ2 F7:DRZ3 F8:DRZ4 F9:DRZ5 FA:DRZ6 FB:DRZ7 FC:DRZ8
`;

const BY_SYMBOL: ReadonlyMap<string, string> = new Map(
  SYMBOLS.trim()
    .split(/\s+/)
    .map((pair) => {
      const [id = '', symbol = ''] = pair.split(':');
      return [symbol.toUpperCase(), id];
    }),
);

/** The identifier of an element that an ASCII frame names; vendors' own are FF and two digits. Null: nobody knows it. */
export function elementOf(symbol: string): string | null {
  const upper = symbol.toUpperCase();
  return BY_SYMBOL.get(upper) ?? (/^FF[0-9A-F]{2}$/.test(upper) ? upper : null);
}

/** Four bytes of bits: the state and alarms of a station (table 58). */
export const STATE = '45';

/**
 * How the twelve five-minute values of an hour are packed: F4 rain, a byte each of 0.1 mm; F5 to FC level above the gauge's base, two bytes each
 * of 0.01 m. The value that is all ones is none.
 */
export function slotsOf(id: string): { readonly width: 1 | 2; readonly decimals: 1 | 2 } | null {
  if (!id.startsWith('F')) return null;
  if (id === 'F4') return { width: 1, decimals: 1 };
  return /^F[5-9A-C]$/.test(id) ? { width: 2, decimals: 2 } : null;
}
