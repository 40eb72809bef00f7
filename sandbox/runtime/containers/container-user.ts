/** The user that a container's processes run as: by its configuration, its image, and the users and groups that the image knows. */
import type { ContainerConfig } from '../cri.ts'

/** Users and groups are the same in all containers of an image, so each text is taken apart once. */
export type Table = readonly (readonly string[])[]
const tables = new Map<string, Table>()

export function tableOf(text: string): Table {
  let table = tables.get(text)
  if (!table) {
    if (tables.size >= 50) tables.clear()
    tables.set(text, (table = text.split('\n').map(line => line.split(':'))))
  }
  return table
}

export interface User {
  uid: number
  gid: number
  groups: readonly number[]
}

/** By /etc/passwd, of containers whose configuration names nobody. */
const usualUsers = new WeakMap<Table, { of: string; group: Table; user: User }>()

/** User and groups from the configuration, the image, and the image's /etc/passwd and /etc/group. */
function userOf(user: NonNullable<ContainerConfig['user']>, ofImage: string, passwd: Table, group: Table): User {
  const [imageUser = '', imageGroup = ''] = ofImage.split(':')
  const lineOf = (key: string, column: number) => passwd.find(cells => cells[column] === key)
  const named = imageUser ? (lineOf(imageUser, 0) ?? lineOf(imageUser, 2)) : lineOf('0', 2)
  const uid = user.uid ?? Number(named?.[2] ?? (/^\d+$/.test(imageUser) ? imageUser : 0))
  const own = lineOf(String(uid), 2)
  const gid =
    user.gid ??
    (user.uid === undefined && imageGroup && /^\d+$/.test(imageGroup) ? Number(imageGroup) : Number(own?.[3] ?? 0))
  const fromImage = user.strict
    ? []
    : group.filter(cells => own && cells[3]?.split(',').includes(own[0]!)).map(cells => Number(cells[2]))
  // The main group is one of them, and a kernel keeps them in order.
  return { uid, gid, groups: [...new Set([gid, ...(user.groups ?? []), ...fromImage])].sort((a, b) => a - b) }
}

export function userIn(user: ContainerConfig['user'], ofImage: string, passwd: Table, group: Table): User {
  if (user) return userOf(user, ofImage, passwd, group)
  // Nearly all containers of an image leave it to the image.
  const last = usualUsers.get(passwd)
  if (last?.of === ofImage && last.group === group) return last.user
  const made = userOf({}, ofImage, passwd, group)
  usualUsers.set(passwd, { of: ofImage, group, user: made })
  return made
}
