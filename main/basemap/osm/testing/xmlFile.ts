import type { TestMap } from './pbfFile.ts';

/** The same as XML, as OpenStreetMap's own server writes it. */
export function xmlOf({ nodes = [], ways = [], relations = [], bounds }: TestMap): string {
  const tagged = (tags: Readonly<Record<string, string>> = {}) =>
    Object.entries(tags).map(([k, v]) => `    <tag k="${escaped(k)}" v="${escaped(v)}"/>`);
  const area = bounds
    ? [`  <bounds minlon="${bounds[0]}" minlat="${bounds[1]}" maxlon="${bounds[2]}" maxlat="${bounds[3]}"/>`]
    : [];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<osm version="0.6">',
    ...area,
    ...nodes.flatMap(({ id, lon, lat, tags }) => [
      `  <node id="${id}" lat="${lat}" lon="${lon}">`,
      ...tagged(tags),
      '  </node>',
    ]),
    ...ways.flatMap(({ id, refs, tags }) => [
      `  <way id="${id}">`,
      ...refs.map((ref) => `    <nd ref="${ref}"/>`),
      ...tagged(tags),
      '  </way>',
    ]),
    ...relations.flatMap(({ id, members, tags }) => [
      `  <relation id="${id}">`,
      ...members.map(
        ([type, ref, role]) => `    <member type="${['node', 'way', 'relation'][type]}" ref="${ref}" role="${role}"/>`,
      ),
      ...tagged(tags),
      '  </relation>',
    ]),
    '</osm>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
