/** Follows the one link of a page; without scripts its reader does. */
location.replace(document.querySelector('[data-go]').href)
