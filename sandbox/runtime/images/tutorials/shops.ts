/** Shops made of many services, which ask one another: Istio's Bookinfo, Google's Online Boutique, Weaveworks' Sock Shop. */
import { resolveHost } from '../../commands/network/resolve.ts'
import { httpGet } from '../../network/http-client.ts'
import type { HttpResponse } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import { type Behaviour, html, json, text } from './small-server.ts'

/** Asks another service; `done` gets its body, or undefined when it cannot be had. */
function ask(
  process: Process,
  address: string,
  path: string,
  done: (body: string | undefined) => undefined,
): undefined {
  const [host = '', port = '80'] = address.split(':')
  const ip = resolveHost(process, host).ips[0]
  if (!ip) return done(undefined)
  const target = { ip, port: Number(port), path, scheme: 'HTTP' as const, headers: [] }
  httpGet(process.clock, process.net, target, 3000, result =>
    done(result.ok && (result.status ?? 0) < 400 ? (result.body ?? '') : undefined),
  )
}

/** Whether somebody listens there. */
function reach(process: Process, address: string, done: (there: boolean) => undefined): undefined {
  const [host = '', port = '80'] = address.split(':')
  const ip = resolveHost(process, host).ips[0]
  if (!ip) return done(false)
  process.net.connect('TCP', ip, Number(port), result => {
    if ('connection' in result) result.connection.close()
    done('connection' in result)
  })
}

const REVIEWS = [
  {
    reviewer: 'Reviewer1',
    text: 'An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!',
  },
  {
    reviewer: 'Reviewer2',
    text: 'Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare.',
  },
]

/** @param color of the stars; the first version shows none, and asks nobody for ratings */
const reviews = (color?: string): Behaviour => ({
  interpreted: true,
  plainLog: true,
  startMs: 2000,
  answer(r, { process }, respond) {
    if (r.path === '/health') return json({ status: 'Reviews is healthy' })
    const id = r.path.split('/').pop() ?? '0'
    const send = (stars?: Readonly<Record<string, number>> | 'none'): HttpResponse =>
      json({
        id,
        podname: process.hostname,
        clustername: 'null',
        reviews: REVIEWS.map(review => ({
          ...review,
          ...(stars && {
            rating:
              stars === 'none'
                ? { error: 'Ratings service is currently unavailable' }
                : { stars: stars[review.reviewer], color },
          }),
        })),
      })
    if (!color) return send()
    const { RATINGS_HOSTNAME = 'ratings', RATINGS_SERVICE_PORT = '9080' } = process.env
    ask(process, `${RATINGS_HOSTNAME}:${RATINGS_SERVICE_PORT}`, `/ratings/${id}`, body => {
      respond(send(body ? (JSON.parse(body) as { ratings: Record<string, number> }).ratings : 'none'))
    })
    return undefined
  },
})

const BOOK = {
  author: 'William Shakespeare',
  year: 1595,
  type: 'paperback',
  pages: 200,
  publisher: 'PublisherA',
  language: 'English',
  'ISBN-10': '1234567890',
  'ISBN-13': '123-1234567890',
}

interface Reviewed {
  podname: string
  reviews: readonly { reviewer: string; text: string; rating?: { stars?: number; color?: string } }[]
}

const stars = (rating: Reviewed['reviews'][number]['rating']): string =>
  rating?.stars ? ` <font color="${rating.color}">${'★'.repeat(rating.stars)}</font>` : ''

function bookPage(details: string | undefined, reviewed: string | undefined): HttpResponse {
  const book = details && (JSON.parse(details) as typeof BOOK)
  const about = book ? `${book.author}, ${book.year}, ${book.publisher}` : 'Error fetching product details!'
  const found = reviewed && (JSON.parse(reviewed) as Reviewed)
  const list = found
    ? [
        ...found.reviews.map(
          ({ reviewer, text, rating }) => `<blockquote>${text} <small>${reviewer}</small>${stars(rating)}</blockquote>`,
        ),
        `<p>Reviews served by: ${found.podname}</p>`,
      ].join('\n')
    : '<p>Error fetching product reviews!</p>'
  return html(
    'Simple Bookstore App',
    `<h3>The Comedy of Errors</h3>\n<h4>Book Details</h4>\n<p>${about}</p>\n<h4>Book Reviews</h4>\n${list}`,
  )
}

