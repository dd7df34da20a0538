const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand anywhere in an HTML page. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
}

const STYLE = `
:root{color-scheme:light}
body{font:15px/1.55 system-ui,"Noto Sans SC","Noto Sans CJK SC",sans-serif;color:#17212f;max-width:1080px;margin:40px auto;padding:0 24px;font-variant-numeric:tabular-nums}
h1{font-size:28px;margin:0}h2{font-size:18px;margin:36px 0 8px;border-bottom:2px solid #17212f;padding-bottom:4px}
.sub{color:#64748b;margin:4px 0 24px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px}dt{color:#64748b}dd{margin:0}
.band{position:sticky;top:0;padding:6px 10px;background:#fff3d6;border:2px solid #b45309;color:#7c2d12;font-size:15px;font-weight:700;text-align:left}
.whole>tbody>tr>td{padding:24px 0 0;border:0;font-size:15px}
table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;color:#64748b;font-weight:600}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid #d9e0ea;vertical-align:top}td.t{white-space:nowrap}
@media print{body{margin:0}tr{break-inside:avoid}.whole>tbody>tr{break-inside:auto}.band{position:static;print-color-adjust:exact}}`;

/**
 * A whole HTML page without scripts or anything fetched. `body` is HTML already.
 *
 * @param band stands over it while it is scrolled, and at the head of every page that is printed: browsers repeat a table's head alone
 */
export function page(title: string, lang: string, body: string, band: string | null = null): string {
  const banded =
    band === null
      ? body
      : `<table class="whole" role="presentation"><thead><tr><td class="band">${escapeHtml(band)}</td></tr></thead>
<tbody><tr><td>
${body}
</td></tr></tbody></table>`;
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
${banded}
</body></html>
`;
}
