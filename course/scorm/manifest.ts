/** imsmanifest.xml of a SCORM 1.2 package: what an LMS lists, and which files belong to it. */

export interface Item {
  title: string
  /** A lesson: the file that is opened. A chapter has items instead. */
  href?: string
  items?: readonly Item[]
}

export interface Package {
  /** Letters, digits, hyphens. */
  id: string
  title: string
  items: readonly Item[]
  /** Every file of the package besides the manifest. */
  files: readonly string[]
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** As an address within the package. */
const hrefOf = (path: string): string => escaped(path.split('/').map(encodeURIComponent).join('/'))

export function manifest({ id, title, items, files }: Package): string {
  const lessons = items.flatMap(item => item.items ?? [item])
  const entries = new Set(lessons.map(lesson => lesson.href))
  const number = (item: Item): number => lessons.indexOf(item) + 1
  let chapter = 0
  const organize = (item: Item, indent: string): string[] => {
    const { href, items: within = [] } = item
    const name = href
      ? `identifier="item-${number(item)}" identifierref="lesson-${number(item)}"`
      : `identifier="chapter-${++chapter}"`
    return [
      `${indent}<item ${name}>`,
      `${indent}  <title>${escaped(item.title)}</title>`,
      ...within.flatMap(child => organize(child, `${indent}  `)),
      `${indent}</item>`,
    ]
  }
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<manifest identifier="podlab-${id}" version="1.0"`,
    '  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"',
    '  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    '  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    '  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">',
    '  <metadata>',
    '    <schema>ADL SCORM</schema>',
    '    <schemaversion>1.2</schemaversion>',
    '  </metadata>',
    '  <organizations default="course">',
    '    <organization identifier="course">',
    `      <title>${escaped(title)}</title>`,
    ...items.flatMap(item => organize(item, '      ')),
    '    </organization>',
    '  </organizations>',
    '  <resources>',
    ...lessons.flatMap((lesson, i) => [
      `    <resource identifier="lesson-${i + 1}" type="webcontent" adlcp:scormtype="sco" href="${hrefOf(lesson.href ?? '')}">`,
      `      <file href="${hrefOf(lesson.href ?? '')}"/>`,
      '      <dependency identifierref="shared"/>',
      '    </resource>',
    ]),
    '    <resource identifier="shared" type="webcontent" adlcp:scormtype="asset">',
    ...files.filter(path => !entries.has(path)).map(path => `      <file href="${hrefOf(path)}"/>`),
    '    </resource>',
    '  </resources>',
    '</manifest>',
  ].join('\n')}\n`
}
