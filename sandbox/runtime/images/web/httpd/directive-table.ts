/**
 * Apache's directives, by the module that brings them. A line: the name; how many arguments it takes (a digit for each number
 * that is right, `+2` for two and more, `flag` for On or Off, `*` where the directive itself looks); where it may stand (`s` only
 * outside sections, `d` only inside, `a` both); by which class of AllowOverride it may stand in a .htaccess (`-` never, `*` any);
 * and what it is for, which complaints about its arguments quote.
 */
export const TABLE = `
[core]
<Directory * s - Container for directives affecting resources located in the specified directories
<Location * s - Container for directives affecting resources accessed through the specified URL paths
<VirtualHost * s - Container to map directives to a particular virtual host, takes one or more host addresses
<Files * a * Container for directives affecting files matching specified patterns
<Limit * d A Container for authentication directives when accessed using specified HTTP methods
<LimitExcept * d A Container for authentication directives to be applied when any HTTP method other than those specified is used to access the resource
<IfModule * a * Container for directives based on existence of specified modules
<IfDefine * a * Container for directives based on existence of command line defines
<IfFile * a * Container for directives based on existence of files on disk
<IfDirective * a * Container for directives based on existence of named directive
<IfSection * a * Container for directives based on existence of named section
<DirectoryMatch * s - Container for directives affecting resources located in the specified directories
<LocationMatch * s - Container for directives affecting resources accessed through the specified URL paths
<FilesMatch * a * Container for directives affecting files matching specified patterns
AddDefaultCharset 1 a F The name of the default charset to add to any Content-Type without one or 'Off' to disable
AcceptPathInfo 1 a F Set to on or off for PATH_INFO to be accepted by handlers, or default for the per-handler preference
Define * a - Define a variable, optionally to a value.  Same as passing -D to the command line.
UnDefine * a - Undefine the existence of a variable. Undo a Define.
Error * a * Generate error message from within configuration
<If * a * Container for directives to be conditionally applied
<ElseIf * a * Container for directives to be conditionally applied
<Else * a * Container for directives to be conditionally applied
AccessFileName * s - Name(s) of per-directory config files (default: .htaccess)
DocumentRoot 1 s - Root directory of the document tree
ErrorDocument 2 a F Change responses for HTTP errors
AllowOverride * d - Controls what groups of directives can be configured by per-directory config files
AllowOverrideList * d - Controls what individual directives can be configured by per-directory config files
Options * a O Set a number of attributes for a given directory
DefaultType 1 a F the default media type for otherwise untyped files (DEPRECATED)
FileETag * a F Specify components used to construct a file's ETag
EnableMMAP 1 a F Controls whether memory-mapping may be used to read files
EnableSendfile 1 a F Controls whether sendfile may be used to transmit files
ReadBufferSize 1 a - Size (in bytes) of the memory buffers used to read data
FlushMaxThreshold 1 s - Maximum threshold above which pending data are flushed to the network
FlushMaxPipelined 1 s - Maximum number of pipelined responses (pending) above which they are flushed to the network
Protocol 1 s - Set the Protocol for httpd to use.
AcceptFilter 2 s - Set the Accept Filter to use for a protocol
Port 1 s - Port was replaced with Listen in Apache 2.0
HostnameLookups 1 a - "on" to enable, "off" to disable reverse DNS lookups, or "double" to enable double-reverse DNS lookups
ServerAdmin 1 s - The email address of the server administrator
ServerName 1 s - The hostname and port of the server
ServerSignature 1 a * En-/disable server signature (on|off|email)
ServerRoot * s - Common directory of server-related files (logs, confs, etc.)
DefaultRuntimeDir * s - Common directory for run-time files (shared memory, locks, etc.)
ErrorLog 1 s - The filename of the error log
ErrorLogFormat 12 s - Format string for the ErrorLog
ServerAlias * s - A name or names alternately used to access the server
ServerPath 1 s - The pathname the server can be reached at
Timeout 1 s - Timeout duration (sec)
ContentDigest flag a O whether or not to send a Content-MD5 header with each request
UseCanonicalName 1 a - How to work out the ServerName : Port when constructing URLs
UseCanonicalPhysicalPort 1 a - Whether to use the physical Port when constructing URLs
Include * a - Name(s) of the config file(s) to be included; fails if the wildcard does not match at least one file
IncludeOptional * a - Name or pattern of the config file(s) to be included; ignored if the file does not exist or the pattern does not match any files
LogLevel * a - Level of verbosity in error logging
NameVirtualHost 1 s - A numeric IP address:port, or the name of a host
ServerTokens 1 s - Determine tokens displayed in the Server: header - Min(imal), Major, Minor, Prod(uctOnly), OS, or Full
LimitRequestLine 1 s - Limit on maximum size of an HTTP request line
LimitRequestFieldsize 1 s - Limit on maximum size of an HTTP request header field
LimitRequestFields 1 s - Limit (0 = unlimited) on max number of header fields in a request message
LimitRequestBody 1 a * Limit (in bytes) on maximum size of request message body
LimitXMLRequestBody 1 a * Limit (in bytes) on maximum size of an XML-based request body
Mutex * s - mutex (or "default") and mechanism
MaxRanges 1 a - Maximum number of Ranges in a request before returning the entire resource, or 0 for unlimited
MaxRangeOverlaps 1 a - Maximum number of overlaps in Ranges in a request before returning the entire resource, or 0 for unlimited
MaxRangeReversals 1 a - Maximum number of reversals in Ranges in a request before returning the entire resource, or 0 for unlimited
RLimitCPU 12 a * Soft/hard limits for max CPU usage in seconds
RLimitMEM 12 a * Soft/hard limits for max memory usage per process
RLimitNPROC 12 a * soft/hard limits for max number of processes per uid
RegexDefaultOptions * s - default options for regexes (prefixed by '+' to add, '-' to del)
LimitInternalRecursion 12 s - maximum recursion depth of internal redirects and subrequests
CGIPassAuth flag d A Controls whether HTTP authorization headers, normally hidden, will be passed to scripts
CGIVar 2 a F Controls how some CGI variables are set
QualifyRedirectURL flag a F Controls whether the REDIRECT_URL environment variable is fully qualified
StrictHostCheck flag s - Controls whether a hostname match is required
ForceType 1 a F a mime type that overrides other configured type
SetHandler 1 a F a handler name that overrides any other configured handler
SetOutputFilter 1 a F filter (or ; delimited list of filters) to be run on the request content
SetInputFilter 1 a F filter (or ; delimited list of filters) to be run on the request body
AllowEncodedSlashes 1 s - Allow URLs containing '/' encoded as '%2F'
ScoreBoardFile 1 s - A file for Apache to maintain runtime process management information
ExtendedStatus flag s - "On" to track extended status information, "Off" to disable
SeeRequestTail flag s - For extended status, "On" to see the last 63 chars of the request line, "Off" (default) to see the first 63
PidFile 1 s - A file for logging the server process ID
MaxRequestsPerChild 1 s - Maximum number of connections a particular child serves before dying. (DEPRECATED, use MaxConnectionsPerChild)
MaxConnectionsPerChild 1 s - Maximum number of connections a particular child serves before dying.
CoreDumpDirectory 1 s - The location of the directory Apache changes to before dumping core
MaxMemFree 1 s - Maximum number of 1k blocks a particular child's allocator may hold.
ThreadStackSize 1 s - Size in bytes of stack used by threads handling client connections
TraceEnable 1 s - 'on' (default), 'off' or 'extended' to trace request body content
MergeTrailers flag s - merge request trailers into request headers or not
Protocols * s - Controls which protocols are allowed
ProtocolsHonorOrder 1 s - 'off' (default) or 'on' to respect given order of protocols, by default the client specified order determines selection
HttpProtocolOptions * s - 'Allow0.9' or 'Require1.0' (default); 'RegisteredMethods' or 'LenientMethods' (default); 'Unsafe' or 'Strict' (default). Sets HTTP acceptance rules
RegisterHttpMethod * s - Registers non-standard HTTP methods
MergeSlashes flag s - Controls whether consecutive slashes in the URI path are merged
[so]
LoadModule * s - a module name and the name of a shared object file to load it from
LoadFile * s - shared object file or library to load into the server at runtime
[http_core]
KeepAliveTimeout 1 s - Keep-Alive timeout duration (sec)
MaxKeepAliveRequests 1 s - Maximum number of Keep-Alive requests per connection, or 0 for infinite
KeepAlive flag s - Whether persistent connections should be On or Off
[log_config]
CustomLog 23 s - a file name, a custom log format string or format name, and an optional "env=" or "expr=" clause (see docs)
GlobalLog 23 s - Same as CustomLog, but forces virtualhosts to inherit the log
TransferLog 1 s - the filename of the access log
LogFormat 12 s - a log format string (see docs) and an optional format name
BufferedLogs flag s - Enable Buffered Logging (experimental)
[logio]
LogIOTrackTTFB flag a * Set to 'ON' to enable tracking time to first byte
[version]
<IfVersion * a * a comparison operator, a version (and a delimiter)
[unixd]
User 1 s - Effective user id for this server
Group 1 s - Effective group id for this server
ChrootDir 1 s - The directory to chroot(2) into
Suexec flag s - Enable or disable suEXEC support
[mpm_event]
ListenBacklog 1 s - Maximum length of the queue of pending connections, as used by listen(2)
ListenCoresBucketsRatio 1 s - Ratio between the number of CPU cores (online) and the number of listeners buckets
Listen * s - A port number or a numeric IP address and a port number, and an optional protocol
SendBufferSize 1 s - Send buffer size in bytes
ReceiveBufferSize 1 s - Receive buffer size in bytes
ListenTCPDeferAccept 1 s - Value set for the socket option TCP_DEFER_ACCEPT if it is set
StartServers 1 s - Number of child processes launched at server startup
ServerLimit 1 s - Maximum number of child processes for this run of Apache
MinSpareThreads 1 s - Minimum number of idle threads, to handle request spikes
MaxSpareThreads 1 s - Maximum number of idle threads
MaxClients 1 s - Deprecated name of MaxRequestWorkers
MaxRequestWorkers 1 s - Maximum number of threads alive at the same time
ThreadsPerChild 1 s - Number of threads each child creates
ThreadLimit 1 s - Maximum number of worker threads per child process for this run of Apache - Upper limit for ThreadsPerChild
AsyncRequestWorkerFactor 1 s - How many additional connects will be accepted per idle worker thread
GracefulShutdownTimeout 1 s - Maximum time in seconds to wait for child processes to complete transactions during shutdown
[authn_file]
AuthUserFile 1 d A text file containing user IDs and passwords
[authn_core]
AuthType 1 d A an HTTP authorization type (e.g., "Basic")
AuthName 1 d A the authentication realm (e.g. "Members Only")
<AuthnProviderAlias * s - container for grouping an authentication provider's directives under a provider alias
[authz_groupfile]
AuthGroupFile 1 d A text file containing group names and member user IDs
[authz_core]
<AuthzProviderAlias * s - container for grouping an authorization provider's directives under a provider alias
Require * d A specifies authorization directives which one must pass (or not) for a request to suceeed
<RequireAll * d A container for grouping authorization directives of which none must fail and at least one must pass for a request to succeed
<RequireAny * d A container for grouping authorization directives of which one must pass for a request to succeed
<RequireNone * d A container for grouping authorization directives of which none must pass for a request to succeed
AuthMerging 1 d A controls how a <Directory>, <Location>, or similar directive's authorization directives are combined with those of its predecessor
AuthzSendForbiddenOnFailure flag d A Controls if an authorization failure should result in a '403 FORBIDDEN' response instead of the HTTP-conforming '401 UNAUTHORIZED'
[access_compat]
order 1 d L 'allow,deny', 'deny,allow', or 'mutual-failure'
allow +2 d L 'from' followed by hostnames or IP-address wildcards
deny +2 d L 'from' followed by hostnames or IP-address wildcards
Satisfy 1 d A access policy if both allow and require used ('all' or 'any')
[auth_basic]
AuthBasicProvider * d A specify the auth providers for a directory or location
AuthBasicAuthoritative flag d A Set to 'Off' to allow access control to be passed along to lower modules if the UserID is not known to this module
AuthBasicFake 12 d A Fake basic authentication using the given expressions for username and password, 'off' to disable. Password defaults to 'password' if missing.
AuthBasicUseDigestAlgorithm 1 d A Set to 'MD5' to use the auth provider's authentication check for digest auth, using a hash of 'user:realm:pass'
[reqtimeout]
RequestReadTimeout * s - Set various timeout parameters for TLS handshake and/or reading request headers and body
[filter]
FilterDeclare 12 a O filter-name [filter-type]
FilterProvider 3 a O filter-name provider-name match-expression
FilterChain * a O list of filter names with optional [+-=!@]
FilterTrace 2 a - filter-name debug-level
AddOutputFilterByType +2 a F output filter name followed by one or more content-types
FilterProtocol 23 a O filter-name [provider-name] protocol-args
[mime]
AddCharset +2 a F a charset (e.g., iso-2022-jp), followed by one or more file extensions
AddEncoding +2 a F an encoding (e.g., gzip), followed by one or more file extensions
AddHandler +2 a F a handler name followed by one or more file extensions
AddInputFilter +2 a F input filter name (or ; delimited names) followed by one or more file extensions
AddLanguage +2 a F a language (e.g., fr), followed by one or more file extensions
AddOutputFilter +2 a F output filter name (or ; delimited names) followed by one or more file extensions
AddType +2 a F a mime type followed by one or more file extensions
DefaultLanguage 1 a F language to use for documents with no other language file extension
MultiviewsMatch * a F NegotiatedOnly (default), Handlers and/or Filters, or Any
RemoveCharset * a F one or more file extensions
RemoveEncoding * a F one or more file extensions
RemoveHandler * a F one or more file extensions
RemoveInputFilter * a F one or more file extensions
RemoveLanguage * a F one or more file extensions
RemoveOutputFilter * a F one or more file extensions
RemoveType * a F one or more file extensions
TypesConfig 1 s - the MIME types config file
ModMimeUsePathInfo flag d - Set to 'yes' to allow mod_mime to use path info for type checking
[env]
PassEnv * a F a list of environment variables to pass to CGI.
SetEnv 12 a F an environment variable name and optional value to pass to CGI.
UnsetEnv * a F a list of variables to remove from the CGI environment.
[headers]
Header * a F an optional condition, an action, header and value followed by optional env clause
RequestHeader * a F an action, header and value followed by optional env clause
[setenvif]
SetEnvIf * a F A header-name, regex and a list of variables.
SetEnvIfNoCase * a F a header-name, regex and a list of variables.
SetEnvIfExpr * a F an expression and a list of variables.
BrowserMatch * a F A browser regex and a list of variables.
BrowserMatchNoCase * a F A browser regex and a list of variables.
[autoindex]
AddIcon +2 a I an icon URL followed by one or more filenames
AddIconByType +2 a I an icon URL followed by one or more MIME types
AddIconByEncoding +2 a I an icon URL followed by one or more content encodings
AddAlt +2 a I alternate descriptive text followed by one or more filenames
AddAltByType +2 a I alternate descriptive text followed by one or more MIME types
AddAltByEncoding +2 a I alternate descriptive text followed by one or more content encodings
IndexOptions * a I one or more index options [+|-][]
IndexOrderDefault 2 a I {Ascending,Descending} {Name,Size,Description,Date}
IndexIgnore * a I one or more file extensions
IndexIgnoreReset flag a I Reset the inherited list of IndexIgnore filenames
AddDescription +2 a I Descriptive text followed by one or more filenames
HeaderName 1 a I a filename
ReadmeName 1 a I a filename
FancyIndexing * a * The FancyIndexing directive is no longer supported. Use IndexOptions FancyIndexing.
DefaultIcon 1 a I an icon URL
IndexStyleSheet 1 a I URL to style sheet
IndexHeadInsert 1 a I String to insert in HTML HEAD section
[dir]
FallbackResource 1 a I Set a default handler
DirectoryIndex * a I a list of file names
DirectorySlash flag a I On or Off
DirectoryCheckHandler flag a I On or Off
DirectoryIndexRedirect 1 a I On, Off, or a 3xx status code.
[alias]
Alias 12 a - a fakename and a realname, or a realname in a Location
ScriptAlias 12 a - a fakename and a realname, or a realname in a Location
Redirect 123 a F an optional status, then document to be redirected and destination URL
AliasMatch 2 s - a regular expression and a filename
ScriptAliasMatch 2 s - a regular expression and a filename
RedirectMatch 23 a F an optional status, then a regular expression and destination URL
RedirectTemp 2 a F a document to be redirected, then the destination URL
RedirectPermanent 2 a F a document to be redirected, then the destination URL
RedirectRelative flag a F Set to ON to allow relative redirect targets to be issued as-is
AliasPreservePath flag a F Set to ON to map the full path after the fakename to the realname.
[rewrite]
RewriteEngine flag a F On or Off to enable or disable (default) the whole rewriting engine
RewriteOptions * a F List of option strings to set
RewriteBase 1 a F the base URL of the per-directory context
RewriteCond * a F an input string and a to be applied regexp-pattern
RewriteRule * a F an URL-applied regexp-pattern and a substitution URL
RewriteMap 23 s - a mapname and a filename and options
[proxy]
<Proxy * s - Container for directives affecting resources located in the proxied location
<ProxyMatch * s - Container for directives affecting resources located in the proxied location, in regular expression syntax
ProxyRequests flag s - on if the true proxy requests should be accepted
ProxyRemote 23 s - a scheme, partial URL or '*' and a proxy server
ProxyRemoteMatch 23 s - a regex pattern and a proxy server
ProxyPassInterpolateEnv flag a - Interpolate Env Vars in reverse Proxy
ProxyPass * a - a virtual path and a URL
ProxyPassMatch * a - a virtual path and a URL
ProxyPassReverse 123 a - a virtual path and a URL for reverse proxy behaviour
ProxyPassReverseCookiePath 23 a - Path rewrite rule for proxying cookies
ProxyPassReverseCookieDomain 23 a - Domain rewrite rule for proxying cookies
ProxyBlock * s - A list of names, hosts or domains to which the proxy will not connect
ProxyReceiveBufferSize 1 s - Receive buffer size for outgoing HTTP and FTP connections in bytes
ProxyIOBufferSize 1 s - IO buffer size for outgoing HTTP and FTP connections in bytes
ProxyMaxForwards 1 s - The maximum number of proxies a request may be forwarded through.
NoProxy * s - A list of domains, hosts, or subnets to which the proxy will connect directly
ProxyDomain 1 s - The default intranet domain name (in absence of a domain in the URL)
ProxyVia 1 s - Configure Via: proxy header header to one of: on | off | block | full
ProxyErrorOverride * a - use our error handling pages instead of the servers' we are proxying
ProxyPreserveHost flag a - on if we should preserve host header while proxying
ProxyTimeout 1 s - Set the timeout (in seconds) for a proxied connection. This overrides the server timeout
ProxyBadHeader 1 s - How to handle bad header line in response: IsError | Ignore | StartBody
BalancerMember * a - A balancer name and scheme with list of params
BalancerGrowth 1 s - Number of additional Balancers that can be added post-config
BalancerPersist flag s - on if the balancer should persist changes on reboot/restart made via the Balancer Manager
BalancerInherit flag s - on if this server should inherit Balancers and Workers defined in the main server (Setting to off recommended if using the Balancer Manager)
ProxyPassInherit flag s - on if this server should inherit all ProxyPass directives defined in the main server (Setting to off recommended if using the Balancer Manager)
ProxyStatus 1 s - Configure Status: proxy status to one of: on | off | full
ProxySet * a - A balancer or worker name with list of params
ProxySourceAddress 1 s - Configure local source IP used for request forward
ProxyAddHeaders flag a - on if X-Forwarded-* headers should be added or completed
Proxy100Continue flag a - on if 100-Continue should be forwarded to the origin server, off if the proxy should handle it by itself
[expires]
ExpiresActive flag a I Limited to 'on' or 'off'
ExpiresByType 2 a I a MIME type followed by an expiry date code
ExpiresDefault 1 a I an expiry date code
[deflate]
DeflateFilterNote 12 s - Set a note to report on compression ratio
DeflateWindowSize 1 s - Set the Deflate window size (1-15)
DeflateBufferSize 1 s - Set the Deflate Buffer Size
DeflateMemLevel 1 s - Set the Deflate Memory Level (1-9)
DeflateCompressionLevel 1 s - Set the Deflate Compression Level (1-9)
DeflateInflateLimitRequestBody 1 a * Set a limit on size of inflated input
DeflateInflateRatioLimit 1 a * Set the inflate ratio limit above which inflation is aborted (default: 200)
DeflateInflateRatioBurst 1 a * Set the maximum number of following inflate ratios above limit (default: 3)
DeflateAlterEtag 1 s - Set how mod_deflate should modify ETAG response headers: 'AddSuffix' (default), 'NoChange' (2.2.x behavior), 'Remove'
[negotiation]
CacheNegotiatedDocs flag s - Either 'on' or 'off' (default)
LanguagePriority * a F space-delimited list of MIME language abbreviations
ForceLanguagePriority * a F Force LanguagePriority elections, either None, or Fallback and/or Prefer
[ssl]
SSLPassPhraseDialog 1 s - SSL dialog mechanism for the pass phrase query ('builtin', '|/path/to/pipe_program', or 'exec:/path/to/cgi_program')
SSLSessionCache 1 s - SSL Session Cache storage ('none', 'nonenotnull', 'dbm:/path/to/file')
SSLRandomSeed 23 s - SSL Pseudo Random Number Generator (PRNG) seeding source ('startup|connect builtin|file:/path|exec:/path [bytes]')
SSLEngine 1 s - SSL switch for the protocol engine ('on', 'off')
SSLCipherSuite 12 a A Colon-delimited list of permitted SSL Ciphers, optional preceded by protocol identifier ('XXX:...:XXX' - see manual)
SSLCertificateFile 1 s - SSL Server Certificate file ('/path/to/file' - PEM or DER encoded)
SSLCertificateKeyFile 1 s - SSL Server Private Key file ('/path/to/file' - PEM or DER encoded)
SSLCertificateChainFile 1 s - SSL Server CA Certificate Chain file ('/path/to/file' - PEM encoded)
SSLCACertificatePath 1 a A SSL CA Certificate path ('/path/to/dir' - contains PEM encoded files)
SSLCACertificateFile 1 a A SSL CA Certificate file ('/path/to/file' - PEM encoded)
SSLVerifyClient 1 a A SSL Client verify type ('none', 'optional', 'require', 'optional_no_ca')
SSLVerifyDepth 1 a A SSL Client verify depth ('N' - number of intermediate certificates)
SSLSessionCacheTimeout 1 s - SSL Session Cache object lifetime ('N' - number of seconds)
SSLProtocol * s - Enable or disable various SSL protocols ('[+-][TLSv1|TLSv1.1|TLSv1.2] ...' - see manual)
SSLHonorCipherOrder flag s - Use the server's cipher ordering preference
SSLCompression flag s - Enable SSL level compression (\`on', \`off')
SSLSessionTickets flag s - Enable or disable TLS session tickets(\`on', \`off')
SSLProxyEngine flag s - SSL switch for the proxy protocol engine ('on', 'off')
SSLProxyProtocol * s - SSL Proxy: enable or disable SSL protocol flavors ('[+-][TLSv1|TLSv1.1|TLSv1.2] ...' - see manual)
SSLProxyVerify 1 s - SSL Proxy: whether to verify the remote certificate ('on' or 'off')
SSLProxyCACertificateFile 1 s - SSL Proxy: file containing server certificates ('/path/to/file' - PEM encoded certificates)
SSLProxyCheckPeerExpire flag s - SSL Proxy: check the peer certificate's expiration date
SSLProxyCheckPeerCN flag s - SSL Proxy: check the peer certificate's CN
SSLProxyCheckPeerName flag s - SSL Proxy: check the peer certificate's name (must be present in subjectAltName extension or CN
SSLOptions * a O Set one or more options to configure the SSL engine('[+-]option[=value] ...' - see manual)
SSLRequireSSL * d A Require the SSL protocol for the per-directory context (no arguments)
SSLStaplingCache 1 s - SSL Stapling Response Cache storage (\`dbm:/path/to/file')
SSLUseStapling flag s - SSL switch for the OCSP Stapling protocol (\`on', \`off')
[remoteip]
RemoteIPHeader 1 s - Specifies a request header to trust as the client IP, e.g. X-Forwarded-For
RemoteIPProxiesHeader 1 s - Specifies a request header to record proxy IP's, e.g. X-Forwarded-By; if not given then do not record
RemoteIPTrustedProxy * s - Specifies one or more proxies which are trusted to present IP headers
RemoteIPInternalProxy * s - Specifies one or more internal (transparent) proxies which are trusted to present IP headers
RemoteIPTrustedProxyList 1 s - The filename to read the list of trusted proxies, see the RemoteIPTrustedProxy directive
RemoteIPInternalProxyList 1 s - The filename to read the list of internal proxies, see the RemoteIPInternalProxy directive
RemoteIPProxyProtocol flag s - Enable PROXY protocol handling ('on', 'off')
RemoteIPProxyProtocolExceptions * s - Disable PROXY protocol handling for this list of networks in CIDR format
`
