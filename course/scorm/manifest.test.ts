/** The rules of content packaging, as ADL's SCORM 1.2 (2.3) and IMS have them. */
import { expect, test } from 'vitest'
import { manifest } from './manifest.ts'

const made = manifest({
  id: 'pods',
  title: '豆荚 & <Pods>',
  items: [
    { title: 'One', items: [{ title: 'A', href: 'lms/a/one/index.html' }] },
    { title: 'Two', items: [{ title: 'B', href: 'lms/b/two/index.html' }] },
  ],
  files: ['_astro/a.js', 'lms/a/one/index.html', 'lms/b/two/index.html', 'en/x y.html'],
})
const all = (pattern: RegExp): string[] => [...made.matchAll(pattern)].map(m => m[1] ?? '')

test('says what it is, in the order that the schema wants', () => {
  expect(made).toMatch(/<schema>ADL SCORM<\/schema>\s*<schemaversion>1\.2<\/schemaversion>/)
  expect(all(/^ {2}<(\w+)/gm)).toEqual(['metadata', 'organizations', 'resources'])
  expect(all(/<organizations default="(.*?)"/g)).toEqual(all(/<organization identifier="(.*?)"/g))
  expect(made).toContain('<title>豆荚 &amp; &lt;Pods&gt;</title>')
})

test('every identifier is one, and each reference has its resource', () => {
  const identifiers = all(/ identifier="(.*?)"/g)
  expect(new Set(identifiers).size).toBe(identifiers.length)
  for (const id of identifiers) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/)
  const resources = all(/<resource identifier="(.*?)"/g)
  for (const id of all(/identifierref="(.*?)"/g)) expect(resources).toContain(id)
})

test('what is opened is a SCO whose file is listed, and every file is listed once', () => {
  expect(all(/scormtype="sco" href="(.*?)"/g)).toEqual(['lms/a/one/index.html', 'lms/b/two/index.html'])
  expect(all(/<file href="(.*?)"/g).sort()).toEqual([
    '_astro/a.js',
    'en/x%20y.html',
    'lms/a/one/index.html',
    'lms/b/two/index.html',
  ])
})
