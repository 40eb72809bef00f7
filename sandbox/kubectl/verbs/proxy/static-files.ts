/** Files of a folder, as Go's file server shows them. */

import { bytesOfText } from '../../../bytes.ts'
import { names } from '../../../runtime/files/path.ts'
import { escapeHtml } from '../../../runtime/network/go-html.ts'
import type { Asked, Io, Reply } from '../../io.ts'
import { contentType } from './content-type.ts'
import { notFound } from './replies.ts'

/** @param below the path within the folder, which begins without a slash */
export async function staticFile(io: Io, folder: string, { method }: Asked, below: string): Promise<Reply> {
  const path = names(below).join('/')
  const { files } = io
  if (/(^|\/)index\.html$/.test(below)) return to('./')
  const at = path ? `${folder}/${path}` : folder
  const kind = await files.kind(at)
  if (!kind) return notFound()
  const name = path.slice(path.lastIndexOf('/') + 1)
  const asFolder = below === '' || below.endsWith('/')
  if (kind === 'directory') {
    if (!asFolder) return to(`${name}/`)
    const index = `${at}/index.html`
    return (await files.kind(index)) === 'file' ? fileAt(io, index, method) : listing(io, at)
  }
  return asFolder && path ? to(`../${name}`) : fileAt(io, at, method)
}

const to = (location: string): Reply => ({ status: 301, headers: { Location: location }, body: '' })

const when = async (io: Io, path: string): Promise<string> =>
  new Date((await io.files.modified(path)) ?? 0).toUTCString()

async function fileAt(io: Io, path: string, method: string): Promise<Reply> {
  const body = (await io.files.read(path)) ?? ''
  const headers = {
    'Accept-Ranges': 'bytes',
    'Content-Length': String(bytesOfText(body).length),
    'Content-Type': contentType(path, body),
    'Last-Modified': await when(io, path),
  }
  return { status: 200, headers, body: method === 'HEAD' ? '' : body }
}

async function listing(io: Io, folder: string): Promise<Reply> {
  const names = await Promise.all(
    ((await io.files.list(folder)) ?? []).map(async name =>
      (await io.files.kind(`${folder}/${name}`)) === 'directory' ? `${name}/` : name,
    ),
  )
  const lines = names.map(name => `<a href="${encodeURI(name)}">${escapeHtml(name)}</a>\n`)
  return {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Last-Modified': await when(io, folder) },
    body: `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`,
  }
}
