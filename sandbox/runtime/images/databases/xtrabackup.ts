/** The image of the documentation's replicated MySQL: a backup of a running server, sent from Pod to Pod. */
import { lazily } from '../../programs.ts'
import { clientPrograms } from '../daemons/daemons.ts'
import { debianBase, executable, type Image, PATH } from '../image.ts'

const programs = () => import('./xtrabackup-programs.ts')

export const xtrabackup: Image = {
  repositories: ['gcr.io/google-samples/xtrabackup'],
  tags: /^(latest|1\.0)$/,
  megabytes: 110,
  cmd: ['bash'],
  env: { PATH },
  base: debianBase(),
  files(root) {
    for (const name of ['xtrabackup', 'xbstream', 'ncat']) executable(root, `/usr/bin/${name}`, name)
    executable(root, '/usr/bin/mysql', 'mysql')
  },
  programs: {
    ...clientPrograms,
    xtrabackup: lazily(programs, m => m.xtrabackup),
    xbstream: lazily(programs, m => m.xbstream),
    ncat: lazily(programs, m => m.ncat),
  },
}
