const VALID_MS = 20_000;

/** What a client is answered that asks whether it is heard; one that hears nothing hangs up and dials again. @param now wall ms */
export function pongAt(now: number): Uint8Array {
  const [time, stale] = [now, now + VALID_MS].map((t) => new Date(t).toISOString());
  return Buffer.from(
    `<event version="2.0" uid="takPong" type="t-x-c-t-r" how="h-g-i-g-o" time="${time}" start="${time}" stale="${stale}">` +
      '<point lat="0" lon="0" hae="0" ce="9999999" le="9999999"/></event>\n',
  );
}
