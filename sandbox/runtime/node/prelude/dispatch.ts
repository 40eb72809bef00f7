/** What has happened is handed to whom it is for. */
export const DISPATCH = `
const events = {
  start: (kind, name) => (kind === 'common' ? requireFrom(name.replace(/[^/]*$/, 'x'))(name) : void import(name).catch(fatal)),
  timer: id => waiting.get(id)?.(),
  signal: (name, number) => process.emit(name, name, number),
  request: (server, id, request) => servers.get(server)?.request_(id, request),
  client: (id, what, data) => requests.get(id)?.happened_(what, data),
  end: () => { process.emit('beforeExit', process.exitCode ?? 0) },
  exit: code => process.exit(process.exitCode ?? code),
}
return json => {
  const [name, ...args] = JSON.parse(json)
  try { events[name](...args) } catch (error) { fatal(error) }
}
`
