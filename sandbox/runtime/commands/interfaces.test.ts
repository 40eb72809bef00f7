import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

test('ip shows addresses and links, of one device, in one line each when asked to', async () => {
  const { out, err } = await machine().sh(
    'ip -o -4 addr; ip -o link show lo; ip a show eth0 | cut -c1-24; ip -4 a s dev lo; ip a show nope',
  )
  expect(out.split('\n')).toEqual([
    '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
    expect.stringMatching(/^2: eth0 {4}inet 10\.244\.\d+\.\d+\/24 brd \S+ scope global eth0\\ {7}valid_lft forever/),
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '2: eth0@if7: <BROADCAST,',
    expect.stringMatching(/^ {4}link\/ether de:ad/),
    expect.stringMatching(/^ {4}inet 10\.244/),
    '       valid_lft forever',
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000',
    '    inet 127.0.0.1/8 scope host lo',
    '       valid_lft forever preferred_lft forever',
    '',
  ])
  expect(err).toBe("ip: can't find device 'nope'\n")
})

test('ip says which words it does not know to choose by, and that there are no addresses of version 6', async () => {
  const { out, err } = await machine().sh('ip -6 addr; ip -o link show up | wc -l; ip addr show scope global')
  expect(out).toBe('2\n')
  expect(err).toBe('ip: scope is not simulated\n')
})
