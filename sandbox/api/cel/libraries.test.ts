/** Kubernetes' own functions in expressions, as its documentation shows them. */
import { describe, expect, it } from 'vitest'
import { EvaluationError, evaluationFault, makeCompiler } from './environment.ts'

const { compile } = makeCompiler({ variables: ['self'] })
const evaluate = (text: string, self: unknown = undefined): unknown => compile(text)({ self })
const each = (...cases: [text: string, value: unknown][]): void => {
  it.each(cases)('%s', (text, value) => expect(evaluate(text)).toEqual(value))
}
const refused = (text: string): string => {
  try {
    return `${String(evaluate(text))} without a word`
  } catch (error) {
    return error instanceof EvaluationError ? evaluationFault(error) : String(error)
  }
}

describe('addresses', () => {
  each(
    ["ip('127.0.0.1').family()", 4n],
    ["ip('::1').family() == 6", true],
    ["isIP('127.0.0.256') || isIP(':::1') || isIP('::ffff:1.2.3.4') || isIP('10.0.0.01')", false],
    ["ip.isCanonical('2001:db8::abcd')", true],
    ["ip.isCanonical('2001:DB8::ABCD')", false],
    ["ip.isCanonical('2001:db8::0:0:0:abcd')", false],
    ["ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified()", true],
    ["ip('127.0.0.1').isLoopback() && ip('::1').isLoopback()", true],
    ["ip('224.0.0.1').isLinkLocalMulticast() && ip('ff02::1').isLinkLocalMulticast()", true],
    ["ip('224.0.1.1').isLinkLocalMulticast() || ip('fd00::1').isLinkLocalMulticast()", false],
    ["ip('169.254.169.254').isLinkLocalUnicast() && ip('fe80::1').isLinkLocalUnicast()", true],
    ["ip('192.168.0.1').isGlobalUnicast() && ip('2001:db8::abcd').isGlobalUnicast()", true],
    ["ip('255.255.255.255').isGlobalUnicast() || ip('ff00::1').isGlobalUnicast()", false],
    ["ip('2001:db8::1') == ip('2001:0db8:0::1')", true],
    ["string(ip('2001:0db8:0:0::1'))", '2001:db8::1'],
    ["cidr('192.168.0.0/24').containsIP('192.168.0.1')", true],
    ["cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))", false],
    ["cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24'))", true],
    ["cidr('192.168.1.0/24').containsCIDR('192.168.0.0/16')", false],
    ["cidr('192.168.0.1/24').ip() == ip('192.168.0.1')", true],
    ["cidr('192.168.0.1/24') == cidr('192.168.0.1/24').masked()", false],
    ["string(cidr('192.168.0.1/24').masked())", '192.168.0.0/24'],
    ["cidr('::1/128').prefixLength()", 128n],
    ["isCIDR('192.168.0.0/33') || isCIDR('10.0.0.0')", false],
    ["['10.0.0.1', 'x'].all(ip, isIP(ip))", false],
  )
  it('that are none are refused in the words of Go', () => {
    expect(refused("ip('127.0.0.256').family() == 4")).toBe(
      'IP Address "127.0.0.256" parse error during conversion from string: ParseAddr("127.0.0.256"): IPv4 field has value >255',
    )
    expect(refused("cidr('192.168.0.0/33').prefixLength() == 1")).toBe(
      'network address parse error during conversion from string: netip.ParsePrefix("192.168.0.0/33"): prefix length out of range',
    )
  })
})

it('a quantity that is none is a fault of the expression', () => {
  expect(refused("quantity('much').isInteger()")).toContain('quantities must match the regular expression')
})

describe('versions', () => {
  each(
    ["isSemver('1.0.0') && isSemver('0.1.0-alpha.1')", true],
    ["isSemver('hello') || isSemver('v1.0') || isSemver('01.0.0')", false],
    ["isSemver('v1.0', true) && isSemver('01.01.01', true)", true],
    ["semver('1.0', true).compareTo(semver('1.0.0'))", 0n],
    ["semver('1.2.3').compareTo(semver('2.0.0'))", -1n],
    ["semver('1.0.0').isGreaterThan(semver('1.0.0-rc.1'))", true],
    ["semver('1.0.0-alpha.2').isLessThan(semver('1.0.0-alpha.10'))", true],
    ["semver('1.2.3').major() + semver('1.2.3').minor() + semver('1.2.3').patch()", 6n],
  )
  it('that are none are refused', () => {
    expect(refused("semver('200K').major() == 1")).toBe('No Major.Minor.Patch elements found')
  })
})

describe('formats', () => {
  each(
    ["format.dns1123Label().validate('my-label').hasValue()", false],
    ["format.dns1123Label().validate('My_Label').hasValue()", true],
    ["format.named('dns1123LabelPrefix').value().validate('my-').hasValue()", false],
    ["format.named('nonsense').hasValue()", false],
    ["format.uuid().validate('x').value()", ['does not match the UUID format']],
    ["format.date().validate('2021-02-30').value()", ['invalid date']],
    ["format.datetime().validate('2021-01-01T00:00:00Z').hasValue()", false],
    ["format.byte().validate('aGVsbG8=').hasValue()", false],
    ["'%s-%d'.format(['a', 1])", 'a-1'],
  )
})