const productPage: Behaviour = {
  interpreted: true,
  plainLog: true,
  greeting: port => ` * Running on http://0.0.0.0:${port}`,
  answer(r, { process }, respond) {
    if (r.path === '/health') return text('Product page is healthy')
    if (r.path === '/api/v1/products') return json([{ id: 0, title: 'The Comedy of Errors' }])
    if (r.path !== '/productpage') return html('Simple Bookstore App', '<h3>Hello! This is a simple bookstore.</h3>')
    const { DETAILS_HOSTNAME = 'details', REVIEWS_HOSTNAME = 'reviews' } = process.env
    return ask(process, `${DETAILS_HOSTNAME}:9080`, '/details/0', details =>
      ask(process, `${REVIEWS_HOSTNAME}:9080`, '/reviews/0', reviewed => {
        respond(bookPage(details, reviewed))
      }),
    )
  },
}

const BOOKINFO: Readonly<Record<string, Behaviour>> = {
  'bookinfo-productpage-v1': productPage,
  'bookinfo-details-v1': {
    interpreted: true,
    plainLog: true,
    answer: r =>
      r.path === '/health'
        ? json({ status: 'Details is healthy' })
        : json({ id: Number(r.path.split('/').pop()) || 0, ...BOOK }),
  },
  'bookinfo-ratings-v1': {
    interpreted: true,
    plainLog: true,
    greeting: port => `Server listening on: http://0.0.0.0:${port}`,
    answer: r =>
      r.path === '/health'
        ? json({ status: 'Ratings is healthy' })
        : json({ id: Number(r.path.split('/').pop()) || 0, ratings: { Reviewer1: 5, Reviewer2: 4 } }),
  },
  'bookinfo-reviews-v1': reviews(),
  'bookinfo-reviews-v2': reviews('black'),
  'bookinfo-reviews-v3': reviews('red'),
}

/** What the front of the Boutique has to be told. */
const BOUTIQUE_ADDRESSES = ['PRODUCT_CATALOG', 'CURRENCY', 'CART', 'RECOMMENDATION', 'CHECKOUT', 'SHIPPING', 'AD'].map(
  name => `${name}_SERVICE_ADDR`,
)
const PRODUCTS = [
  'Sunglasses',
  'Tank Top',
  'Watch',
  'Loafers',
  'Hairdryer',
  'Candle Holder',
  'Salt & Pepper Shakers',
  'Bamboo Glass Jar',
  'Mug',
]

/** What the front asks for its page, in its order, and how it complains. */
const ASKED: readonly (readonly [variable: string, what: string])[] = [
  ['CURRENCY_SERVICE_ADDR', 'could not retrieve currencies'],
  ['PRODUCT_CATALOG_SERVICE_ADDR', 'could not retrieve products'],
  ['CART_SERVICE_ADDR', 'could not retrieve cart'],
]

const logged = (process: Process, message: string): string =>
  JSON.stringify({ message, severity: 'info', timestamp: new Date(process.clock.now()).toISOString() })

const boutiqueFront: Behaviour = {
  plainLog: true,
  port: (p, port) => Number(p.env.PORT ?? port),
  refuses({ env }) {
    const missing = BOUTIQUE_ADDRESSES.find(name => !env[name])
    return missing && `panic: environment variable "${missing}" not set`
  },
  greeting: port => `{"message":"starting server on :${port}","severity":"info"}`,
  log: (r, process) =>
    r.path === '/_healthz' ? logged(process, 'health') : logged(process, `request started ${r.method} ${r.path}`),
  answer(r, { process }, respond) {
    if (r.path === '/_healthz') return text('ok')
    if (r.path === '/robots.txt') return text('User-agent: *\nDisallow: /')
    const next = (i: number): undefined => {
      const asked = ASKED[i]
      if (!asked) {
        const items = PRODUCTS.map(name => `<li>${name}</li>`).join('\n')
        respond(html('Online Boutique', `<h3>Hot Products</h3>\n<ul>\n${items}\n</ul>`))
        return undefined
      }
      const address = process.env[asked[0]] ?? ''
      reach(process, address, there => {
        if (there) return next(i + 1)
        const why = `${asked[1]}: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`
        respond({
          ...html('Online Boutique', `<h1>Uh, oh!</h1>\n<p>Something has failed.</p>\n<pre>${why}</pre>`),
          status: 500,
        })
      })
    }
    next(0)
    return undefined
  },
}

