/**
 * Runs in the head before anything is drawn: the reader's chosen colours without a flash, a mark that scripts run, and one on
 * a button of the workbench that is pressed before its script is there.
 * It is put into the page as text, so it stays small and imports nothing; the policy knows it by its hash.
 */
export const themeScript = `(function(d){d.dataset.js='';try{var t=localStorage.getItem('podlab.theme');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}d.addEventListener('click',function(e){var b=e.target.closest('[data-lab-start],[data-tab-button]');if(b)b.dataset.pressed=''},true)})(document.documentElement)`
