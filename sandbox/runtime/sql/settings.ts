/** What SET may change of a server's settings, and for whom. */
import { type Dialect, fail, unsimulated } from './dialect.ts'

/** Settings of MySQL that stay as they are while the server runs. */
const FIXED = new Set(
  'character_set_system datadir hostname log_bin port skip_name_resolve socket version version_comment'.split(' '),
)

/** Settings of MySQL that are the same for all who are connected. */
const OF_ALL = new Set(
  'general_log innodb_buffer_pool_size max_connections read_only server_id slow_query_log super_read_only'.split(' '),
)

/** Settings of PostgreSQL for which it has to be started again. */
const AT_START = new Set(['max_connections', 'shared_buffers', 'server_version', 'port', 'data_directory'])

/** What statements would come to something else by. */
const WITH_MEANING = new Set([
  'autocommit',
  'sql_mode',
  'time_zone',
  'timezone',
  'search_path',
  'foreign_key_checks',
  'unique_checks',
  'sql_log_bin',
])

/** Settings of PostgreSQL that tell of the client. */
const OF_CLIENTS = new Set(['application_name', 'client_encoding', 'client_min_messages'])

export interface Settings {
  /** Those of the server. */
  all: Map<string, string>
  /** Those that somebody has changed for themselves. */
  own: Map<string, string>
}

export const settingOf = ({ all, own }: Settings, name: string): string | undefined => own.get(name) ?? all.get(name)

const switched = (text: string): string =>
  /^(on|true)$/i.test(text) ? 'ON' : /^(off|false)$/i.test(text) ? 'OFF' : text

/** @throws SqlError */
export function changeSetting(
  settings: Settings,
  given: { name: string; value: string; global: boolean },
  dialect: Dialect,
): void {
  const name = given.name.toLowerCase()
  const now = settingOf(settings, name)
  if (now === undefined && dialect === 'mysql' && !WITH_MEANING.has(name))
    fail({ kind: 'unknownVariable', name: given.name })
  if (now === undefined && dialect === 'postgres' && !OF_CLIENTS.has(name)) unsimulated(`the setting ${name}`)
  if (/^default$/i.test(given.value)) unsimulated('DEFAULT of a setting')
  // Of a switch of MySQL 1 is another word for ON.
  const isSwitch = dialect === 'mysql' && (now === 'ON' || now === 'OFF')
  const value = isSwitch ? switched(given.value.replace(/^1$/, 'ON').replace(/^0$/, 'OFF')) : given.value
  if ((dialect === 'mysql' ? FIXED : AT_START).has(name)) fail({ kind: 'settingReadOnly', name })
  if (dialect === 'mysql' && OF_ALL.has(name) && !given.global) fail({ kind: 'settingOfAll', name })
  if (WITH_MEANING.has(name) && value !== now) unsimulated(`another ${name}`)
  if (given.global) settings.all.set(name, value)
  else settings.own.set(name, value)
}

/** @throws SqlError where a server of MySQL is only to be read, which root may still change unless it is `super` */
export function refuseWriting(all: ReadonlyMap<string, string>, user: string): void {
  for (const [name, option] of [
    ['super_read_only', '--super-read-only'],
    ['read_only', '--read-only'],
  ] as const)
    if (all.get(name) === 'ON' && (name === 'super_read_only' || user !== 'root')) fail({ kind: 'readOnly', option })
}
