/** Keys that say something to the converter. Others are passed over unread: most of a file's text is who drew it and from what. */
export const WANTED_KEYS: ReadonlySet<string> = new Set([
  ...['name', 'name:zh', 'name:zh-Hans', 'name:en', 'int_name', 'ref'],
  ...['highway', 'service', 'area', 'tunnel', 'tunnel:name', 'bridge', 'bridge:name', 'access', 'indoor'],
  ...['railway', 'public_transport', 'aeroway'],
  ...['building', 'building:levels', 'height', 'location'],
  ...['landuse', 'leisure', 'natural', 'amenity', 'tourism', 'shop', 'office', 'healthcare', 'emergency'],
  ...['historic', 'man_made', 'power', 'industrial', 'harbour', 'seamark:type', 'military', 'water', 'waterway'],
  ...['place', 'population', 'boundary', 'admin_level', 'maritime', 'type'],
  ...['addr:street', 'addr:street:en', 'addr:housenumber', 'addr:place', 'intermittent'],
]);
