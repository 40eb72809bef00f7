/** nginx's directives as a table: where each may stand, what it takes, and which are not simulated. */

/**
 * Contexts: m the file itself, e events, h http, s server, l location, i `if` of a server, j `if` of a location, x limit_except,
 * u upstream, t stream, v server of a stream, w upstream of a stream.
 */
export type Context = 'm' | 'e' | 'h' | 's' | 'l' | 'i' | 'j' | 'x' | 'u' | 't' | 'v' | 'w'

/** Name, contexts, arguments (`{` opens a block), and `=` for what may stand there once. */
export const SIMULATED = `
user m 1-2 =
daemon m flag =
pid m 1 =
worker_processes m 1 =
error_log mhsltv 1-2
include mehsluijtvw 1
events m {0
http m {0
stream m {0
worker_connections e 1 =
server h {0
listen s 1+
server_name s 1+
location sl {1-2
root hslj 1 =
alias l 1 =
index hsl 1+
autoindex hsl flag =
autoindex_exact_size hsl flag =
autoindex_localtime hsl flag =
types hsl {0
default_type hsl 1 =
try_files sl 2+ =
return slij 1-2
rewrite slij 2-3
set slij 2
if sl {1+
break slij 0
add_header hslj 2-3
expires hslj 1-2
error_page hslj 2+
internal l 0
proxy_pass ljx 1
proxy_set_header hsl 2
proxy_hide_header hsl 1
proxy_connect_timeout hsl 1 =
proxy_read_timeout hsl 1 =
proxy_intercept_errors hsl flag =
proxy_redirect hsl 1-2
proxy_next_upstream hsl 1+ =
proxy_next_upstream_tries hsltv 1 =
proxy_http_version hsl 1 =
proxy_method hsl 1 =
proxy_pass_request_headers hsl flag =
proxy_pass_request_body hsl flag =
proxy_set_body hsl 1 =
upstream h {1
zone uw 1-2
ip_hash u 0
least_conn uw 0
random uw 0-2
hash uw 1-2
access_log hslj 1+
log_format h 2+
client_max_body_size hsl 1 =
allow hslx 1
deny hslx 1
satisfy hsl 1 =
limit_except l {1+
auth_basic hslx 1 =
auth_basic_user_file hslx 1 =
limit_req_zone h 3
limit_req hsl 1-3
limit_req_status hsl 1 =
limit_conn_zone h 2
limit_conn hsl 2
limit_conn_status hsl 1 =
stub_status sl 0-1
map h {2
geo h {1-2
server_tokens hsl 1 =
absolute_redirect hsl flag =
port_in_redirect hsl flag =
server_name_in_redirect hsl flag =
ssl_certificate hs 1
ssl_certificate_key hs 1
resolver hslu 1+ =
etag hsl flag =
if_modified_since hsl 1 =
log_not_found hsl flag =
charset hslj 1 =
charset_types hsl 1+
keepalive_timeout hslu 1-2 =
proxy_timeout tv 1 =
real_ip_header hsl 1 =
set_real_ip_from hsl 1
real_ip_recursive hsl flag =
sub_filter hsl 2
sub_filter_once hsl flag =
sub_filter_types hsl 1+
fastcgi_pass lj 1 =
uwsgi_pass lj 1 =
scgi_pass lj 1 =
grpc_pass lj 1 =
memcached_pass lj 1 =
`

/** Settings of what requests are refused for (`fastcgi_pass` and its likes). */
export const OF_REFUSED = `
fastcgi_param hsl 2-3
fastcgi_index hsl 1 =
fastcgi_split_path_info l 1 =
fastcgi_buffers hsl 2 =
fastcgi_buffer_size hsl 1 =
fastcgi_read_timeout hsl 1 =
fastcgi_intercept_errors hsl flag =
fastcgi_hide_header hsl 1
uwsgi_param hsl 2-3
scgi_param hsl 2-3
grpc_set_header hsl 2
`