/** How the services of the Boutique say that they listen. */
const boutiqueService = (greeting: (port: number) => string, startMs = 0): Behaviour => ({
  grpc: true,
  plainLog: true,
  startMs,
  port: (p, port) => Number(p.env.PORT ?? port),
  greeting,
  answer: () => undefined,
})

const started = (port: number): string => `{"message":"starting grpc server at :${port}","severity":"info"}`

/** Visitors that never tire; every ten seconds they are counted. */
const loadGenerator: Behaviour = {
  answer: () => undefined,
  async instead(process) {
    const frontend = process.env.FRONTEND_ADDR ?? 'localhost:80'
    const users = Number(process.env.USERS ?? 10)
    const paths = ['/', '/product/OLJCESPC7Z', '/cart']
    let [asked, failed] = [0, 0]
    process.on('TERM', () => process.exit(0))
    await process.write(2, `Starting Locust, users: ${users}, host: http://${frontend}\n`)
    for (let second = 1; ; second++) {
      await process.sleep(1000)
      for (let user = 0; user < users; user++)
        ask(process, frontend, paths[(second + user) % paths.length]!, body => {
          asked++
          if (body === undefined) failed++
        })
      if (second % 10 === 0) await process.write(1, `Aggregated ${asked} requests, ${failed} failures\n`)
    }
  },
}

const BOUTIQUE: Readonly<Record<string, Behaviour>> = {
  'boutique-loadgenerator': loadGenerator,
  'boutique-frontend': boutiqueFront,
  'boutique-adservice': boutiqueService(
    port => `{"message":"Ad Service started, listening on ${port}","severity":"INFO"}`,
    3000,
  ),
  'boutique-cartservice': boutiqueService(port => `Now listening on: http://[::]:${port}`, 500),
  'boutique-checkoutservice': boutiqueService(started),
  'boutique-currencyservice': boutiqueService(
    port => `{"severity":"info","message":"CurrencyService gRPC server started on port ${port}"}`,
    500,
  ),
  'boutique-emailservice': boutiqueService(port => `{"message":"listening on port: ${port}","severity":"INFO"}`, 500),
  'boutique-paymentservice': boutiqueService(
    port => `{"severity":"info","message":"PaymentService gRPC server started on port ${port}"}`,
    500,
  ),
  'boutique-productcatalogservice': boutiqueService(started),
  'boutique-recommendationservice': boutiqueService(
    port => `{"message":"listening on port: ${port}","severity":"INFO"}`,
    500,
  ),
  'boutique-shippingservice': boutiqueService(started),
}

const health = (process: Process, services: readonly string[]): HttpResponse =>
  json({
    health: services.map(service => ({ service, status: 'OK', time: new Date(process.clock.now()).toISOString() })),
  })

/** @param startMs those in Java take their time */
const socks = (name: string, startMs: number): Behaviour => ({
  plainLog: true,
  interpreted: startMs > 500,
  startMs,
  port: (p, port) => Number(/^-?-port=(\d+)$/.exec(p.argv.find(word => word.includes('port=')) ?? '')?.[1] ?? port),
  greeting: port => `${name} listening on port ${port}`,
  answer: (r, { process }) => (r.path === '/health' ? health(process, [name]) : json([])),
})

const SOCK_SHOP: Readonly<Record<string, Behaviour>> = {
  'socks-front-end': {
    interpreted: true,
    plainLog: true,
    startMs: 500,
    greeting: port => `App now running in production mode on port ${port}`,
    log: r => `GET ${r.path} 200`,
    answer: () => html('WeaveSocks', '<h1>We love socks!</h1>'),
  },
  'socks-carts': socks('carts', 8000),
  'socks-catalogue': socks('catalogue', 50),
  'socks-orders': socks('orders', 8000),
  'socks-payment': socks('payment', 50),
  'socks-queue-master': socks('queue-master', 8000),
  'socks-shipping': socks('shipping', 8000),
  'socks-user': socks('user', 50),
}

export const SHOPS: Readonly<Record<string, Behaviour>> = { ...BOOKINFO, ...BOUTIQUE, ...SOCK_SHOP }
