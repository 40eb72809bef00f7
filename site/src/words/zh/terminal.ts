/** 终端。 */

export const terminal = {
  label: '终端',
  help: '按 Esc 再按 Tab 可以离开终端',
  tooMuch: '输出太多，没有逐行朗读。可以自己移到各行去听。',
  nth: (n: number) => `终端 ${n}`,
  add: '再开一个终端',
  close: (n: number) => `关闭终端 ${n}`,
  keys: '终端按键',
  preview: (port: number) => `打开端口 ${port} 的页面`,
  previewLabel: (port: number) => `localhost:${port} 的页面`,
  previewPath: '路径',
  previewGo: '加载',
  previewEmpty: '应答里什么也没有。',
  previewFailed: (error: string) => `没有应答：${error}。`,
  previewNote: '这是 Pod 的应答，其中的脚本不会运行。',
}
