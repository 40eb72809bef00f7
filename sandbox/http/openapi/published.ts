/**
 * What the published OpenAPI documents say and our schema does not. Made by published.node.ts from the Kubernetes sources; not
 * to be edited. It is code, not JSON, so that Node, bundlers and the compiler read it like any other part that is loaded later.
 */
import type { Published } from './definitions.ts'

/** Parameters: key → name, place, type and words. */
export const published: Published & {
  PARAMETERS: Readonly<Record<string, readonly [string, string, string, string]>>
} = {
  PARAMETERS: {
    'allowWatchBookmarks-HC2hJt-J': [
      'allowWatchBookmarks',
      'query',
      'boolean',
      'allowWatchBookmarks requests watch events with type "BOOKMARK". Servers that do not implement bookmarks may ignore this flag and bookmarks are sent at the server\'s discretion. Clients should not assume bookmarks are returned at any specific interval, nor may they assume the server will send any BOOKMARK event during a session. If this is not a watch, this field is ignored.',
    ],
    'command-Py3eQybp': [
      'command',
      'query',
      'string',
      'Command is the remote command to execute. argv array. Not executed within a shell.',
    ],
    'container-1GeXxFDC': [
      'container',
      'query',
      'string',
      'The container for which to stream logs. Defaults to only container if there is one container in the pod.',
    ],
    'container-_Q-EJ3nR': [
      'container',
      'query',
      'string',
      'The container in which to execute the command. Defaults to only container if there is only one container in the pod.',
    ],
    'container-i5dOmRiM': [
      'container',
      'query',
      'string',
      'Container in which to execute the command. Defaults to only container if there is only one container in the pod.',
    ],
    'continue-QfD61s0i': [
      'continue',
      'query',
      'string',
      'The continue option should be set when retrieving more results from the server. Since this value is server defined, clients may only use the continue value from a previous query result with identical query parameters (except for the value of continue) and the server may reject a continue value it does not recognize. If the specified continue value is no longer valid whether due to expiration (generally five to fifteen minutes) or a configuration change on the server, the server will respond with a 410 ResourceExpired error together with a continue token. If the client needs a consistent list, it must restart their list without the continue field. Otherwise, the client may send another list request with the token received with the 410 error, the server will respond with a list starting from the next key, but from the latest snapshot, which is inconsistent from the previous list results - objects that are created, modified, or deleted after the first list request will be included in the response, as long as their keys are after the "next key".\n\nThis field is not supported when watch is true. Clients may start a watch from the last resourceVersion value returned by the server and not miss any modifications.',
    ],
    dryRun: [
      'dryRun',
      'query',
      'string',
      'When present, indicates that modifications should not be persisted. An invalid or unrecognized dryRun directive will result in an error response and no further processing of the request. Valid values are: - All: all dry run stages will be processed',
    ],
    'fieldManager-7c6nTn1T': [
      'fieldManager',
      'query',
      'string',
      'fieldManager is a name associated with the actor or entity that is making these changes. The value must be less than or 128 characters long, and only contain printable characters, as defined by https://golang.org/pkg/unicode/#IsPrint. This field is required for apply requests (application/apply-patch) but optional for non-apply patch types (JsonPatch, MergePatch, StrategicMergePatch).',
    ],
    'fieldManager-Qy4HdaTW': [
      'fieldManager',
      'query',
      'string',
      'fieldManager is a name associated with the actor or entity that is making these changes. The value must be less than or 128 characters long, and only contain printable characters, as defined by https://golang.org/pkg/unicode/#IsPrint.',
    ],
    'fieldSelector-xIcQKXFG': [
      'fieldSelector',
      'query',
      'string',
      'A selector to restrict the list of returned objects by their fields. Defaults to everything.',
    ],
    fieldValidation: [
      'fieldValidation',
      'query',
      'string',
      'fieldValidation instructs the server on how to handle objects in the request (POST/PUT/PATCH) containing unknown or duplicate fields. Valid values are: - Ignore: This will ignore any unknown fields that are silently dropped from the object, and will ignore all but the last duplicate field that the decoder encounters. This is the default behavior prior to v1.23. - Warn: This will send a warning via the standard warning response header for each unknown field that is dropped from the object, and for each duplicate field that is encountered. The request will still succeed if there are no other errors, and will only persist the last of any duplicate fields. This is the default in v1.23+ - Strict: This will fail the request with a BadRequest error if any unknown fields would be dropped from the object, or if any duplicate fields are present. The error returned from the server will contain all unknown and duplicate fields encountered.',
    ],
    'follow-9OIXh_2R': ['follow', 'query', 'boolean', 'Follow the log stream of the pod. Defaults to false.'],
    'force-tOGGb0Yi': [
      'force',
      'query',
      'boolean',
      'Force is going to "force" Apply requests. It means user will re-acquire conflicting fields owned by other people. Force flag must be unset for non-apply patch requests.',
    ],
    'gracePeriodSeconds--K5HaBOS': [
      'gracePeriodSeconds',
      'query',
      'integer',
      'The duration in seconds before the object should be deleted. Value must be non-negative integer. The value zero indicates delete immediately. If this value is nil, the default grace period for the specified type will be used. Defaults to a per object value if not specified. zero means delete immediately.',
    ],
    'ignoreStoreReadErrorWithClusterBreakingPotential-QbNkfIqj': [
      'ignoreStoreReadErrorWithClusterBreakingPotential',
      'query',
      'boolean',
      'if set to true, it will trigger an unsafe deletion of the resource in case the normal deletion flow fails with a corrupt object error. A resource is considered corrupt if it can not be retrieved from the underlying storage successfully because of a) its data can not be transformed e.g. decryption failure, or b) it fails to decode into an object. NOTE: unsafe deletion ignores finalizer constraints, skips precondition checks, and removes the object from the storage. WARNING: This may potentially break the cluster if the workload associated with the resource being unsafe-deleted relies on normal deletion flow. Use only if you REALLY know what you are doing. The default value is false, and the user must opt in to enable it',
    ],
    'insecureSkipTLSVerifyBackend-gM00jVbe': [
      'insecureSkipTLSVerifyBackend',
      'query',
      'boolean',
      "insecureSkipTLSVerifyBackend indicates that the apiserver should not confirm the validity of the serving certificate of the backend it is connecting to.  This will make the HTTPS connection between the apiserver and the backend insecure. This means the apiserver cannot verify the log data it is receiving came from the real kubelet.  If the kubelet is configured to verify the apiserver's TLS credentials, it does not mean the connection to the real kubelet is vulnerable to a man in the middle attack (e.g. an attacker could not intercept the actual log data coming from the real kubelet).",
    ],
    'labelSelector-5Zw57w4C': [
      'labelSelector',
      'query',
      'string',
      'A selector to restrict the list of returned objects by their labels. Defaults to everything.',
    ],
    'limit-1NfNmdNH': [
      'limit',
      'query',
      'integer',
      'limit is a maximum number of responses to return for a list call. If more items exist, the server will set the `continue` field on the list metadata to a value that can be used with the same initial query to retrieve the next set of results. Setting a limit may return fewer than the requested amount of items (up to zero items) in the event all requested objects are filtered out and clients should only use the presence of the continue field to determine whether more results are available. Servers may choose not to support the limit argument and will return all of the available results. If limit is specified and the continue field is empty, clients may assume that no more results are available. This field is not supported if watch is true.\n\nThe server guarantees that the objects returned when using continue will be identical to issuing a single list call without a limit - that is, no objects created, modified, or deleted after the first request is issued will be included in any subsequent continued requests. This is sometimes referred to as a consistent snapshot, and ensures that a client that is using limit to receive smaller chunks of a very large result can ensure they see all possible objects. If objects are updated during a chunked list the version of the object that was present at the time the first list result was calculated is returned.',
    ],
    'limitBytes-zwd1RXuc': [
      'limitBytes',
      'query',
      'integer',
      'If set, the number of bytes to read from the server before terminating the log output. This may not display a complete final line of logging, and may return slightly more or slightly less than the specified limit.',
    ],
    'logpath-Noq7euwC': ['logpath', 'path', 'string', 'path to the log'],
    'namespace-vgWSWtn3': ['namespace', 'path', 'string', 'object name and auth scope, such as for teams and projects'],
    'orphanDependents-uRB25kX5': [
      'orphanDependents',
      'query',
      'boolean',
      'Deprecated: please use the PropagationPolicy, this field will be deprecated in 1.7. Should the dependent objects be orphaned. If true/false, the "orphan" finalizer will be added to/removed from the object\'s finalizers list. Either this field or PropagationPolicy may be set, but not both.',
    ],
    'path-QCf0eosM': [
      'path',
      'query',
      'string',
      'Path is the part of URLs that include service endpoints, suffixes, and parameters to use for the current proxy request to service. For example, the whole request URL is http://localhost/api/v1/namespaces/kube-system/services/elasticsearch-logging/_search?q=user:kimchy. Path is _search?q=user:kimchy.',
    ],
    'path-oPbzgLUj': ['path', 'query', 'string', 'Path is the URL path to use for the current proxy request to pod.'],
    'path-rFDtV0x9': ['path', 'query', 'string', 'Path is the URL path to use for the current proxy request to node.'],
    'path-z6Ciiujn': ['path', 'path', 'string', 'path to the resource'],
    'ports-91KROJmm': ['ports', 'query', 'integer', 'List of ports to forward Required when using WebSockets'],
    'pretty-tJGM1-ng': [
      'pretty',
      'query',
      'string',
      "If 'true', then the output is pretty printed. Defaults to 'false' unless the user-agent indicates a browser or command-line HTTP tool (curl and wget).",
    ],
    'previous-1jxDPu3y': [
      'previous',
      'query',
      'boolean',
      'Return previous terminated container logs. Defaults to false.',
    ],
    'propagationPolicy-6jk3prlO': [
      'propagationPolicy',
      'query',
      'string',
      "Whether and how garbage collection will be performed. Either this field or OrphanDependents may be set, but not both. The default policy is decided by the existing finalizer set in the metadata.finalizers and the resource-specific default policy. Acceptable values are: 'Orphan' - orphan the dependents; 'Background' - allow the garbage collector to delete the dependents in the background; 'Foreground' - a cascading policy that deletes all dependents in the foreground.",
    ],
    'resourceVersion-5WAnf1kx': [
      'resourceVersion',
      'query',
      'string',
      'resourceVersion sets a constraint on what resource versions a request may be served from. See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions for details.\n\nDefaults to unset',
    ],
    'resourceVersionMatch-t8XhRHeC': [
      'resourceVersionMatch',
      'query',
      'string',
      'resourceVersionMatch determines how resourceVersion is applied to list calls. It is highly recommended that resourceVersionMatch be set for list calls where resourceVersion is set See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions for details.\n\nDefaults to unset',
    ],
    'sendInitialEvents-rLXlEK_k': [
      'sendInitialEvents',
      'query',
      'boolean',
      '`sendInitialEvents=true` may be set together with `watch=true`. In that case, the watch stream will begin with synthetic events to produce the current state of objects in the collection. Once all such events have been sent, a synthetic "Bookmark" event  will be sent. The bookmark will report the ResourceVersion (RV) corresponding to the set of objects, and be marked with `"k8s.io/initial-events-end": "true"` annotation. Afterwards, the watch stream will proceed as usual, sending watch events corresponding to changes (subsequent to the RV) to objects watched.\n\nWhen `sendInitialEvents` option is set, we require `resourceVersionMatch` option to also be set. The semantic of the watch request is as following: - `resourceVersionMatch` = NotOlderThan\n  is interpreted as "data at least as new as the provided `resourceVersion`"\n  and the bookmark event is send when the state is synced\n  to a `resourceVersion` at least as fresh as the one provided by the ListOptions.\n  If `resourceVersion` is unset, this is interpreted as "consistent read" and the\n  bookmark event is send when the state is synced at least to the moment\n  when request started being processed.\n- `resourceVersionMatch` set to any other value or unset\n  Invalid error is returned.\n\nDefaults to true if `resourceVersion=""` or `resourceVersion="0"` (for backward compatibility reasons) and to false otherwise.',
    ],
    'shardSelector-Kgyki_3_': [
      'shardSelector',
      'query',
      'string',
      "shardSelector restricts the list of returned objects using a CEL-based shard selector expression. The format uses the shardRange() function combined with || (logical OR) to specify one or more hash ranges:\n\n  shardRange(object.metadata.uid, '0x0', '0x8000000000000000')\n  shardRange(object.metadata.uid, '0x0', '0x8000000000000000') || shardRange(object.metadata.uid, '0x8000000000000000', '0x10000000000000000')\n\nField paths use CEL-style object-rooted syntax (e.g. \"object.metadata.uid\"), NOT the fieldSelector format (\"metadata.uid\"). Currently supported paths:\n  - object.metadata.uid\n  - object.metadata.namespace\n\nhexStart and hexEnd are single-quoted CEL string literals with a '0x' prefix, defining the inclusive lower and exclusive upper bounds over the 64-bit FNV-1a hash space. The full range is [0x0, 0x10000000000000000), where the exclusive upper bound equals 2^64.\n\nExamples:\n  2-shard split:\n    shard 0: shardRange(object.metadata.uid, '0x0000000000000000', '0x8000000000000000')\n    shard 1: shardRange(object.metadata.uid, '0x8000000000000000', '0x10000000000000000')\n  4-shard split:\n    shard 0: shardRange(object.metadata.uid, '0x0000000000000000', '0x4000000000000000')\n    shard 1: shardRange(object.metadata.uid, '0x4000000000000000', '0x8000000000000000')\n    shard 2: shardRange(object.metadata.uid, '0x8000000000000000', '0xc000000000000000')\n    shard 3: shardRange(object.metadata.uid, '0xc000000000000000', '0x10000000000000000')\n\nThis is an alpha field and requires enabling the ShardedListAndWatch feature gate.",
    ],
    'sinceSeconds-vE2NLdnP': [
      'sinceSeconds',
      'query',
      'integer',
      'A relative time in seconds before the current time from which to show logs. If this value precedes the time a pod was started, only logs since the pod start will be returned. If this value is in the future, no logs will be returned. Only one of sinceSeconds or sinceTime may be specified.',
    ],
    'stderr-26jJhFUR': [
      'stderr',
      'query',
      'boolean',
      'Stderr if true indicates that stderr is to be redirected for the attach call. Defaults to true.',
    ],
    'stderr-W_1TNlWc': ['stderr', 'query', 'boolean', 'Redirect the standard error stream of the pod for this call.'],
    'stdin-PSzNhyUC': [
      'stdin',
      'query',
      'boolean',
      'Redirect the standard input stream of the pod for this call. Defaults to false.',
    ],
    'stdin-sEFnN3IS': [
      'stdin',
      'query',
      'boolean',
      'Stdin if true, redirects the standard input stream of the pod for this call. Defaults to false.',
    ],
    'stdout--EZLRwV1': ['stdout', 'query', 'boolean', 'Redirect the standard output stream of the pod for this call.'],
    'stdout-005YMKE6': [
      'stdout',
      'query',
      'boolean',
      'Stdout if true indicates that stdout is to be redirected for the attach call. Defaults to true.',
    ],
    'stream-l-48cgXv': [
      'stream',
      'query',
      'string',
      'Specify which container log stream to return to the client. Acceptable values are "All", "Stdout" and "Stderr". If not specified, "All" is used, and both stdout and stderr are returned interleaved. Note that when "TailLines" is specified, "Stream" can only be set to nil or "All".',
    ],
    'tailLines-9xQLWHMV': [
      'tailLines',
      'query',
      'integer',
      'If set, the number of lines from the end of the logs to show. If not specified, logs are shown from the creation of the container or sinceSeconds or sinceTime. Note that when "TailLines" is specified, "Stream" can only be set to nil or "All".',
    ],
    'timeoutSeconds-yvYezaOC': [
      'timeoutSeconds',
      'query',
      'integer',
      'Timeout for the list/watch call. This limits the duration of the call, regardless of any activity or inactivity.',
    ],
    'timestamps-c17fW1w_': [
      'timestamps',
      'query',
      'boolean',
      'If true, add an RFC3339 or RFC3339Nano timestamp at the beginning of every line of log output. Defaults to false.',
    ],
    'tty-g7MlET_l': [
      'tty',
      'query',
      'boolean',
      'TTY if true indicates that a tty will be allocated for the attach call. This is passed through the container runtime so the tty is allocated on the worker node by the container runtime. Defaults to false.',
    ],
    'tty-s0flW37O': [
      'tty',
      'query',
      'boolean',
      'TTY if true indicates that a tty will be allocated for the exec call. Defaults to false.',
    ],
    'watch-XNNPZGbK': [
      'watch',
      'query',
      'boolean',
      'Watch for changes to the described resources and return them as a stream of add, update, and remove notifications. Specify resourceVersion.',
    ],
  },
  MODELS: {
    'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingList': {
      description: 'MutatingAdmissionPolicyBindingList is a list of MutatingAdmissionPolicyBinding.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of PolicyBinding.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'MutatingAdmissionPolicyBindingList', version: 'v1' },
      ],
    },
    'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyList': {
      description: 'MutatingAdmissionPolicyList is a list of MutatingAdmissionPolicy.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of ValidatingAdmissionPolicy.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'MutatingAdmissionPolicyList', version: 'v1' },
      ],
    },
    'io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList': {
      description: 'MutatingWebhookConfigurationList is a list of MutatingWebhookConfiguration.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of MutatingWebhookConfiguration.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfigurationList', version: 'v1' },
      ],
    },
    'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList': {
      description: 'ValidatingAdmissionPolicyBindingList is a list of ValidatingAdmissionPolicyBinding.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of PolicyBinding.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicyBindingList', version: 'v1' },
      ],
    },
    'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyList': {
      description: 'ValidatingAdmissionPolicyList is a list of ValidatingAdmissionPolicy.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of ValidatingAdmissionPolicy.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicyList', version: 'v1' },
      ],
    },
    'io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList': {
      description: 'ValidatingWebhookConfigurationList is a list of ValidatingWebhookConfiguration.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of ValidatingWebhookConfiguration.',
          items: { $ref: '#/components/schemas/io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'metadata is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfigurationList', version: 'v1' },
      ],
    },
    'io.k8s.api.apps.v1.ControllerRevisionList': {
      description: 'ControllerRevisionList is a resource containing a list of ControllerRevision objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of ControllerRevisions',
          items: { $ref: '#/components/schemas/io.k8s.api.apps.v1.ControllerRevision' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'ControllerRevisionList', version: 'v1' }],
    },
    'io.k8s.api.apps.v1.DaemonSetList': {
      description: 'DaemonSetList is a collection of daemon sets.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'A list of daemon sets.',
          items: { $ref: '#/components/schemas/io.k8s.api.apps.v1.DaemonSet' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'DaemonSetList', version: 'v1' }],
    },
    'io.k8s.api.apps.v1.DeploymentList': {
      description: 'DeploymentList is a list of Deployments.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of Deployments.',
          items: { $ref: '#/components/schemas/io.k8s.api.apps.v1.Deployment' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata.',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'DeploymentList', version: 'v1' }],
    },
    'io.k8s.api.apps.v1.ReplicaSetList': {
      description: 'ReplicaSetList is a collection of ReplicaSets.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'List of ReplicaSets. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset',
          items: { $ref: '#/components/schemas/io.k8s.api.apps.v1.ReplicaSet' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'ReplicaSetList', version: 'v1' }],
    },
    'io.k8s.api.apps.v1.StatefulSetList': {
      description: 'StatefulSetList is a collection of StatefulSets.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of stateful sets.',
          items: { $ref: '#/components/schemas/io.k8s.api.apps.v1.StatefulSet' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard list's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'StatefulSetList', version: 'v1' }],
    },
    'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList': {
      description: 'list of horizontal pod autoscaler objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of horizontal pod autoscaler objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata.',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'autoscaling', kind: 'HorizontalPodAutoscalerList', version: 'v1' }],
    },
    'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerList': {
      description: 'HorizontalPodAutoscalerList is a list of horizontal pod autoscaler objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of horizontal pod autoscaler objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'metadata is the standard list metadata.',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'autoscaling', kind: 'HorizontalPodAutoscalerList', version: 'v2' }],
    },
    'io.k8s.api.batch.v1.CronJobList': {
      description: 'CronJobList is a collection of cron jobs.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of CronJobs.',
          items: { $ref: '#/components/schemas/io.k8s.api.batch.v1.CronJob' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'batch', kind: 'CronJobList', version: 'v1' }],
    },
    'io.k8s.api.batch.v1.JobList': {
      description: 'JobList is a collection of jobs.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of Jobs.',
          items: { $ref: '#/components/schemas/io.k8s.api.batch.v1.Job' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'batch', kind: 'JobList', version: 'v1' }],
    },
    'io.k8s.api.certificates.v1.CertificateSigningRequestList': {
      description: 'CertificateSigningRequestList is a collection of CertificateSigningRequest objects',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is a collection of CertificateSigningRequest objects',
          items: { $ref: '#/components/schemas/io.k8s.api.certificates.v1.CertificateSigningRequest' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'certificates.k8s.io', kind: 'CertificateSigningRequestList', version: 'v1' },
      ],
    },
    'io.k8s.api.coordination.v1.LeaseList': {
      description: 'LeaseList is a list of Lease objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is a list of schema objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.coordination.v1.Lease' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'coordination.k8s.io', kind: 'LeaseList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ComponentStatusList': {
      description:
        'Status of all the conditions for the component as a list of ComponentStatus objects. Deprecated: This API is deprecated in v1.19+',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of ComponentStatus objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ComponentStatus' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ComponentStatusList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ConfigMapList': {
      description: 'ConfigMapList is a resource containing a list of ConfigMap objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of ConfigMaps.',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ConfigMap' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ConfigMapList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.EndpointsList': {
      description: 'EndpointsList is a list of endpoints. Deprecated: This API is deprecated in v1.33+.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of endpoints.',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Endpoints' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'EndpointsList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.EventList': {
      description: 'EventList is a list of events.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of events',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Event' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'EventList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.LimitRangeList': {
      description: 'LimitRangeList is a list of LimitRange items.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'Items is a list of LimitRange objects. More info: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.LimitRange' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'LimitRangeList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.NamespaceList': {
      description: 'NamespaceList is a list of Namespaces.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'Items is the list of Namespace objects in the list. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Namespace' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'NamespaceList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.NodeList': {
      description: 'NodeList is the whole list of all Nodes which have been registered with master.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of nodes',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Node' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'NodeList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.PersistentVolumeClaimList': {
      description: 'PersistentVolumeClaimList is a list of PersistentVolumeClaim items.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'items is a list of persistent volume claims. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#persistentvolumeclaims',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.PersistentVolumeClaim' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'PersistentVolumeClaimList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.PersistentVolumeList': {
      description: 'PersistentVolumeList is a list of PersistentVolume items.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'items is a list of persistent volumes. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.PersistentVolume' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'PersistentVolumeList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.PodList': {
      description: 'PodList is a list of Pods.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'List of pods. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Pod' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'PodList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.PodTemplateList': {
      description: 'PodTemplateList is a list of PodTemplates.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of pod templates',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.PodTemplate' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'PodTemplateList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ReplicationControllerList': {
      description: 'ReplicationControllerList is a collection of replication controllers.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'List of replication controllers. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ReplicationController' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ReplicationControllerList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ResourceQuotaList': {
      description: 'ResourceQuotaList is a list of ResourceQuota items.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'Items is a list of ResourceQuota objects. More info: https://kubernetes.io/docs/concepts/policy/resource-quotas/',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ResourceQuota' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ResourceQuotaList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.SecretList': {
      description: 'SecretList is a list of Secret.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'Items is a list of secret objects. More info: https://kubernetes.io/docs/concepts/configuration/secret',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Secret' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'SecretList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ServiceAccountList': {
      description: 'ServiceAccountList is a list of ServiceAccount objects',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description:
            'List of ServiceAccounts. More info: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.ServiceAccount' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ServiceAccountList', version: 'v1' }],
    },
    'io.k8s.api.core.v1.ServiceList': {
      description: 'ServiceList holds a list of services.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'List of services',
          items: { $ref: '#/components/schemas/io.k8s.api.core.v1.Service' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'ServiceList', version: 'v1' }],
    },
    'io.k8s.api.discovery.v1.EndpointSliceList': {
      description: 'EndpointSliceList represents a list of endpoint slices',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of endpoint slices',
          items: { $ref: '#/components/schemas/io.k8s.api.discovery.v1.EndpointSlice' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata.',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'discovery.k8s.io', kind: 'EndpointSliceList', version: 'v1' }],
    },
    'io.k8s.api.events.v1.EventList': {
      description: 'EventList is a list of Event objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is a list of schema objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.events.v1.Event' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'events.k8s.io', kind: 'EventList', version: 'v1' }],
    },
    'io.k8s.api.flowcontrol.v1.FlowSchemaList': {
      description: 'FlowSchemaList is a list of FlowSchema objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: '`items` is a list of FlowSchemas.',
          items: { $ref: '#/components/schemas/io.k8s.api.flowcontrol.v1.FlowSchema' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            '`metadata` is the standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'FlowSchemaList', version: 'v1' },
      ],
    },
    'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationList': {
      description: 'PriorityLevelConfigurationList is a list of PriorityLevelConfiguration objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: '`items` is a list of request-priorities.',
          items: { $ref: '#/components/schemas/io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "`metadata` is the standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'PriorityLevelConfigurationList', version: 'v1' },
      ],
    },
    'io.k8s.api.networking.v1.IPAddressList': {
      description: 'IPAddressList contains a list of IPAddress.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of IPAddresses.',
          items: { $ref: '#/components/schemas/io.k8s.api.networking.v1.IPAddress' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', kind: 'IPAddressList', version: 'v1' }],
    },
    'io.k8s.api.networking.v1.IngressClassList': {
      description: 'IngressClassList is a collection of IngressClasses.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of IngressClasses.',
          items: { $ref: '#/components/schemas/io.k8s.api.networking.v1.IngressClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata.',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', kind: 'IngressClassList', version: 'v1' }],
    },
    'io.k8s.api.networking.v1.IngressList': {
      description: 'IngressList is a collection of Ingress.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of Ingress.',
          items: { $ref: '#/components/schemas/io.k8s.api.networking.v1.Ingress' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', kind: 'IngressList', version: 'v1' }],
    },
    'io.k8s.api.networking.v1.NetworkPolicyList': {
      description: 'NetworkPolicyList is a list of NetworkPolicy objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is a list of schema objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.networking.v1.NetworkPolicy' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', kind: 'NetworkPolicyList', version: 'v1' }],
    },
    'io.k8s.api.networking.v1.ServiceCIDRList': {
      description: 'ServiceCIDRList contains a list of ServiceCIDR objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of ServiceCIDRs.',
          items: { $ref: '#/components/schemas/io.k8s.api.networking.v1.ServiceCIDR' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'networking.k8s.io', kind: 'ServiceCIDRList', version: 'v1' }],
    },
    'io.k8s.api.node.v1.RuntimeClassList': {
      description: 'RuntimeClassList is a list of RuntimeClass objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is a list of schema objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.node.v1.RuntimeClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'node.k8s.io', kind: 'RuntimeClassList', version: 'v1' }],
    },
    'io.k8s.api.policy.v1.PodDisruptionBudgetList': {
      description: 'PodDisruptionBudgetList is a collection of PodDisruptionBudgets.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is a list of PodDisruptionBudgets',
          items: { $ref: '#/components/schemas/io.k8s.api.policy.v1.PodDisruptionBudget' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'policy', kind: 'PodDisruptionBudgetList', version: 'v1' }],
    },
    'io.k8s.api.rbac.v1.ClusterRoleBindingList': {
      description: 'ClusterRoleBindingList is a collection of ClusterRoleBindings',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is a list of ClusterRoleBindings',
          items: { $ref: '#/components/schemas/io.k8s.api.rbac.v1.ClusterRoleBinding' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: "Standard object's metadata.",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBindingList', version: 'v1' },
      ],
    },
    'io.k8s.api.rbac.v1.ClusterRoleList': {
      description: 'ClusterRoleList is a collection of ClusterRoles',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is a list of ClusterRoles',
          items: { $ref: '#/components/schemas/io.k8s.api.rbac.v1.ClusterRole' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: "Standard object's metadata.",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleList', version: 'v1' },
      ],
    },
    'io.k8s.api.rbac.v1.RoleBindingList': {
      description: 'RoleBindingList is a collection of RoleBindings',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is a list of RoleBindings',
          items: { $ref: '#/components/schemas/io.k8s.api.rbac.v1.RoleBinding' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: "Standard object's metadata.",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'rbac.authorization.k8s.io', kind: 'RoleBindingList', version: 'v1' },
      ],
    },
    'io.k8s.api.rbac.v1.RoleList': {
      description: 'RoleList is a collection of Roles',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is a list of Roles',
          items: { $ref: '#/components/schemas/io.k8s.api.rbac.v1.Role' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: "Standard object's metadata.",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'rbac.authorization.k8s.io', kind: 'RoleList', version: 'v1' }],
    },
    'io.k8s.api.resource.v1.DeviceClassList': {
      description: 'DeviceClassList is a collection of classes.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of resource classes.',
          items: { $ref: '#/components/schemas/io.k8s.api.resource.v1.DeviceClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'resource.k8s.io', kind: 'DeviceClassList', version: 'v1' }],
    },
    'io.k8s.api.resource.v1.ResourceClaimList': {
      description: 'ResourceClaimList is a collection of claims.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of resource claims.',
          items: { $ref: '#/components/schemas/io.k8s.api.resource.v1.ResourceClaim' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'resource.k8s.io', kind: 'ResourceClaimList', version: 'v1' }],
    },
    'io.k8s.api.resource.v1.ResourceClaimTemplateList': {
      description: 'ResourceClaimTemplateList is a collection of claim templates.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of resource claim templates.',
          items: { $ref: '#/components/schemas/io.k8s.api.resource.v1.ResourceClaimTemplate' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'resource.k8s.io', kind: 'ResourceClaimTemplateList', version: 'v1' },
      ],
    },
    'io.k8s.api.resource.v1.ResourceSliceList': {
      description: 'ResourceSliceList is a collection of ResourceSlices.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of resource ResourceSlices.',
          items: { $ref: '#/components/schemas/io.k8s.api.resource.v1.ResourceSlice' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description: 'Standard list metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'resource.k8s.io', kind: 'ResourceSliceList', version: 'v1' }],
    },
    'io.k8s.api.scheduling.v1.PriorityClassList': {
      description: 'PriorityClassList is a collection of priority classes.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of PriorityClasses',
          items: { $ref: '#/components/schemas/io.k8s.api.scheduling.v1.PriorityClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'scheduling.k8s.io', kind: 'PriorityClassList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.CSIDriverList': {
      description: 'CSIDriverList is a collection of CSIDriver objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of CSIDriver',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.CSIDriver' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'storage.k8s.io', kind: 'CSIDriverList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.CSINodeList': {
      description: 'CSINodeList is a collection of CSINode objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of CSINode',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.CSINode' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'storage.k8s.io', kind: 'CSINodeList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.CSIStorageCapacityList': {
      description: 'CSIStorageCapacityList is a collection of CSIStorageCapacity objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of CSIStorageCapacity objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.CSIStorageCapacity' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'storage.k8s.io', kind: 'CSIStorageCapacityList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.StorageClassList': {
      description: 'StorageClassList is a collection of storage classes.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of StorageClasses',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.StorageClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'storage.k8s.io', kind: 'StorageClassList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.VolumeAttachmentList': {
      description: 'VolumeAttachmentList is a collection of VolumeAttachment objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of VolumeAttachments',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.VolumeAttachment' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'storage.k8s.io', kind: 'VolumeAttachmentList', version: 'v1' }],
    },
    'io.k8s.api.storage.v1.VolumeAttributesClassList': {
      description: 'VolumeAttributesClassList is a collection of VolumeAttributesClass objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items is the list of VolumeAttributesClass objects.',
          items: { $ref: '#/components/schemas/io.k8s.api.storage.v1.VolumeAttributesClass' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'storage.k8s.io', kind: 'VolumeAttributesClassList', version: 'v1' },
      ],
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList': {
      description: 'CustomResourceDefinitionList is a list of CustomResourceDefinition objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'items list individual CustomResourceDefinition objects',
          items: {
            $ref: '#/components/schemas/io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
          },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            "Standard object's metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinitionList', version: 'v1' },
      ],
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': {
      description:
        'JSON represents any valid JSON value. These types are supported: bool, int64, float64, string, []interface{}, map[string]interface{} and nil.',
    },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': {
      description:
        'Quantity is a fixed-point representation of a number. It provides convenient marshaling/unmarshaling in JSON and YAML, in addition to String() and AsInt64() accessors.\n\nThe serialization format is:\n\n``` <quantity>        ::= <signedNumber><suffix>\n\n\t(Note that <suffix> may be empty, from the "" case in <decimalSI>.)\n\n<digit>           ::= 0 | 1 | ... | 9 <digits>          ::= <digit> | <digit><digits> <number>          ::= <digits> | <digits>.<digits> | <digits>. | .<digits> <sign>            ::= "+" | "-" <signedNumber>    ::= <number> | <sign><number> <suffix>          ::= <binarySI> | <decimalExponent> | <decimalSI> <binarySI>        ::= Ki | Mi | Gi | Ti | Pi | Ei\n\n\t(International System of units; See: http://physics.nist.gov/cuu/Units/binary.html)\n\n<decimalSI>       ::= m | "" | k | M | G | T | P | E\n\n\t(Note that 1024 = 1Ki but 1000 = 1k; I didn\'t choose the capitalization.)\n\n<decimalExponent> ::= "e" <signedNumber> | "E" <signedNumber> ```\n\nNo matter which of the three exponent forms is used, no quantity may represent a number greater than 2^63-1 in magnitude, nor may it have more than 3 decimal places. Numbers larger or more precise will be capped or rounded up. (E.g.: 0.1m will rounded up to 1m.) This may be extended in the future if we require larger or smaller quantities.\n\nWhen a Quantity is parsed from a string, it will remember the type of suffix it had, and will use the same type again when it is serialized.\n\nBefore serializing, Quantity will be put in "canonical form". This means that Exponent/suffix will be adjusted up or down (with a corresponding increase or decrease in Mantissa) such that:\n\n- No precision is lost - No fractional digits will be emitted - The exponent (or suffix) is as large as possible.\n\nThe sign will be omitted unless the number is negative.\n\nExamples:\n\n- 1.5 will be serialized as "1500m" - 1.5Gi will be serialized as "1536Mi"\n\nNote that the quantity will NEVER be internally represented by a floating point number. That is the whole point of this exercise.\n\nNon-canonical values will still parse as long as they are well formed, but will be re-emitted in their canonical form. (So always use canonical form, or don\'t diff.)\n\nThis format is intended to make it difficult to use these numbers without writing some sort of special handling code in the hopes that that will cause implementors to also use a fixed point implementation.',
      oneOf: [{ type: 'string' }, { type: 'number' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup': {
      description: 'APIGroup contains the name, the supported versions, and the preferred version of a group.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        name: { default: '', description: 'name is the name of the group.', type: 'string' },
        preferredVersion: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery' }],
          default: {},
          description:
            'preferredVersion is the version preferred by the API server, which probably is the storage version.',
        },
        serverAddressByClientCIDRs: {
          description:
            'a map of client CIDR to server address that is serving this group. This is to help clients reach servers in the most network-efficient way possible. Clients can use the appropriate server address as per the CIDR that they match. In case of multiple matches, clients should use the longest matching CIDR. The server returns only those CIDRs that it thinks that the client can match. For example: the master will return an internal IP CIDR only, if the client reaches the server using an internal IP. Server looks at X-Forwarded-For header or X-Real-Ip header or request.RemoteAddr (in that order) to get the client IP.',
          items: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
        versions: {
          description: 'versions are the versions supported in this group.',
          items: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
      },
      required: ['name', 'versions'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'APIGroup', version: 'v1' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList': {
      description: 'APIGroupList is a list of APIGroup, to allow clients to discover the API at /apis.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        groups: {
          description: 'groups is a list of APIGroup.',
          items: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
      },
      required: ['groups'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'APIGroupList', version: 'v1' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.APIResource': {
      description: 'APIResource specifies the name of a resource and whether it is namespaced.',
      properties: {
        categories: {
          description: "categories is a list of the grouped resources this resource belongs to (e.g. 'all')",
          items: { type: 'string' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
        group: {
          description:
            'group is the preferred group of the resource.  Empty implies the group of the containing resource list. For subresources, this may have a different value, for example: Scale".',
          type: 'string',
        },
        kind: {
          default: '',
          description: "kind is the kind for the resource (e.g. 'Foo' is the kind for a resource 'foo')",
          type: 'string',
        },
        name: { default: '', description: 'name is the plural name of the resource.', type: 'string' },
        namespaced: {
          default: false,
          description: 'namespaced indicates if a resource is namespaced or not.',
          type: 'boolean',
        },
        shortNames: {
          description: 'shortNames is a list of suggested short names of the resource.',
          items: { type: 'string' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
        singularName: {
          default: '',
          description:
            'singularName is the singular name of the resource.  This allows clients to handle plural and singular opaquely. The singularName is more correct for reporting status on a single item and both singular and plural are allowed from the kubectl CLI interface.',
          type: 'string',
        },
        storageVersionHash: {
          description:
            'The hash value of the storage version, the version this resource is converted to when written to the data store. Value must be treated as opaque by clients. Only equality comparison on the value is valid. This is an alpha feature and may change or be removed in the future. The field is populated by the apiserver only if the StorageVersionHash feature gate is enabled. This field will remain optional even if it graduates.',
          type: 'string',
        },
        verbs: {
          description:
            'verbs is a list of supported kube verbs (this includes get, list, watch, create, update, patch, delete, deletecollection, and proxy)',
          items: { type: 'string' },
          type: 'array',
        },
        version: {
          description:
            'version is the preferred version of the resource.  Empty implies the version of the containing resource list For subresources, this may have a different value, for example: v1 (while inside a v1beta1 version of the core resource\'s group)".',
          type: 'string',
        },
      },
      required: ['name', 'singularName', 'namespaced', 'kind', 'verbs'],
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList': {
      description:
        'APIResourceList is a list of APIResource, it is used to expose the name of the resources supported in a specific group and version, and if the resource is namespaced.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        groupVersion: {
          default: '',
          description: 'groupVersion is the group and version this APIResourceList is for.',
          type: 'string',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        resources: {
          description: 'resources contains the name of the resources and if they are namespaced.',
          items: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.APIResource' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
      },
      required: ['groupVersion', 'resources'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'APIResourceList', version: 'v1' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions': {
      description:
        'APIVersions lists the versions that are available, to allow clients to discover the API at /api, which is the root path of the legacy v1 API.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        serverAddressByClientCIDRs: {
          description:
            'a map of client CIDR to server address that is serving this group. This is to help clients reach servers in the most network-efficient way possible. Clients can use the appropriate server address as per the CIDR that they match. In case of multiple matches, clients should use the longest matching CIDR. The server returns only those CIDRs that it thinks that the client can match. For example: the master will return an internal IP CIDR only, if the client reaches the server using an internal IP. Server looks at X-Forwarded-For header or X-Real-Ip header or request.RemoteAddr (in that order) to get the client IP.',
          items: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
        versions: {
          description: 'versions are the api versions that are available.',
          items: { type: 'string' },
          type: 'array',
          'x-kubernetes-list-type': 'atomic',
        },
      },
      required: ['versions', 'serverAddressByClientCIDRs'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'APIVersions', version: 'v1' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': {
      description:
        "FieldsV1 stores a set of fields in a data structure like a Trie, in JSON format.\n\nEach key is either a '.' representing the field itself, and will always map to an empty set, or a string representing a sub-field or item. The string will follow one of these four formats: 'f:<name>', where <name> is the name of a field in a struct, or key in a map 'v:<value>', where <value> is the exact json formatted value of a list item 'i:<index>', where <index> is position of a item in a list 'k:<keys>', where <keys> is a map of  a list item's key fields to their unique values If a key maps to an empty Fields value, the field that key represents is part of the set.\n\nThe exact format is defined in sigs.k8s.io/structured-merge-diff",
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery': {
      description:
        'GroupVersion contains the "group/version" and "version" string of a version. It is made a struct to keep extensibility.',
      properties: {
        groupVersion: {
          default: '',
          description: 'groupVersion specifies the API group and version in the form "group/version"',
          type: 'string',
        },
        version: {
          default: '',
          description:
            'version specifies the version in the form of "version". This is to save the clients the trouble of splitting the GroupVersion.',
          type: 'string',
        },
      },
      required: ['groupVersion', 'version'],
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': {
      description: 'MicroTime is version of Time with microsecond level precision.',
      format: 'date-time',
      type: 'string',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': {
      description: 'Patch is provided to give a concrete name and type to the Kubernetes PATCH request body.',
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR': {
      description:
        'ServerAddressByClientCIDR helps the client to determine the server address that they should use, depending on the clientCIDR that they match.',
      properties: {
        clientCIDR: {
          default: '',
          description:
            'The CIDR with which clients can match their IP to figure out the server address that they should use.',
          type: 'string',
        },
        serverAddress: {
          default: '',
          description:
            'Address of this server, suitable for a client that matches the above CIDR. This can be a hostname, hostname:port, IP or IP:port.',
          type: 'string',
        },
      },
      required: ['clientCIDR', 'serverAddress'],
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.Time': {
      description:
        'Time is a wrapper around time.Time which supports correct marshaling to YAML and JSON.  Wrappers are provided for many of the factory methods that the time package offers.',
      format: 'date-time',
      type: 'string',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent': {
      description: 'Event represents a single event to a watched resource.',
      properties: {
        object: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.runtime.RawExtension' }],
          description:
            'Object is:\n * If Type is Added or Modified: the new state of the object.\n * If Type is Deleted: the state of the object immediately before deletion.\n * If Type is Error: *Status is recommended; other types may make sense\n   depending on context.',
        },
        type: { default: '', type: 'string' },
      },
      required: ['type', 'object'],
      type: 'object',
      'x-kubernetes-group-version-kind': [
        { group: '', kind: 'WatchEvent', version: 'v1' },
        { group: 'admission.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'admission.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'admissionregistration.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'admissionregistration.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'admissionregistration.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'apiextensions.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'apiextensions.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'apiregistration.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'apiregistration.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'apps', kind: 'WatchEvent', version: 'v1' },
        { group: 'apps', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'apps', kind: 'WatchEvent', version: 'v1beta2' },
        { group: 'authentication.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'authentication.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'authentication.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'authorization.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'authorization.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'autoscaling', kind: 'WatchEvent', version: 'v1' },
        { group: 'autoscaling', kind: 'WatchEvent', version: 'v2' },
        { group: 'batch', kind: 'WatchEvent', version: 'v1' },
        { group: 'batch', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'certificates.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'certificates.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'certificates.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'coordination.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'coordination.k8s.io', kind: 'WatchEvent', version: 'v1alpha2' },
        { group: 'coordination.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'discovery.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'discovery.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'events.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'events.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'extensions', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'WatchEvent', version: 'v1beta2' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'WatchEvent', version: 'v1beta3' },
        { group: 'imagepolicy.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'internal.apiserver.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'networking.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'networking.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'node.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'node.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'node.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'policy', kind: 'WatchEvent', version: 'v1' },
        { group: 'policy', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'rbac.authorization.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'rbac.authorization.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'rbac.authorization.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'resource.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'resource.k8s.io', kind: 'WatchEvent', version: 'v1alpha3' },
        { group: 'resource.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'resource.k8s.io', kind: 'WatchEvent', version: 'v1beta2' },
        { group: 'scheduling.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'scheduling.k8s.io', kind: 'WatchEvent', version: 'v1alpha2' },
        { group: 'scheduling.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'storage.k8s.io', kind: 'WatchEvent', version: 'v1' },
        { group: 'storage.k8s.io', kind: 'WatchEvent', version: 'v1alpha1' },
        { group: 'storage.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
        { group: 'storagemigration.k8s.io', kind: 'WatchEvent', version: 'v1beta1' },
      ],
    },
    'io.k8s.apimachinery.pkg.runtime.RawExtension': {
      description:
        'RawExtension is used to hold extensions in external versions.\n\nTo use this, make a field which has RawExtension as its type in your external, versioned struct, and Object in your internal struct. You also need to register your various plugin types.\n\n// Internal package:\n\n\ttype MyAPIObject struct {\n\t\truntime.TypeMeta `json:",inline"`\n\t\tMyPlugin runtime.Object `json:"myPlugin"`\n\t}\n\n\ttype PluginA struct {\n\t\tAOption string `json:"aOption"`\n\t}\n\n// External package:\n\n\ttype MyAPIObject struct {\n\t\truntime.TypeMeta `json:",inline"`\n\t\tMyPlugin runtime.RawExtension `json:"myPlugin"`\n\t}\n\n\ttype PluginA struct {\n\t\tAOption string `json:"aOption"`\n\t}\n\n// On the wire, the JSON will look something like this:\n\n\t{\n\t\t"kind":"MyAPIObject",\n\t\t"apiVersion":"v1",\n\t\t"myPlugin": {\n\t\t\t"kind":"PluginA",\n\t\t\t"aOption":"foo",\n\t\t},\n\t}\n\nSo what happens? Decode first uses json or yaml to unmarshal the serialized data into your external MyAPIObject. That causes the raw JSON to be stored, but not unpacked. The next step is to copy (using pkg/conversion) into the internal struct. The runtime package\'s DefaultScheme has conversion functions installed which will unpack the JSON stored in RawExtension, turning it into the correct object type, and storing it in the Object. (TODO: In the case where the object is of an unknown type, a runtime.Unknown object will be created and stored.)',
      type: 'object',
    },
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
      description:
        'IntOrString is a type that can hold an int32 or a string.  When used in JSON or YAML marshalling and unmarshalling, it produces or consumes the inner type.  This allows you to have, for example, a JSON field that can accept a name or number.',
      format: 'int-or-string',
      oneOf: [{ type: 'integer' }, { type: 'string' }],
    },
    'io.k8s.apimachinery.pkg.version.Info': {
      description: "Info contains versioning information. how we'll want to distribute that information.",
      properties: {
        buildDate: { default: '', type: 'string' },
        compiler: { default: '', type: 'string' },
        emulationMajor: { description: 'EmulationMajor is the major version of the emulation version', type: 'string' },
        emulationMinor: { description: 'EmulationMinor is the minor version of the emulation version', type: 'string' },
        gitCommit: { default: '', type: 'string' },
        gitTreeState: { default: '', type: 'string' },
        gitVersion: { default: '', type: 'string' },
        goVersion: { default: '', type: 'string' },
        major: { default: '', description: 'Major is the major version of the binary version', type: 'string' },
        minCompatibilityMajor: {
          description: 'MinCompatibilityMajor is the major version of the minimum compatibility version',
          type: 'string',
        },
        minCompatibilityMinor: {
          description: 'MinCompatibilityMinor is the minor version of the minimum compatibility version',
          type: 'string',
        },
        minor: { default: '', description: 'Minor is the minor version of the binary version', type: 'string' },
        platform: { default: '', type: 'string' },
      },
      required: [
        'major',
        'minor',
        'gitVersion',
        'gitCommit',
        'gitTreeState',
        'buildDate',
        'goVersion',
        'compiler',
        'platform',
      ],
      type: 'object',
    },
    'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList': {
      description: 'APIServiceList is a list of APIService objects.',
      properties: {
        apiVersion: {
          description:
            'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
          type: 'string',
        },
        items: {
          description: 'Items is the list of APIService',
          items: { $ref: '#/components/schemas/io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService' },
          type: 'array',
        },
        kind: {
          description:
            'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
          type: 'string',
        },
        metadata: {
          allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta' }],
          default: {},
          description:
            'Standard list metadata More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
        },
      },
      required: ['items'],
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apiregistration.k8s.io', kind: 'APIServiceList', version: 'v1' }],
    },
  },
  MODELS_OF_V2: {
    'io.k8s.apimachinery.pkg.api.resource.Quantity': {
      description:
        'Quantity is a fixed-point representation of a number. It provides convenient marshaling/unmarshaling in JSON and YAML, in addition to String() and AsInt64() accessors.\n\nThe serialization format is:\n\n``` <quantity>        ::= <signedNumber><suffix>\n\n\t(Note that <suffix> may be empty, from the "" case in <decimalSI>.)\n\n<digit>           ::= 0 | 1 | ... | 9 <digits>          ::= <digit> | <digit><digits> <number>          ::= <digits> | <digits>.<digits> | <digits>. | .<digits> <sign>            ::= "+" | "-" <signedNumber>    ::= <number> | <sign><number> <suffix>          ::= <binarySI> | <decimalExponent> | <decimalSI> <binarySI>        ::= Ki | Mi | Gi | Ti | Pi | Ei\n\n\t(International System of units; See: http://physics.nist.gov/cuu/Units/binary.html)\n\n<decimalSI>       ::= m | "" | k | M | G | T | P | E\n\n\t(Note that 1024 = 1Ki but 1000 = 1k; I didn\'t choose the capitalization.)\n\n<decimalExponent> ::= "e" <signedNumber> | "E" <signedNumber> ```\n\nNo matter which of the three exponent forms is used, no quantity may represent a number greater than 2^63-1 in magnitude, nor may it have more than 3 decimal places. Numbers larger or more precise will be capped or rounded up. (E.g.: 0.1m will rounded up to 1m.) This may be extended in the future if we require larger or smaller quantities.\n\nWhen a Quantity is parsed from a string, it will remember the type of suffix it had, and will use the same type again when it is serialized.\n\nBefore serializing, Quantity will be put in "canonical form". This means that Exponent/suffix will be adjusted up or down (with a corresponding increase or decrease in Mantissa) such that:\n\n- No precision is lost - No fractional digits will be emitted - The exponent (or suffix) is as large as possible.\n\nThe sign will be omitted unless the number is negative.\n\nExamples:\n\n- 1.5 will be serialized as "1500m" - 1.5Gi will be serialized as "1536Mi"\n\nNote that the quantity will NEVER be internally represented by a floating point number. That is the whole point of this exercise.\n\nNon-canonical values will still parse as long as they are well formed, but will be re-emitted in their canonical form. (So always use canonical form, or don\'t diff.)\n\nThis format is intended to make it difficult to use these numbers without writing some sort of special handling code in the hopes that that will cause implementors to also use a fixed point implementation.',
      type: 'string',
    },
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {
      description:
        'IntOrString is a type that can hold an int32 or a string.  When used in JSON or YAML marshalling and unmarshalling, it produces or consumes the inner type.  This allows you to have, for example, a JSON field that can accept a name or number.',
      format: 'int-or-string',
      type: 'string',
    },
  },
  CORRECTIONS: {
    'io.k8s.api.admissionregistration.v1.MatchCondition': { required: ['name', 'expression'] },
    'io.k8s.api.admissionregistration.v1.MatchResources': {
      properties: {
        excludeResourceRules: { 'x-kubernetes-list-type': 'atomic' },
        resourceRules: { 'x-kubernetes-list-type': 'atomic' },
      },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec': {
      properties: { mutations: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.admissionregistration.v1.MutatingWebhook': {
      properties: {
        admissionReviewVersions: { 'x-kubernetes-list-type': 'atomic' },
        rules: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['name', 'clientConfig', 'sideEffects', 'admissionReviewVersions'],
    },
    'io.k8s.api.admissionregistration.v1.Mutation': {
      properties: {
        patchType: {
          description:
            'patchType indicates the patch strategy used. Allowed values are "ApplyConfiguration" and "JSONPatch". Required.',
        },
      },
    },
    'io.k8s.api.admissionregistration.v1.NamedRuleWithOperations': {
      properties: {
        apiGroups: { 'x-kubernetes-list-type': 'atomic' },
        apiVersions: { 'x-kubernetes-list-type': 'atomic' },
        operations: { 'x-kubernetes-list-type': 'atomic' },
        resourceNames: { 'x-kubernetes-list-type': 'atomic' },
        resources: { 'x-kubernetes-list-type': 'atomic' },
        scope: {
          description:
            'scope specifies the scope of this rule. Valid values are "Cluster", "Namespaced", and "*" "Cluster" means that only cluster-scoped resources will match this rule. Namespace API objects are cluster-scoped. "Namespaced" means that only namespaced resources will match this rule. "*" means that there are no scope restrictions. Subresources match the scope of their parent resource. Default is "*".',
        },
      },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.admissionregistration.v1.ParamKind': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.admissionregistration.v1.ParamRef': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.admissionregistration.v1.RuleWithOperations': {
      properties: {
        apiGroups: { 'x-kubernetes-list-type': 'atomic' },
        apiVersions: { 'x-kubernetes-list-type': 'atomic' },
        operations: { 'x-kubernetes-list-type': 'atomic' },
        resources: { 'x-kubernetes-list-type': 'atomic' },
        scope: {
          description:
            'scope specifies the scope of this rule. Valid values are "Cluster", "Namespaced", and "*" "Cluster" means that only cluster-scoped resources will match this rule. Namespace API objects are cluster-scoped. "Namespaced" means that only namespaced resources will match this rule. "*" means that there are no scope restrictions. Subresources match the scope of their parent resource. Default is "*".',
        },
      },
    },
    'io.k8s.api.admissionregistration.v1.ServiceReference': { required: ['namespace', 'name'] },
    'io.k8s.api.admissionregistration.v1.TypeChecking': {
      properties: { expressionWarnings: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec': {
      properties: {
        auditAnnotations: { 'x-kubernetes-list-type': 'atomic' },
        validations: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.admissionregistration.v1.ValidatingWebhook': {
      properties: {
        admissionReviewVersions: { 'x-kubernetes-list-type': 'atomic' },
        rules: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['name', 'clientConfig', 'sideEffects', 'admissionReviewVersions'],
    },
    'io.k8s.api.admissionregistration.v1.Variable': {
      required: ['name', 'expression'],
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.apps.v1.DaemonSetCondition': { required: ['type', 'status'] },
    'io.k8s.api.apps.v1.DaemonSetStatus': {
      required: ['currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady'],
    },
    'io.k8s.api.apps.v1.DeploymentCondition': { required: ['type', 'status'] },
    'io.k8s.api.apps.v1.ReplicaSetCondition': { required: ['type', 'status'] },
    'io.k8s.api.apps.v1.StatefulSetCondition': { required: ['type', 'status'] },
    'io.k8s.api.apps.v1.StatefulSetSpec': {
      properties: { volumeClaimTemplates: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authentication.v1.TokenRequest': {
      'x-kubernetes-group-version-kind': [{ group: 'authentication.k8s.io', kind: 'TokenRequest', version: 'v1' }],
    },
    'io.k8s.api.authentication.v1.TokenRequestSpec': {
      properties: { audiences: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authentication.v1.TokenReviewSpec': {
      properties: { audiences: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authentication.v1.TokenReviewStatus': {
      properties: { audiences: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authentication.v1.UserInfo': { properties: { groups: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.authorization.v1.FieldSelectorAttributes': {
      properties: { requirements: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authorization.v1.LabelSelectorAttributes': {
      properties: { requirements: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authorization.v1.NonResourceRule': {
      properties: {
        nonResourceURLs: { 'x-kubernetes-list-type': 'atomic' },
        verbs: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.authorization.v1.ResourceRule': {
      properties: {
        apiGroups: { 'x-kubernetes-list-type': 'atomic' },
        resourceNames: { 'x-kubernetes-list-type': 'atomic' },
        resources: { 'x-kubernetes-list-type': 'atomic' },
        verbs: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.authorization.v1.SubjectAccessReviewSpec': {
      properties: { groups: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.authorization.v1.SubjectRulesReviewStatus': {
      properties: {
        nonResourceRules: { 'x-kubernetes-list-type': 'atomic' },
        resourceRules: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['resourceRules', 'nonResourceRules', 'incomplete'],
    },
    'io.k8s.api.autoscaling.v1.CrossVersionObjectReference': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec': { required: ['scaleTargetRef', 'maxReplicas'] },
    'io.k8s.api.autoscaling.v1.Scale': {
      'x-kubernetes-group-version-kind': [{ group: 'autoscaling', kind: 'Scale', version: 'v1' }],
    },
    'io.k8s.api.autoscaling.v1.ScaleSpec': { properties: { replicas: { default: 0 } } },
    'io.k8s.api.autoscaling.v2.ContainerResourceMetricSource': { required: ['name', 'target', 'container'] },
    'io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus': { required: ['name', 'current', 'container'] },
    'io.k8s.api.autoscaling.v2.ExternalMetricStatus': { required: ['metric', 'current'] },
    'io.k8s.api.autoscaling.v2.HPAScalingPolicy': { required: ['type', 'value', 'periodSeconds'] },
    'io.k8s.api.autoscaling.v2.HPAScalingRules': { properties: { policies: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition': { required: ['type', 'status'] },
    'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec': {
      properties: { metrics: { 'x-kubernetes-list-type': 'atomic' } },
      required: ['scaleTargetRef', 'maxReplicas'],
    },
    'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus': {
      properties: { currentMetrics: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.autoscaling.v2.ObjectMetricSource': { required: ['describedObject', 'target', 'metric'] },
    'io.k8s.api.autoscaling.v2.ObjectMetricStatus': { required: ['metric', 'current', 'describedObject'] },
    'io.k8s.api.autoscaling.v2.PodsMetricStatus': { required: ['metric', 'current'] },
    'io.k8s.api.autoscaling.v2.ResourceMetricStatus': { required: ['name', 'current'] },
    'io.k8s.api.batch.v1.CronJobSpec': { required: ['schedule', 'jobTemplate'] },
    'io.k8s.api.batch.v1.CronJobStatus': { properties: { active: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.batch.v1.JobCondition': { required: ['type', 'status'] },
    'io.k8s.api.batch.v1.JobStatus': { properties: { conditions: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.batch.v1.PodFailurePolicy': { properties: { rules: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.batch.v1.PodFailurePolicyRule': {
      properties: { onPodConditions: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.batch.v1.SuccessPolicy': { properties: { rules: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.certificates.v1.CertificateSigningRequestCondition': { required: ['type', 'status'] },
    'io.k8s.api.certificates.v1.CertificateSigningRequestSpec': {
      properties: { groups: { 'x-kubernetes-list-type': 'atomic' }, usages: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.AppArmorProfile': {
      'x-kubernetes-unions': [
        { discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } },
      ],
    },
    'io.k8s.api.core.v1.AttachedVolume': { required: ['name', 'devicePath'] },
    'io.k8s.api.core.v1.AzureDiskVolumeSource': {
      properties: {
        cachingMode: { default: 'ReadWrite' },
        fsType: { default: 'ext4' },
        kind: { default: 'Shared' },
        readOnly: { default: false },
      },
    },
    'io.k8s.api.core.v1.Capabilities': {
      properties: { add: { 'x-kubernetes-list-type': 'atomic' }, drop: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.CephFSPersistentVolumeSource': {
      properties: { monitors: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.CephFSVolumeSource': { properties: { monitors: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ComponentCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.ConfigMapEnvSource': { properties: { name: { default: '' } } },
    'io.k8s.api.core.v1.ConfigMapKeySelector': {
      properties: { name: { default: '' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.ConfigMapNodeConfigSource': { required: ['namespace', 'name', 'kubeletConfigKey'] },
    'io.k8s.api.core.v1.ConfigMapProjection': {
      properties: { items: { 'x-kubernetes-list-type': 'atomic' }, name: { default: '' } },
    },
    'io.k8s.api.core.v1.ConfigMapVolumeSource': {
      properties: { items: { 'x-kubernetes-list-type': 'atomic' }, name: { default: '' } },
    },
    'io.k8s.api.core.v1.Container': {
      properties: {
        args: { 'x-kubernetes-list-type': 'atomic' },
        command: { 'x-kubernetes-list-type': 'atomic' },
        envFrom: { 'x-kubernetes-list-type': 'atomic' },
        resizePolicy: { 'x-kubernetes-list-type': 'atomic' },
        restartPolicyRules: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.ContainerExtendedResourceRequest': {
      required: ['containerName', 'resourceName', 'requestName'],
    },
    'io.k8s.api.core.v1.ContainerImage': { properties: { names: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ContainerStatus': { required: ['name', 'ready', 'restartCount', 'image', 'imageID'] },
    'io.k8s.api.core.v1.DownwardAPIProjection': { properties: { items: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.DownwardAPIVolumeSource': { properties: { items: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.EndpointAddress': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.EndpointPort': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.EndpointSubset': {
      properties: {
        addresses: { 'x-kubernetes-list-type': 'atomic' },
        notReadyAddresses: { 'x-kubernetes-list-type': 'atomic' },
        ports: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.Endpoints': { properties: { subsets: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.EphemeralContainer': {
      properties: {
        args: { 'x-kubernetes-list-type': 'atomic' },
        command: { 'x-kubernetes-list-type': 'atomic' },
        envFrom: { 'x-kubernetes-list-type': 'atomic' },
        resizePolicy: { 'x-kubernetes-list-type': 'atomic' },
        restartPolicyRules: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.Event': { required: ['metadata', 'involvedObject'] },
    'io.k8s.api.core.v1.ExecAction': { properties: { command: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.FCVolumeSource': {
      properties: { targetWWNs: { 'x-kubernetes-list-type': 'atomic' }, wwids: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.FileKeySelector': {
      properties: { optional: { default: false } },
      required: ['volumeName', 'path', 'key'],
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.GRPCAction': { properties: { service: { default: '' } } },
    'io.k8s.api.core.v1.HTTPGetAction': { properties: { httpHeaders: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.HostAlias': { properties: { hostnames: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ISCSIPersistentVolumeSource': {
      properties: { iscsiInterface: { default: 'default' }, portals: { 'x-kubernetes-list-type': 'atomic' } },
      required: ['targetPortal', 'iqn', 'lun'],
    },
    'io.k8s.api.core.v1.ISCSIVolumeSource': {
      properties: { iscsiInterface: { default: 'default' }, portals: { 'x-kubernetes-list-type': 'atomic' } },
      required: ['targetPortal', 'iqn', 'lun'],
    },
    'io.k8s.api.core.v1.LimitRangeSpec': { properties: { limits: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.LinuxContainerUser': {
      properties: { supplementalGroups: { 'x-kubernetes-list-type': 'atomic' } },
      required: ['uid', 'gid'],
    },
    'io.k8s.api.core.v1.LoadBalancerIngress': { properties: { ports: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.LoadBalancerStatus': { properties: { ingress: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.LocalObjectReference': {
      properties: { name: { default: '' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.NFSVolumeSource': { required: ['server', 'path'] },
    'io.k8s.api.core.v1.NamespaceCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.NamespaceSpec': { properties: { finalizers: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.NodeAddress': { required: ['type', 'address'] },
    'io.k8s.api.core.v1.NodeAffinity': {
      properties: { preferredDuringSchedulingIgnoredDuringExecution: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.NodeCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.NodeSelector': {
      properties: { nodeSelectorTerms: { 'x-kubernetes-list-type': 'atomic' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.NodeSelectorRequirement': { properties: { values: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.NodeSelectorTerm': {
      properties: {
        matchExpressions: { 'x-kubernetes-list-type': 'atomic' },
        matchFields: { 'x-kubernetes-list-type': 'atomic' },
      },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.NodeSpec': { properties: { taints: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.NodeStatus': {
      properties: {
        declaredFeatures: { 'x-kubernetes-list-type': 'atomic' },
        images: { 'x-kubernetes-list-type': 'atomic' },
        runtimeHandlers: { 'x-kubernetes-list-type': 'atomic' },
        volumesAttached: { 'x-kubernetes-list-type': 'atomic' },
        volumesInUse: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.NodeSystemInfo': {
      required: [
        'machineID',
        'systemUUID',
        'bootID',
        'kernelVersion',
        'osImage',
        'containerRuntimeVersion',
        'kubeletVersion',
        'kubeProxyVersion',
        'operatingSystem',
        'architecture',
      ],
    },
    'io.k8s.api.core.v1.ObjectFieldSelector': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.ObjectReference': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.PersistentVolumeClaimCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.PersistentVolumeClaimSpec': {
      properties: { accessModes: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.PersistentVolumeClaimStatus': {
      properties: {
        accessModes: { 'x-kubernetes-list-type': 'atomic' },
        allocatedResourceStatuses: { 'x-kubernetes-map-type': 'granular' },
      },
    },
    'io.k8s.api.core.v1.PersistentVolumeSpec': {
      properties: {
        accessModes: { 'x-kubernetes-list-type': 'atomic' },
        claimRef: { 'x-kubernetes-map-type': 'granular' },
        mountOptions: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodAffinity': {
      properties: {
        preferredDuringSchedulingIgnoredDuringExecution: { 'x-kubernetes-list-type': 'atomic' },
        requiredDuringSchedulingIgnoredDuringExecution: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodAffinityTerm': {
      properties: {
        matchLabelKeys: { 'x-kubernetes-list-type': 'atomic' },
        mismatchLabelKeys: { 'x-kubernetes-list-type': 'atomic' },
        namespaces: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodAntiAffinity': {
      properties: {
        preferredDuringSchedulingIgnoredDuringExecution: { 'x-kubernetes-list-type': 'atomic' },
        requiredDuringSchedulingIgnoredDuringExecution: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodCertificateProjection': { required: ['signerName', 'keyType'] },
    'io.k8s.api.core.v1.PodCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.PodDNSConfig': {
      properties: {
        nameservers: { 'x-kubernetes-list-type': 'atomic' },
        options: { 'x-kubernetes-list-type': 'atomic' },
        searches: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodExtendedResourceClaimStatus': {
      properties: { requestMappings: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.PodSchedulingGroup': {
      'x-kubernetes-unions': [{ 'fields-to-discriminateBy': { podGroupName: 'PodGroupName' } }],
    },
    'io.k8s.api.core.v1.PodSecurityContext': {
      properties: {
        supplementalGroups: { 'x-kubernetes-list-type': 'atomic' },
        sysctls: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodSpec': {
      properties: {
        readinessGates: { 'x-kubernetes-list-type': 'atomic' },
        tolerations: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PodStatus': {
      properties: {
        containerStatuses: { 'x-kubernetes-list-type': 'atomic' },
        ephemeralContainerStatuses: { 'x-kubernetes-list-type': 'atomic' },
        hostIPs: { 'x-kubernetes-list-type': 'atomic' },
        initContainerStatuses: { 'x-kubernetes-list-type': 'atomic' },
        nodeAllocatableResourceClaimStatuses: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.PreferredSchedulingTerm': { required: ['weight', 'preference'] },
    'io.k8s.api.core.v1.ProjectedVolumeSource': { properties: { sources: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.RBDPersistentVolumeSource': {
      properties: {
        keyring: { default: '/etc/ceph/keyring' },
        monitors: { 'x-kubernetes-list-type': 'atomic' },
        pool: { default: 'rbd' },
        user: { default: 'admin' },
      },
      required: ['monitors', 'image'],
    },
    'io.k8s.api.core.v1.RBDVolumeSource': {
      properties: {
        keyring: { default: '/etc/ceph/keyring' },
        monitors: { 'x-kubernetes-list-type': 'atomic' },
        pool: { default: 'rbd' },
        user: { default: 'admin' },
      },
      required: ['monitors', 'image'],
    },
    'io.k8s.api.core.v1.ReplicationControllerCondition': { required: ['type', 'status'] },
    'io.k8s.api.core.v1.ReplicationControllerSpec': {
      properties: { minReadySeconds: { default: 0 }, replicas: { default: 1 } },
    },
    'io.k8s.api.core.v1.ResourceFieldSelector': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.ResourceQuotaSpec': { properties: { scopes: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ScaleIOPersistentVolumeSource': {
      properties: { fsType: { default: 'xfs' }, storageMode: { default: 'ThinProvisioned' } },
      required: ['gateway', 'system', 'secretRef'],
    },
    'io.k8s.api.core.v1.ScaleIOVolumeSource': {
      properties: { fsType: { default: 'xfs' }, storageMode: { default: 'ThinProvisioned' } },
      required: ['gateway', 'system', 'secretRef'],
    },
    'io.k8s.api.core.v1.ScopeSelector': {
      properties: { matchExpressions: { 'x-kubernetes-list-type': 'atomic' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.ScopedResourceSelectorRequirement': {
      properties: { values: { 'x-kubernetes-list-type': 'atomic' } },
      required: ['scopeName', 'operator'],
    },
    'io.k8s.api.core.v1.SeccompProfile': {
      'x-kubernetes-unions': [
        { discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } },
      ],
    },
    'io.k8s.api.core.v1.SecretEnvSource': { properties: { name: { default: '' } } },
    'io.k8s.api.core.v1.SecretKeySelector': {
      properties: { name: { default: '' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.SecretProjection': {
      properties: { items: { 'x-kubernetes-list-type': 'atomic' }, name: { default: '' } },
    },
    'io.k8s.api.core.v1.SecretReference': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.SecretVolumeSource': { properties: { items: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ServiceAccount': { properties: { imagePullSecrets: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.core.v1.ServiceSpec': {
      properties: {
        clusterIPs: { 'x-kubernetes-list-type': 'atomic' },
        externalIPs: { 'x-kubernetes-list-type': 'atomic' },
        ipFamilies: { 'x-kubernetes-list-type': 'atomic' },
        loadBalancerSourceRanges: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.core.v1.Taint': { required: ['key', 'effect'] },
    'io.k8s.api.core.v1.TopologySelectorLabelRequirement': {
      properties: { values: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.TopologySelectorTerm': {
      properties: { matchLabelExpressions: { 'x-kubernetes-list-type': 'atomic' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.api.core.v1.TopologySpreadConstraint': {
      properties: { matchLabelKeys: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.core.v1.TypedLocalObjectReference': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.core.v1.VolumeDevice': { required: ['name', 'devicePath'] },
    'io.k8s.api.core.v1.VolumeMount': { required: ['name', 'mountPath'] },
    'io.k8s.api.core.v1.VolumeMountStatus': { required: ['name', 'mountPath'] },
    'io.k8s.api.core.v1.WeightedPodAffinityTerm': { required: ['weight', 'podAffinityTerm'] },
    'io.k8s.api.discovery.v1.EndpointHints': {
      properties: {
        forNodes: { 'x-kubernetes-list-type': 'atomic' },
        forZones: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.discovery.v1.EndpointPort': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.discovery.v1.EndpointSlice': {
      properties: { endpoints: { 'x-kubernetes-list-type': 'atomic' }, ports: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.flowcontrol.v1.FlowSchemaSpec': { properties: { rules: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.flowcontrol.v1.LimitResponse': {
      'x-kubernetes-unions': [{ discriminator: 'type', 'fields-to-discriminateBy': { queuing: 'Queuing' } }],
    },
    'io.k8s.api.flowcontrol.v1.NonResourcePolicyRule': { required: ['verbs', 'nonResourceURLs'] },
    'io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects': {
      properties: {
        nonResourceRules: { 'x-kubernetes-list-type': 'atomic' },
        resourceRules: { 'x-kubernetes-list-type': 'atomic' },
        subjects: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec': {
      'x-kubernetes-unions': [
        { discriminator: 'type', 'fields-to-discriminateBy': { exempt: 'Exempt', limited: 'Limited' } },
      ],
    },
    'io.k8s.api.flowcontrol.v1.ResourcePolicyRule': { required: ['verbs', 'apiGroups', 'resources'] },
    'io.k8s.api.flowcontrol.v1.ServiceAccountSubject': { required: ['namespace', 'name'] },
    'io.k8s.api.flowcontrol.v1.Subject': {
      'x-kubernetes-unions': [
        {
          discriminator: 'kind',
          'fields-to-discriminateBy': { group: 'Group', serviceAccount: 'ServiceAccount', user: 'User' },
        },
      ],
    },
    'io.k8s.api.networking.v1.HTTPIngressPath': { required: ['pathType', 'backend'] },
    'io.k8s.api.networking.v1.HTTPIngressRuleValue': { properties: { paths: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.networking.v1.IPBlock': { properties: { except: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.networking.v1.IngressLoadBalancerIngress': {
      properties: { ports: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.networking.v1.IngressLoadBalancerStatus': {
      properties: { ingress: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.networking.v1.IngressSpec': {
      properties: { rules: { 'x-kubernetes-list-type': 'atomic' }, tls: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.networking.v1.IngressTLS': { properties: { hosts: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.networking.v1.NetworkPolicyEgressRule': {
      properties: { ports: { 'x-kubernetes-list-type': 'atomic' }, to: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.networking.v1.NetworkPolicyIngressRule': {
      properties: { from: { 'x-kubernetes-list-type': 'atomic' }, ports: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.networking.v1.NetworkPolicySpec': {
      properties: {
        egress: { 'x-kubernetes-list-type': 'atomic' },
        ingress: { 'x-kubernetes-list-type': 'atomic' },
        policyTypes: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.networking.v1.ParentReference': { required: ['resource', 'name'] },
    'io.k8s.api.networking.v1.ServiceBackendPort': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.networking.v1.ServiceCIDRSpec': { properties: { cidrs: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.node.v1.Scheduling': { properties: { tolerations: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.policy.v1.Eviction': {
      'x-kubernetes-group-version-kind': [{ group: 'policy', kind: 'Eviction', version: 'v1' }],
    },
    'io.k8s.api.rbac.v1.AggregationRule': {
      properties: { clusterRoleSelectors: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.rbac.v1.ClusterRole': { properties: { rules: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.rbac.v1.ClusterRoleBinding': { properties: { subjects: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.rbac.v1.PolicyRule': {
      properties: {
        apiGroups: { 'x-kubernetes-list-type': 'atomic' },
        nonResourceURLs: { 'x-kubernetes-list-type': 'atomic' },
        resourceNames: { 'x-kubernetes-list-type': 'atomic' },
        resources: { 'x-kubernetes-list-type': 'atomic' },
        verbs: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.rbac.v1.Role': { properties: { rules: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.rbac.v1.RoleBinding': { properties: { subjects: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.rbac.v1.RoleRef': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.rbac.v1.Subject': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.api.resource.v1.AllocatedDeviceStatus': { required: ['driver', 'pool', 'device'] },
    'io.k8s.api.resource.v1.CapacityRequestPolicy': {
      properties: { validValues: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.resource.v1.CounterSet': { required: ['name', 'counters'] },
    'io.k8s.api.resource.v1.Device': {
      properties: {
        bindingConditions: { 'x-kubernetes-list-type': 'atomic' },
        bindingFailureConditions: { 'x-kubernetes-list-type': 'atomic' },
        consumesCounters: { 'x-kubernetes-list-type': 'atomic' },
        taints: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.resource.v1.DeviceAllocationConfiguration': {
      properties: {
        requests: { 'x-kubernetes-list-type': 'atomic' },
        source: {
          description:
            'Source records whether the configuration comes from a class and thus is not something that a normal user would have been able to set or from a claim.',
        },
      },
    },
    'io.k8s.api.resource.v1.DeviceAllocationResult': {
      properties: { config: { 'x-kubernetes-list-type': 'atomic' }, results: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.resource.v1.DeviceAttribute': {
      properties: {
        bools: { 'x-kubernetes-list-type': 'atomic' },
        ints: { items: { format: 'int64' }, 'x-kubernetes-list-type': 'atomic' },
        strings: { 'x-kubernetes-list-type': 'atomic' },
        versions: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.resource.v1.DeviceClaim': {
      properties: {
        config: { 'x-kubernetes-list-type': 'atomic' },
        constraints: { 'x-kubernetes-list-type': 'atomic' },
        requests: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.resource.v1.DeviceClaimConfiguration': {
      properties: { requests: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.resource.v1.DeviceClassSpec': {
      properties: { config: { 'x-kubernetes-list-type': 'atomic' }, selectors: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.api.resource.v1.DeviceConstraint': { properties: { requests: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.resource.v1.DeviceRequest': { properties: { firstAvailable: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.resource.v1.DeviceRequestAllocationResult': {
      properties: {
        bindingConditions: { 'x-kubernetes-list-type': 'atomic' },
        bindingFailureConditions: { 'x-kubernetes-list-type': 'atomic' },
        tolerations: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['request', 'driver', 'pool', 'device'],
    },
    'io.k8s.api.resource.v1.DeviceSubRequest': {
      properties: {
        allocationMode: {
          description:
            'AllocationMode and its related fields define how devices are allocated to satisfy this subrequest. Supported values are:\n\n- ExactCount: This request is for a specific number of devices.\n  This is the default. The exact number is provided in the\n  count field.\n\n- All: This subrequest is for all of the matching devices in a pool.\n  Allocation will fail if some devices are already allocated,\n  unless adminAccess is requested.\n\nIf AllocationMode is not specified, the default mode is ExactCount. If the mode is ExactCount and count is not specified, the default count is one. Any other subrequests must specify this field.\n\nMore modes may get added in the future. Clients must refuse to handle requests with unknown modes.',
        },
        selectors: { 'x-kubernetes-list-type': 'atomic' },
        tolerations: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['name', 'deviceClassName'],
    },
    'io.k8s.api.resource.v1.DeviceTaint': {
      properties: {
        effect: {
          description:
            'The effect of the taint on claims that do not tolerate the taint and through such claims on the pods using them.\n\nValid effects are None, NoSchedule and NoExecute. PreferNoSchedule as used for nodes is not valid here. More effects may get added in the future. Consumers must treat unknown effects like None.',
        },
      },
      required: ['key', 'effect'],
    },
    'io.k8s.api.resource.v1.DeviceToleration': {
      properties: {
        effect: {
          description:
            'Effect indicates the taint effect to match. Empty means match all taint effects. When specified, allowed values are NoSchedule and NoExecute.',
        },
        operator: {
          default: 'Equal',
          description:
            "Operator represents a key's relationship to the value. Valid operators are Exists and Equal. Defaults to Equal. Exists is equivalent to wildcard for value, so that a ResourceClaim can tolerate all taints of a particular category.",
        },
      },
    },
    'io.k8s.api.resource.v1.ExactDeviceRequest': {
      properties: {
        allocationMode: {
          description:
            'AllocationMode and its related fields define how devices are allocated to satisfy this request. Supported values are:\n\n- ExactCount: This request is for a specific number of devices.\n  This is the default. The exact number is provided in the\n  count field.\n\n- All: This request is for all of the matching devices in a pool.\n  At least one device must exist on the node for the allocation to succeed.\n  Allocation will fail if some devices are already allocated,\n  unless adminAccess is requested.\n\nIf AllocationMode is not specified, the default mode is ExactCount. If the mode is ExactCount and count is not specified, the default count is one. Any other requests must specify this field.\n\nMore modes may get added in the future. Clients must refuse to handle requests with unknown modes.',
        },
        selectors: { 'x-kubernetes-list-type': 'atomic' },
        tolerations: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.resource.v1.NetworkDeviceData': { properties: { ips: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.resource.v1.ResourceClaimConsumerReference': { required: ['resource', 'name', 'uid'] },
    'io.k8s.api.resource.v1.ResourcePool': { required: ['name', 'generation', 'resourceSliceCount'] },
    'io.k8s.api.resource.v1.ResourceSliceSpec': {
      properties: {
        devices: { 'x-kubernetes-list-type': 'atomic' },
        sharedCounters: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.storage.v1.CSIDriverSpec': { properties: { tokenRequests: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.storage.v1.CSINodeDriver': { properties: { topologyKeys: { 'x-kubernetes-list-type': 'atomic' } } },
    'io.k8s.api.storage.v1.StorageClass': {
      properties: {
        allowedTopologies: { 'x-kubernetes-list-type': 'atomic' },
        mountOptions: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.api.storage.v1.VolumeAttachmentSpec': { required: ['attacher', 'source', 'nodeName'] },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition': {
      required: ['name', 'type', 'jsonPath'],
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition': {
      required: ['type', 'status'],
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames': {
      properties: {
        categories: { 'x-kubernetes-list-type': 'atomic' },
        shortNames: { 'x-kubernetes-list-type': 'atomic' },
      },
      required: ['plural', 'kind'],
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec': {
      properties: { versions: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus': {
      properties: { storedVersions: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion': {
      properties: {
        additionalPrinterColumns: { 'x-kubernetes-list-type': 'atomic' },
        selectableFields: { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': {
      properties: {
        allOf: { 'x-kubernetes-list-type': 'atomic' },
        anyOf: { 'x-kubernetes-list-type': 'atomic' },
        enum: { 'x-kubernetes-list-type': 'atomic' },
        oneOf: { 'x-kubernetes-list-type': 'atomic' },
        required: { 'x-kubernetes-list-type': 'atomic' },
        'x-kubernetes-list-map-keys': { 'x-kubernetes-list-type': 'atomic' },
      },
    },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': { type: null },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': { type: null },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': { type: null },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference': { required: ['namespace', 'name'] },
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion': {
      properties: { conversionReviewVersions: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.Condition': {
      required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions': {
      properties: { dryRun: { 'x-kubernetes-list-type': 'atomic' } },
      'x-kubernetes-group-version-kind': [
        { group: '', kind: 'DeleteOptions', version: 'v1' },
        { group: 'admission.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'admission.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'admissionregistration.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'admissionregistration.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'admissionregistration.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'apiextensions.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'apiextensions.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'apiregistration.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'apiregistration.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'apps', kind: 'DeleteOptions', version: 'v1' },
        { group: 'apps', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'apps', kind: 'DeleteOptions', version: 'v1beta2' },
        { group: 'authentication.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'authentication.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'authentication.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'authorization.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'authorization.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'autoscaling', kind: 'DeleteOptions', version: 'v1' },
        { group: 'autoscaling', kind: 'DeleteOptions', version: 'v2' },
        { group: 'batch', kind: 'DeleteOptions', version: 'v1' },
        { group: 'batch', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'certificates.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'certificates.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'certificates.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'coordination.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'coordination.k8s.io', kind: 'DeleteOptions', version: 'v1alpha2' },
        { group: 'coordination.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'discovery.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'discovery.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'events.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'events.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'extensions', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'DeleteOptions', version: 'v1beta2' },
        { group: 'flowcontrol.apiserver.k8s.io', kind: 'DeleteOptions', version: 'v1beta3' },
        { group: 'imagepolicy.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'internal.apiserver.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'networking.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'networking.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'node.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'node.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'node.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'policy', kind: 'DeleteOptions', version: 'v1' },
        { group: 'policy', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'rbac.authorization.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'rbac.authorization.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'rbac.authorization.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'resource.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'resource.k8s.io', kind: 'DeleteOptions', version: 'v1alpha3' },
        { group: 'resource.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'resource.k8s.io', kind: 'DeleteOptions', version: 'v1beta2' },
        { group: 'scheduling.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'scheduling.k8s.io', kind: 'DeleteOptions', version: 'v1alpha2' },
        { group: 'scheduling.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'storage.k8s.io', kind: 'DeleteOptions', version: 'v1' },
        { group: 'storage.k8s.io', kind: 'DeleteOptions', version: 'v1alpha1' },
        { group: 'storage.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
        { group: 'storagemigration.k8s.io', kind: 'DeleteOptions', version: 'v1beta1' },
      ],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement': {
      properties: { values: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector': {
      properties: { matchExpressions: { 'x-kubernetes-list-type': 'atomic' } },
      'x-kubernetes-map-type': 'atomic',
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement': {
      properties: { values: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
      properties: { managedFields: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference': { 'x-kubernetes-map-type': 'atomic' },
    'io.k8s.apimachinery.pkg.apis.meta.v1.Status': {
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'Status', version: 'v1' }],
    },
    'io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails': {
      properties: { causes: { 'x-kubernetes-list-type': 'atomic' } },
    },
    'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition': { required: ['type', 'status'] },
    'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec': {
      properties: { caBundle: { 'x-kubernetes-list-type': 'atomic' } },
    },
  },
}
