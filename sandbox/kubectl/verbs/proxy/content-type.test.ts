/** Types of files as Go's file server names them. */
import { expect, test } from 'vitest'
import { textOfBytes } from '../../../bytes.ts'
import { contentType } from './content-type.ts'

test.each([
  ['a/page.HTML', 'x', 'text/html; charset=utf-8'],
  ['photo.jpg', 'x', 'image/jpeg'],
  ['data.csv', 'x', 'text/csv; charset=utf-8'],
  ['README', 'plain words: 豆荚', 'text/plain; charset=utf-8'],
  ['index', ' <!DOCTYPE html>', 'text/html; charset=utf-8'],
  ['not-quite', '<bold>', 'text/plain; charset=utf-8'],
  ['a.unknown', '<?xml version="1.0"?>', 'text/xml; charset=utf-8'],
  ['image', textOfBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)), 'image/png'],
  ['latin', textOfBytes(Uint8Array.of(0x63, 0xe9)), 'text/plain; charset=utf-8'],
  ['blob', '\x01\x02', 'application/octet-stream'],
  ['empty', '', 'text/plain; charset=utf-8'],
])('%s', (path, text, type) => {
  expect(contentType(path, text)).toBe(type)
})
