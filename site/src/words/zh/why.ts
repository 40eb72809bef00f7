/** 「为什么？」的文字：中文。 */

/** 一段时间，按人说话的习惯。 */
function span(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000))
  if (s < 120) return `${s} 秒`
  const m = Math.floor(s / 60)
  if (s < 600 && s % 60) return `${m} 分 ${s % 60} 秒`
  if (m < 180) return `${m} 分钟`
  return m < 48 * 60 ? `${Math.floor(m / 60)} 小时` : `${Math.floor(m / 1440)} 天`
}

export const why = {
  heading: '为什么？',
  original: 'Kubernetes 的原话',
  skip: (wait: string) => `快进 ${wait}`,
  nodes: '逐个节点看',
  asking: '正在问调度器……',
  and: '；',
  between: '',
  span,
  resources: { cpu: 'CPU', memory: '内存', 'ephemeral-storage': '临时存储' } as Record<string, string>,

  notSeen: '调度器还没来得及看它。时间走起来就会轮到。',
  gated: (gates: string) => `它带着调度门（schedulingGates）：${gates}。门还在，调度器就不会碰它。`,
  otherScheduler: (name: string) =>
    `它指定由调度器 ${name} 来安排（spec.schedulerName），而集群里没有这个调度器在运行。`,
  noNode: (n: number) => `调度器把 ${n} 个节点都看了一遍，没有一个肯收下它。`,
  nominated: (node: string) => `调度器打算把它放到节点 ${node}，正在等那里优先级更低的 Pod 让出位置。`,
  claimMissing: (claim: string) => `它要用的 PersistentVolumeClaim ${claim} 不存在。建好之前，调度器不会去挑节点。`,
  claimUnbound: '它要用的 PersistentVolumeClaim 还没有绑定到卷。绑定之前，调度器不会去挑节点。',
  claimWithoutClass: (claim: string) =>
    `PersistentVolumeClaim ${claim} 没有指定 StorageClass，集群里也没有默认的，所以不会自动创建卷；现有的 PersistentVolume 又没有一个合适。`,
  claimOtherClass: (claim: string, name: string) =>
    `PersistentVolumeClaim ${claim} 指定的 StorageClass ${name} 不存在，所以不会自动创建卷。`,
  claimFailed: (claim: string) => `没能为 PersistentVolumeClaim ${claim} 创建卷。`,
  claimWaits: (claim: string) => `PersistentVolumeClaim ${claim} 还在等卷。`,
  fits: '现在放得下了，调度器会再试',
  taints: (taints: string) => `有污点 ${taints}，Pod 没有相应的容忍（tolerations）`,
  insufficient: (resource: string, asked: string, free: string) =>
    `放不下（${resource}）：Pod 请求 ${asked}，节点只剩 ${free}`,
  podLimit: (n: string) => `Pod 数已到上限（${n} 个）`,
  labels: '标签不符合 Pod 的 nodeSelector 或节点亲和性（nodeAffinity）',
  otherName: '不是 Pod 指名要去的那个节点',
  cordoned: '已封锁（cordon）',
  hostPort: 'Pod 要用的主机端口（hostPort）在这里已被占用',
  farFromFriends: '这里没有 Pod 亲和性（podAffinity）要求作伴的 Pod',
  nearRival: '这里有反亲和性（podAntiAffinity）要避开的 Pod',
  unwelcome: '这里的某个 Pod 声明了反亲和性，不欢迎它',
  spread: '放在这里会违反拓扑分布约束（topologySpreadConstraints）',
  spreadLabel: '没有拓扑分布约束（topologySpreadConstraints）所依据的那个标签',
  volumeElsewhere: '它要用的卷到不了这个节点',
  noVolume: '找不到可以绑定的持久卷',
  volumeTaken: '它的卷只许一个 Pod 使用（ReadWriteOncePod），已经有别的 Pod 在用',
  volumeGone: '它的 PersistentVolumeClaim 绑定的卷已经不存在',

  imageMissing: (image: string) => `镜像仓库里没有 ${image}。检查名字和标签有没有写错。`,
  imageDenied: (image: string) => `仓库拒绝给出 ${image}：要么没有这个镜像，要么需要登录（imagePullSecrets）。`,
  imageName: (image: string) => `${image} 不是合法的镜像名。`,
  imageNever: (image: string) => `imagePullPolicy 是 Never，而节点上没有现成的 ${image}。`,
  imageHost: (image: string) => `${image} 里写的仓库地址解析不出来。检查主机名有没有写错。`,
  imageRegistry: (image: string) =>
    `放 ${image} 的仓库连不上，或者自己出了错。kubelet 会隔一段时间再试，间隔越来越长，最多 5 分钟。`,
  imageOther: (image: string) => `镜像 ${image} 拉不下来。kubelet 会隔一段时间再试，间隔越来越长，最多 5 分钟。`,

  configMissing: (container: string, what: string, name: string) =>
    `容器 ${container} 要用的 ${what} ${name} 不存在。建好它，kubelet 下次再试就能启动。`,
  configKey: (container: string, key: string, where: string) =>
    `容器 ${container} 要用的键 ${key} 在 ${where} 里没有。`,
  configRoot: (container: string) =>
    `容器 ${container} 要求不以 root 运行（runAsNonRoot），但镜像默认的用户就是 root，或者说不清是谁。`,
  configOther: (container: string) => `容器 ${container} 的配置有问题，创建不出来。`,
  cannotStart: (container: string) => `容器 ${container} 的程序启动不了：找不到要执行的文件，或者不能执行。`,

  volume: (volume: string, what: string, name: string) => `卷 ${volume} 挂不上：${what} ${name} 不存在。`,
  volumeKey: (volume: string, key: string) => `卷 ${volume} 挂不上：它要用的键 ${key} 不存在。`,
  volumePath: (volume: string, path: string) => `卷 ${volume} 挂不上：节点上的 ${path} 和 hostPath 要求的类型不符。`,
  volumeOther: '有卷还没有挂上，容器要等它。',
  sandbox: 'Pod 的沙箱（网络）建不起来，kubelet 会再试。',
  noRuntime: (handler: string) => `它的 RuntimeClass 要用运行时 ${handler}，这个节点上没有配置。`,
  pulling: '节点正在下载镜像，下载完就会启动容器。',
  preparing: 'kubelet 正在为它准备卷、网络和容器。',

  initRunning: (name: string, nth: number, of: number) =>
    `第 ${nth} 个 Init 容器 ${name} 还没结束（共 ${of} 个）。它们要依次成功，主容器才会启动。`,
  sidecarStarting: (name: string) => `边车容器 ${name} 还没有启动好，后面的容器在等它。`,
  initFailed: (name: string) => `Init 容器 ${name} 失败了，主容器因此一直不会启动。`,

  crash: (name: string, times: number) => `容器 ${name} 已经重启了 ${times} 次。上一次是这样结束的：`,
  crashFirst: (name: string) => `容器 ${name} 结束了：`,
  initCrash: (name: string, sidecar: boolean, times: number) =>
    `${sidecar ? '边车容器' : 'Init 容器'} ${name} 一再失败（重启了 ${times} 次），后面的容器都在等它。上一次是这样结束的：`,
  backoff: (wait: string) => `kubelet 每次重启前都多等一会儿，这次至少 ${wait}（CrashLoopBackOff）。`,
  retryAt: (left: string) => `离下次启动大约还有 ${left}。`,
  exitOk: '退出码 0：程序正常跑完了。可是 restartPolicy 要求它一直运行，所以又被拉起来。长期运行的服务不该自己退出。',
  exitOkDone: '退出码 0：程序正常跑完了。',
  exitObeyed: '收到 SIGTERM 后，程序自己收尾退出，所以退出码是 0。',
  exitOom: (limit: string) =>
    `它用的内存超过了上限 ${limit}（resources.limits.memory），被内核杀掉（OOMKilled）。退出码 137 = 128 + 9（SIGKILL）。`,
  exitOomNode: '节点内存不足，内核杀掉了它（OOMKilled）。退出码 137 = 128 + 9（SIGKILL）。',
  exitSignal: (code: number, signal: string, meaning: string) =>
    `退出码 ${code} = 128 + ${code - 128}：被信号 ${signal} 结束，${meaning}。`,
  exit126: '退出码 126：找到了要执行的文件，但它不能执行（权限，或者不是程序）。',
  exit127: '退出码 127：找不到要执行的命令。检查 command、args 和镜像里有没有这个程序。',
  exit128: '程序没能启动。检查 command 写的文件在镜像里有没有。',
  exitError: (code: number, logs: string) => `退出码 ${code}：程序自己报告出错。它说了什么，要看日志（${logs}）。`,
  exitUnknown: '节点没能说清它是怎么结束的。',
  signals: {
    SIGHUP: '意思是终端挂断',
    SIGINT: '意思是中断（Ctrl-C）',
    SIGQUIT: '意思是退出并转储',
    SIGILL: '它执行了非法指令',
    SIGABRT: '是它自己中止的（abort）',
    SIGBUS: '内存访问没有对齐或越出文件',
    SIGFPE: '算术出错，比如除以零',
    SIGKILL: '这个信号不能拒绝：多半是宽限期到了，或者内存超限',
    SIGSEGV: '它访问了不属于自己的内存',
    SIGPIPE: '它往没人读的管道里写',
    SIGALRM: '定时器到点',
    SIGTERM: '这是请它收尾退出的信号，它没有自己处理',
  } as Record<string, string>,

  liveness: (name: string, probe: string) => `容器 ${name} 的存活探针（${probe}）连续失败，kubelet 把它杀掉重启。`,
  startupKilled: (name: string, probe: string) =>
    `容器 ${name} 的启动探针（${probe}）在期限内没有成功，kubelet 把它杀掉重启。`,
  readiness: (name: string, probe: string) =>
    `容器 ${name} 在运行，但就绪探针（${probe}）没有通过，Service 不会把流量转给它。`,
  readinessFirst: (name: string, probe: string) => `容器 ${name} 在运行，就绪探针（${probe}）还没有成功过一次。`,
  startup: (name: string, probe: string) =>
    `容器 ${name} 的启动探针（${probe}）还没有成功；在此之前，就绪和存活探针都不会开始。`,
  failedTimes: (n: number, ago: string, outcome: string) => `已经失败 ${n} 次，最近一次距今 ${ago}：${outcome}。`,
  outcome: {
    status: (code: string) => `收到的状态码是 ${code}，200 到 399 才算成功`,
    refused: '这个端口上没有程序在监听，连接被拒绝',
    timeout: (seconds: number) => `${seconds} 秒内没有结果（timeoutSeconds）`,
    command: '命令以错误结束',
    notTls: '探针用的是 HTTPS，对方却只会 HTTP',
    other: '没有得到想要的回答',
  },
  notRunning: (name: string) => `容器 ${name} 没有在运行。`,
  gates: (gates: string) => `它有就绪门（readinessGates）${gates}，相应的状况还不是 True。`,
  probe: {
    http: (target: string) => `GET ${target}`,
    tcp: (port: string) => `TCP 端口 ${port}`,
    exec: (command: string) => `运行 ${command}`,
    grpc: (port: string) => `gRPC 端口 ${port}`,
    rhythm: (what: string, period: number, failures: number) =>
      `${what}，每 ${period} 秒一次，连败 ${failures} 次算失败`,
  },

  nodeLost: (node: string, since: string) =>
    `节点 ${node} 失联已有 ${since}。Pod 也许还在跑，也许没有：控制面无从得知。`,
  nodeEvicts: (left: string) => `离驱逐还有 ${left}：节点到时还不回来，Pod 就会被驱逐，由控制器（如果有）在别处重建。`,

  terminating: (grace: number) => `收到了删除请求：先向容器发 SIGTERM，最多等 ${grace} 秒，再用 SIGKILL 强制结束。`,
  terminatingLeft: (left: string) => `宽限期还剩 ${left}。`,
  terminatingEnded: '收到了删除请求，它的容器都已经结束。',
  terminatingLost:
    '删除请求已经发出，但节点失联，没有谁能确认容器停了，所以它会一直留在这里：直到节点回来，或者节点被删掉，或者你强制删除它。',
  stillRunning: (names: string) => `还没退出的容器：${names}。`,
  finalizers: (names: string) => `它还带着终结器（finalizers）${names}，要等添加它们的人来移除。`,

  evicted: '节点资源紧张，kubelet 把它驱逐了，好保住节点和更重要的 Pod。',
  evictedShort: (node: string, resource: string, available: string, threshold: string) =>
    `节点 ${node} 只剩 ${available}（${resource}），低于 ${threshold} 的驱逐线，kubelet 把它驱逐了，好保住节点。`,
  evictedMore: (container: string, resource: string, used: string, request: string) =>
    `为什么挑中它：容器 ${container} 用了 ${used}（${resource}），只请求了 ${request}。用得比请求多的先走。`,
  overVolume: (volume: string, limit: string) =>
    `emptyDir 卷 ${volume} 写得太多，超过了上限 ${limit}（sizeLimit），kubelet 把它驱逐了。`,
  overStorage: (container: string, limit: string) =>
    `容器 ${container} 写的文件超过了上限 ${limit}（limits 里的 ephemeral-storage），kubelet 把整个 Pod 驱逐了。`,
  overPodStorage: (limit: string) =>
    `它的容器写的文件加起来超过了上限 ${limit}（limits 里的 ephemeral-storage），kubelet 把它驱逐了。`,
  deadline: (seconds: number) => `它运行超过了 activeDeadlineSeconds 规定的 ${seconds} 秒，被结束了。`,
  rejected: (node: string, why: string) => `它已经分到节点 ${node}，但那里的 kubelet 不肯收。原因：${why}。`,
  rejectedOther: (node: string) => `它已经分到节点 ${node}，但那里的 kubelet 不肯收。`,
  pressure: (conditions: string) => `节点正缺资源（${conditions}）`,
  failed: (name: string) => `容器 ${name} 以错误结束，而 restartPolicy 不让它重启：`,

  fewer: (made: number, wanted: number) =>
    `应有 ${wanted} 个 Pod，现在${made === 0 ? '一个也没有' : `只有 ${made} 个`}：API server 拒绝了新的。`,
  overQuota: (quota: string, asked: string, used: string, most: string) =>
    `ResourceQuota ${quota} 的额度不够了：上限 ${most}，已用 ${used}，这个 Pod 还要 ${asked}。`,
  quotaAsks: (quota: string, fields: string) =>
    `ResourceQuota ${quota} 要求每个容器写明用量，而清单里缺了：${fields}。`,
  fieldOf: (field: string, containers: string) => `${containers} 的 ${field}`,
  outOfRange: (resource: string, per: string, bound: string) =>
    `LimitRange 给每个 ${per} 定了界限（${resource}：${bound}），清单不符合。`,
  podSecurity: (level: string) => `命名空间要求 Pod 符合安全级别 ${level}，清单还不符合。差在哪里，看原话。`,
  noAccount: (name: string) => `它要用的 ServiceAccount ${name} 不存在。`,
  noPriority: (name: string) => `它要用的 PriorityClass ${name} 不存在。`,
  refused: '拒绝的理由，看原话。',
  jobFailures: (limit: number) => `它的 Pod 失败的次数超过了 backoffLimit（${limit}），不会再试。`,
  stalled: (seconds: number) =>
    `更新已有 ${seconds} 秒没有进展（progressDeadlineSeconds），被判为失败。原来的 Pod（如果有）照旧运行；看看新的 Pod 卡在哪里。`,
}
