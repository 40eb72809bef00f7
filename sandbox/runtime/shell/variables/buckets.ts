/** The order in which bash goes through an array by names: that of its hash table. */

const FIRST_BUCKETS = 1024
/** A table grows once there are so many keys to a bucket, by this factor. */
const KEYS_TO_A_BUCKET = 2
const GROWTH = 4

const utf8 = new TextEncoder()

/** FNV-1, over bytes. */
function hash(key: string): number {
  let value = 2_166_136_261
  for (const byte of utf8.encode(key)) value = (Math.imul(value, 16_777_619) ^ byte) >>> 0
  return value
}

/** Keys with their values, bucket by bucket; within one the last that came is the first. */
export function inBuckets(array: ReadonlyMap<string, string>): [string, string][] {
  let buckets = FIRST_BUCKETS
  while (array.size >= buckets * KEYS_TO_A_BUCKET) buckets *= GROWTH
  const placed = [...array].map((entry, i) => ({ entry, i, bucket: hash(entry[0]) & (buckets - 1) }))
  return placed.sort((a, b) => a.bucket - b.bucket || b.i - a.i).map(({ entry }) => entry)
}
