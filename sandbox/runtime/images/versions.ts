/** Which version of its program a tag of an image means. */

export interface Versions {
  /** The variable in which its containers find it. */
  variable: string
  /** Of tags that name no version. */
  latest: string
  /** What tags that name only a line of versions stand for. */
  lines?: Readonly<Record<string, string>>
  /** What the variable has besides, such as a package's revision. */
  suffix?: string
}

const NUMBER = /^v?(\d+(?:\.\d+)*)/

/** `8.0-debian` → 8.0.40; a line of versions that is not known is told as it is. */
export function versionOf({ latest, lines = {} }: Pick<Versions, 'latest' | 'lines'>, tag: string): string {
  const [, given] = NUMBER.exec(tag) ?? []
  if (given === undefined) return lines[tag] ?? lines[/^[a-z]+/.exec(tag)?.[0] ?? ''] ?? latest
  return lines[given] ?? (latest.startsWith(`${given}.`) ? latest : given)
}
