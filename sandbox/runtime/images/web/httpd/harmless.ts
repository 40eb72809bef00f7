/** Directives that are read and have no effect here: what they tune is seen in how fast something is, or in nothing that a container shows. */
import type { Directive } from './syntax.ts'

const NAMES =
  'acceptfilter addalt addaltbyencoding addaltbytype adddescription addicon addiconbyencoding addiconbytype addinputfilter addoutputfilter addoutputfilterbytype aliaspreservepath asyncrequestworkerfactor authbasicauthoritative balancergrowth balancerinherit balancerpersist bufferedlogs coredumpdirectory cgipassauth defaulticon defaultruntimedir deflatealteretag deflatebuffersize deflatecompressionlevel deflatefilternote deflatememlevel deflatewindowsize directorycheckhandler enablemmap enablesendfile extendedstatus filterchain filterdeclare filterprotocol filterprovider filtertrace flushmaxpipelined flushmaxthreshold forcelanguagepriority gracefulshutdowntimeout httpprotocoloptions indexheadinsert indexorderdefault indexstylesheet keepalivetimeout languagepriority limitinternalrecursion limitrequestfields limitrequestfieldsize limitrequestline limitxmlrequestbody listenbacklog listencoresbucketsratio logiotrackttfb maxclients maxconnectionsperchild maxkeepaliverequests maxmemfree maxrangeoverlaps maxrangereversals maxranges maxrequestsperchild maxrequestworkers maxsparethreads mergetrailers minsparethreads modmimeusepathinfo mutex namevirtualhost pidfile protocol protocols protocolshonororder proxybadheader proxyiobuffersize proxymaxforwards proxyreceivebuffersize proxystatus qualifyredirecturl readbuffersize receivebuffersize regexdefaultoptions registerhttpmethod requestreadtimeout rlimitcpu rlimitmem rlimitnproc scoreboardfile seerequesttail sendbuffersize serverlimit serverpath setinputfilter setoutputfilter sslcacertificatefile sslcacertificatepath sslcertificatechainfile sslciphersuite sslcompression sslhonorcipherorder ssloptions sslpassphrasedialog sslprotocol sslproxycacertificatefile sslproxycheckpeercn sslproxycheckpeerexpire sslproxycheckpeername sslproxyengine sslproxyprotocol sslrandomseed sslsessioncache sslsessioncachetimeout sslsessiontickets sslstaplingcache sslusestapling startservers stricthostcheck suexec threadlimit threadsperchild threadstacksize typesconfig usecanonicalphysicalport user group'.split(
    ' ',
  )
const SET: ReadonlySet<string> = new Set(NAMES)

/** What is done here anyway; asked for something else, they would be seen to do nothing. */
const AS_ALWAYS: Readonly<Record<string, string>> = {
  contentdigest: 'off',
  hostnamelookups: 'off',
  mergeslashes: 'on',
  proxyaddheaders: 'on',
  proxyvia: 'off',
  sslproxyverify: 'none',
}

export function isHarmless({ name, args }: Directive): boolean {
  const known = name.toLowerCase()
  return SET.has(known) || (Object.hasOwn(AS_ALWAYS, known) && AS_ALWAYS[known] === args.trim().toLowerCase())
}
