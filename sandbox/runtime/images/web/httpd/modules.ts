/** Apache's modules: those built in, those that the image has as files, and what of them is simulated. */

/** In the order of httpd.conf; with a `+` those that it loads. */
const FILES =
  'mpm_event+ mpm_prefork mpm_worker authn_file+ authn_dbm authn_anon authn_dbd authn_socache authn_core+ authz_host+ authz_groupfile+ authz_user+ authz_dbm authz_owner authz_dbd authz_core+ authnz_ldap authnz_fcgi access_compat+ auth_basic+ auth_form auth_digest allowmethods isapi file_cache cache cache_disk cache_socache socache_shmcb socache_dbm socache_memcache socache_redis watchdog macro dbd bucketeer dumpio echo example_hooks case_filter case_filter_in example_ipc buffer data ratelimit reqtimeout+ ext_filter request include filter+ reflector substitute sed charset_lite deflate xml2enc proxy_html brotli mime+ ldap log_config+ log_debug log_forensic logio lua env+ mime_magic cern_meta expires headers+ ident usertrack unique_id setenvif+ version+ remoteip proxy proxy_connect proxy_ftp proxy_http proxy_fcgi proxy_scgi proxy_uwsgi proxy_fdpass proxy_wstunnel proxy_ajp proxy_balancer proxy_express proxy_hcheck session session_cookie session_crypto session_dbd slotmem_shm slotmem_plain ssl optional_hook_export optional_hook_import optional_fn_import optional_fn_export dialup http2 proxy_http2 md lbmethod_byrequests lbmethod_bytraffic lbmethod_bybusyness lbmethod_heartbeat unixd+ heartbeat heartmonitor dav status+ autoindex+ asis info suexec cgid cgi dav_fs dav_lock vhost_alias negotiation dir+ imagemap actions speling userdir alias+ rewrite'
    .split(' ')
    .map(name => ({ name: name.replace('+', ''), loaded: name.endsWith('+') }))

/** The lines of httpd.conf that load modules. */
export const loadingLines = (): string =>
  FILES.map(({ name, loaded }) => `${loaded ? '' : '#'}LoadModule ${name}_module modules/mod_${name}.so\n`).join('')

export const moduleFiles = (): string[] => FILES.map(({ name }) => `mod_${name}.so`)

export const BUILT_IN = ['core', 'so', 'http']

/** What they do is done, or cannot be seen here. */
const SIMULATED = new Set(
  'mpm_event authn_file authn_core authz_host authz_groupfile authz_user authz_core access_compat auth_basic allowmethods socache_shmcb reqtimeout filter deflate brotli mime log_config logio env expires headers setenvif version remoteip proxy proxy_http proxy_balancer slotmem_shm lbmethod_byrequests ssl http2 unixd status autoindex dir alias rewrite negotiation unique_id watchdog'.split(
    ' ',
  ),
)

export const isSimulated = (module: string): boolean => SIMULATED.has(module)