/** What is not seen from outside, or only in how fast something is: taken, and without effect. */
export const UNSEEN = `
worker_rlimit_nofile m 1 =
worker_rlimit_core m 1 =
worker_cpu_affinity m 1+ =
worker_priority m 1 =
worker_shutdown_timeout m 1 =
working_directory m 1 =
master_process m flag =
env m 1
lock_file m 1 =
pcre_jit m flag =
timer_resolution m 1 =
thread_pool m 2-3
load_module m 1
ssl_engine m 1 =
use e 1 =
multi_accept e flag =
accept_mutex e flag =
accept_mutex_delay e 1 =
worker_aio_requests e 1 =
debug_connection e 1
sendfile hslj flag =
sendfile_max_chunk hsl 1 =
tcp_nopush hsl flag =
tcp_nodelay hsltv flag =
aio hsl 1 =
aio_write hsl flag =
directio hsl 1 =
directio_alignment hsl 1 =
output_buffers hsl 2 =
postpone_output hsl 1 =
read_ahead hsl 1 =
keepalive_requests hslu 1 =
keepalive_time hslu 1 =
keepalive_disable hsl 1-2 =
keepalive u 1 =
reset_timedout_connection hsl flag =
lingering_close hsl 1 =
lingering_time hsl 1 =
lingering_timeout hsl 1 =
send_timeout hsl 1 =
send_lowat hsl 1 =
client_body_timeout hsl 1 =
client_header_timeout hs 1 =
client_body_buffer_size hsl 1 =
client_header_buffer_size hs 1 =
large_client_header_buffers hs 2 =
client_body_in_file_only hsl 1 =
client_body_in_single_buffer hsl flag =
client_body_temp_path hsl 1-4 =
proxy_temp_path hsl 1-4 =
fastcgi_temp_path hsl 1-4 =
uwsgi_temp_path hsl 1-4 =
scgi_temp_path hsl 1-4 =
proxy_temp_file_write_size hsl 1 =
proxy_max_temp_file_size hsl 1 =
server_names_hash_max_size h 1 =
server_names_hash_bucket_size h 1 =
variables_hash_max_size h 1 =
variables_hash_bucket_size h 1 =
types_hash_max_size hsl 1 =
types_hash_bucket_size hsl 1 =
map_hash_max_size h 1 =
map_hash_bucket_size h 1 =
proxy_headers_hash_max_size hsl 1 =
proxy_headers_hash_bucket_size hsl 1 =
request_pool_size hs 1 =
connection_pool_size hs 1 =
ignore_invalid_headers hs flag =
underscores_in_headers hs flag =
merge_slashes hs flag =
log_subrequest hsl flag =
rewrite_log hslij flag =
uninitialized_variable_warn hslij flag =
open_file_cache hsl 1-2 =
open_file_cache_valid hsl 1 =
open_file_cache_min_uses hsl 1 =
open_file_cache_errors hsl flag =
open_log_file_cache hsl 1-4 =
disable_symlinks hsl 1-2 =
max_ranges hsl 1 =
chunked_transfer_encoding hsl flag =
recursive_error_pages hsl flag =
msie_padding hsl flag =
msie_refresh hsl flag =
gzip hslj flag =
gzip_types hsl 1+
gzip_comp_level hsl 1 =
gzip_min_length hsl 1 =
gzip_buffers hsl 2 =
gzip_http_version hsl 1 =
gzip_proxied hsl 1+ =
gzip_vary hsl flag =
gzip_disable hsl 1+
gzip_static hsl 1 =
gunzip hsl flag =
resolver_timeout hslu 1 =
limit_rate hslj 1 =
limit_rate_after hslj 1 =
limit_req_log_level hsl 1 =
limit_conn_log_level hsl 1 =
proxy_buffering hsl flag =
proxy_buffer_size hsltv 1 =
proxy_buffers hsl 2 =
proxy_busy_buffers_size hsl 1 =
proxy_request_buffering hsl flag =
proxy_send_timeout hsl 1 =
proxy_send_lowat hsl 1 =
proxy_socket_keepalive hsltv flag =
proxy_ignore_client_abort hsl flag =
proxy_ignore_headers hsl 1+ =
proxy_force_ranges hsl flag =
proxy_limit_rate hsl 1 =
proxy_next_upstream_timeout hsltv 1 =
proxy_ssl_server_name hsltv flag =
proxy_ssl_name hsltv 1 =
proxy_ssl_protocols hsltv 1+ =
proxy_ssl_ciphers hsltv 1 =
proxy_ssl_session_reuse hsltv flag =
ssl_protocols hstv 1+ =
ssl_ciphers hstv 1 =
ssl_prefer_server_ciphers hstv flag =
ssl_session_cache hstv 1-2 =
ssl_session_timeout hstv 1 =
ssl_session_tickets hstv flag =
ssl_session_ticket_key hstv 1
ssl_buffer_size hs 1 =
ssl_dhparam hstv 1 =
ssl_ecdh_curve hstv 1 =
ssl_stapling hs flag =
ssl_stapling_verify hs flag =
ssl_early_data hs flag =
http2 hs flag =
http2_max_concurrent_streams hs 1 =
http3 hs flag =
preread_timeout tv 1 =
preread_buffer_size tv 1 =
`

/** What would be seen, and is not done: a configuration with one of them is refused. */
export const MISSING = `
auth_request sl 1 =
auth_request_set sl 2
auth_delay hsl 1 =
proxy_cache hsl 1 =
proxy_cache_path h 2+
proxy_cache_key hsl 1 =
proxy_cache_valid hsl 1+
proxy_cache_methods hsl 1+ =
proxy_cache_use_stale hsl 1+ =
proxy_cache_bypass hsl 1+
proxy_cache_lock hsl flag =
proxy_cache_min_uses hsl 1 =
proxy_no_cache hsl 1+
proxy_store hsl 1 =
proxy_bind hsltv 1-2 =
proxy_cookie_path hsl 1-2
proxy_cookie_domain hsl 1-2
proxy_cookie_flags hsl 1-4
proxy_pass_header hsl 1
proxy_ssl_verify hsltv flag =
proxy_ssl_trusted_certificate hsltv 1 =
proxy_ssl_certificate hsltv 1 =
proxy_ssl_certificate_key hsltv 1 =
ssl_client_certificate hstv 1 =
ssl_verify_client hstv 1 =
ssl_verify_depth hstv 1 =
ssl_trusted_certificate hstv 1 =
ssl_crl hstv 1 =
ssl_password_file hstv 1 =
ssl_reject_handshake hs flag =
split_clients h {2
mirror hsl 1
ssi hslj flag =
add_trailer hslj 2-3
add_before_body hsl 1 =
add_after_body hsl 1 =
random_index l flag =
secure_link hsl 1 =
secure_link_md5 hsl 1 =
slice hsl 1 =
userid hsl 1 =
valid_referers sl 1+
source_charset hslj 1 =
override_charset hslj flag =
dav_methods hsl 1+ =
mp4 l 0
flv l 0
image_filter l 1-3
perl l 1
js_import hsl 1-3
js_content l 1
sticky u 1+
state u 1
ntlm u 0
proxy_protocol tv flag =
ssl_preread tv flag =
mail m {0
`
