/** Shops made of many services: they find one another, or say what is missing. */
import { expect, it } from 'vitest'
import { type Machine, machine } from '../../testing.ts'

/** Each service in a sandbox of its own, found by names in /etc/hosts of who asks. */
async function shop(
  services: Readonly<Record<string, string>>,
  front: string,
  env: (ips: Readonly<Record<string, string>>) => Record<string, string>,
) {
  const m: Machine = machine()
  const ips: Record<string, string> = {}
  for (const [name, image] of Object.entries(services)) {
    const sandbox = m.sandbox(name)
    ips[name] = sandbox.ips[0]!
    m.run(image, { name }, sandbox)
  }
  await m.clock.advance(20_000)
  const sandbox = m.sandbox('front')
  const page = m.run(front, { name: 'front', env: env(ips) }, sandbox)
  const client = m.run('curlimages/curl', { name: 'client', command: ['sleep', '1d'] }, m.sandbox('client'))
  await m.clock.advance(5000)
  const get = async (path: string, port: number) =>
    (await m.exec(client, ['curl', '-s', `http://${sandbox.ips[0]}:${port}${path}`])).out
  return { m, page, get }
}

it('Bookinfo puts its page together from what its services say', async () => {
  const front = 'docker.io/istio/examples-bookinfo-productpage-v1:1.20.3'
  const { get } = await shop(
    { details: 'docker.io/istio/examples-bookinfo-details-v1:1.20.3' },
    front,
    ({ details }) => ({ DETAILS_HOSTNAME: details!, REVIEWS_HOSTNAME: 'nobody' }),
  )
  const page = await get('/productpage', 9080)
  expect(page).toContain('<title>Simple Bookstore App</title>')
  expect(page).toContain('William Shakespeare, 1595, PublisherA')
  expect(page).toContain('Error fetching product reviews!')
})

it('Bookinfo’s reviews have stars where there are ratings', async () => {
  const { get } = await shop(
    { ratings: 'docker.io/istio/examples-bookinfo-ratings-v1:1.20.3' },
    'docker.io/istio/examples-bookinfo-reviews-v3:1.20.3',
    ({ ratings }) => ({ RATINGS_HOSTNAME: ratings! }),
  )
  const { reviews } = JSON.parse(await get('/reviews/0', 9080))
  expect(reviews[0]).toMatchObject({ reviewer: 'Reviewer1', rating: { stars: 5, color: 'red' } })
})

it('the Boutique’s front shows its products, or which service it misses', async () => {
  const host = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo'
  const names = ['currencyservice', 'productcatalogservice', 'cartservice']
  const addresses = (ips: Readonly<Record<string, string>>) => ({
    PRODUCT_CATALOG_SERVICE_ADDR: `${ips.productcatalogservice}:3550`,
    CURRENCY_SERVICE_ADDR: `${ips.currencyservice}:7000`,
    CART_SERVICE_ADDR: ips.cartservice ? `${ips.cartservice}:7070` : '127.0.0.1:1',
    RECOMMENDATION_SERVICE_ADDR: 'r:1',
    CHECKOUT_SERVICE_ADDR: 'c:1',
    SHIPPING_SERVICE_ADDR: 's:1',
    AD_SERVICE_ADDR: 'a:1',
  })
  const whole = await shop(
    Object.fromEntries(names.map(name => [name, `${host}/${name}:v0.10.6`])),
    `${host}/frontend:v0.10.6`,
    addresses,
  )
  expect(await whole.get('/', 8080)).toContain('<li>Sunglasses</li>')
  const part = await shop(
    Object.fromEntries(names.slice(0, 2).map(name => [name, `${host}/${name}:v0.10.6`])),
    `${host}/frontend:v0.10.6`,
    addresses,
  )
  expect(await part.get('/', 8080)).toContain('could not retrieve cart: rpc error: code = Unavailable')
})
