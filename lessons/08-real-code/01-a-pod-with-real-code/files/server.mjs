import { createServer } from 'node:http'

const menu = []

const server = createServer((request, response) => {
  if (request.url === '/healthz') {
    response.end('ok\n')
  } else if (menu.length === 0) {
    response.writeHead(500)
    response.end('nothing baked yet\n')
  } else {
    setTimeout(() => response.end(`${menu.join(', ')}\n`), 1000)
  }
})
setTimeout(() => menu.push('rye', 'wheat', 'spelt'), 5000)

server.listen(8080, '127.0.0.1', () => console.log('open'))
