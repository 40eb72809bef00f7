/** `fs`: whole files. */
export const FILES = `
const readFileSync = (path, options) => { const text = ask('readFile', String(path)); return (typeof options === 'string' ? options : options?.encoding) ? text : new Buffer(text) }
const fs = {
  readFileSync,
  writeFileSync: (path, data) => void ask('writeFile', String(path), String(data), false),
  appendFileSync: (path, data) => void ask('writeFile', String(path), String(data), true),
  existsSync: path => ask('exists', String(path)),
  readdirSync: path => ask('readdir', String(path)),
  mkdirSync: (path, options) => void ask('mkdir', String(path), Boolean(options?.recursive)),
  rmSync: (path, options) => { if (options?.force && !ask('exists', String(path))) return; ask('rm', String(path), Boolean(options?.recursive)) },
  unlinkSync: path => void ask('rm', String(path), false),
  renameSync: (from, to) => void ask('rename', String(from), String(to)),
  statSync: path => { const { type, size, mtime } = ask('stat', String(path)); return { size, mtimeMs: mtime, mtime: new Date(mtime), isFile: () => type === 'file', isDirectory: () => type === 'directory' } },
}
const promises = Object.fromEntries(Object.entries(fs).filter(([name]) => name !== 'existsSync').map(([name, call]) => [name.replace('Sync', ''), async (...args) => call(...args)]))
fs.promises = promises
`
