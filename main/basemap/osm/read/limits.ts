/** Largest BlobHeader and Blob that the PBF format allows, bytes. */
export const MOST_BLOB_HEADER = 64 * 1024;
export const MOST_BLOB = 32 * 1024 * 1024;

/** Nodes of one file. With what is made of them each takes some 70 bytes, so many 3 GB; a large city has a tenth of them. */
export const MOST_NODES = 40_000_000;
/** OpenStreetMap allows 2 000 nodes of a way and 32 000 members of a relation; old files have more. */
export const MOST_REFS = 100_000;
/** Tags of one thing; OpenStreetMap has no limit, its editors stop far below. */
export const MOST_TAGS = 5000;
/** Elements within one another: a file of OpenStreetMap has three. */
export const MOST_DEPTH = 16;
/** Characters of XML from one element to the next: values have 255 at most, and a name in it may be written in entities. */
export const MOST_XML_GAP = 4 * 1024 * 1024;
