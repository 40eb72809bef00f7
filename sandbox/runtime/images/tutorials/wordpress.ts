/** WordPress before it is installed: its first page, for whom its database lets in. */
import { resolveHost } from '../../commands/network/resolve.ts'
import type { Process } from '../../processes/process.ts'
import { loginLine } from '../databases/sql/login.ts'
import { apache } from './log-styles.ts'
import { type Behaviour, html } from './small-server.ts'

/** Whether a database lets somebody in; nobody waits long for one that is silent. */
function letIn(
  process: Process,
  login: { host: string; port: number; user: string; password: string },
  done: (welcome: boolean) => void,
): void {
  const ip = resolveHost(process, login.host).ips[0]
  if (!ip) {
    done(false)
    return
  }
  let told = false
  const tell = (welcome: boolean): void => {
    if (told) return
    told = true
    process.clock.cancel(timer)
    done(welcome)
  }
  const timer = process.clock.after(10_000, () => tell(false))
  process.net.connect('TCP', ip, login.port, result => {
    if ('failure' in result) return tell(false)
    const { connection } = result
    connection.onData(data => {
      tell(data.startsWith('welcome '))
      connection.close()
    })
    connection.onClose(() => tell(false))
    connection.send(loginLine(login))
  })
}

export const wordpress: Behaviour = {
  interpreted: true,
  plainLog: true,
  answer(r, { process }, respond) {
    const { WORDPRESS_DB_HOST = 'mysql', WORDPRESS_DB_USER = 'example username' } = process.env
    const { WORDPRESS_DB_PASSWORD = 'example password' } = process.env
    const [host = '', port = '3306'] = WORDPRESS_DB_HOST.split(':')
    const login = { host, port: Number(port), user: WORDPRESS_DB_USER, password: WORDPRESS_DB_PASSWORD }
    letIn(process, login, welcome => {
      if (!welcome)
        return respond({
          ...html('Database Error', '<h1>Error establishing a database connection</h1>'),
          status: 500,
        })
      if (r.path !== '/wp-admin/install.php')
        return respond({ status: 302, headers: { Location: '/wp-admin/install.php' } })
      const invitation = '<p>Welcome to the famous five-minute WordPress installation process!</p>'
      respond(html('WordPress &rsaquo; Installation', `<h1>Welcome</h1>\n${invitation}`))
    })
    return undefined
  },
  style: apache('2.4.65', '8.2.29'),
}
