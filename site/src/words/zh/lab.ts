/** 实验台的框架：窗格、标签、启动、重来。 */

export const lab = {
  title: '实验台',
  start: '启动实验台',
  startWhy: '加载编辑器、终端和一个模拟集群。全部在本机运行。',
  starting: '正在启动……',
  failed: '实验台没能启动，可能是有文件没下载下来。检查网络后再试一次；如果网站刚更新过，刷新页面就好。',
  noWorker: '实验台没能启动：这个浏览器不支持 Web Worker，请换一个新一些的浏览器。课文仍然可以读。',
  retry: '再试一次',
  tabs: {
    label: '视图',
    prose: '课文',
    guide: '说明',
    tasks: '考题',
    editor: '编辑器',
    terminal: '终端',
    cluster: '集群',
  },
  splitMain: '调整课文与实验台的宽度',
  split: (a: string, b: string) => `调整${a}与${b}的高度`,
  splitHelp: '用方向键调整，回车恢复默认',
  reset: '重来',
  resetAsk: '要回到这节课的起点吗？集群、文件和终端都会恢复原样，已通过的练习仍然算数。',
  resetYes: '恢复到起点',
  cancel: '取消',
  close: '关闭',
}
