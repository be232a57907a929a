// The CSRF token as the cookie has it now: signing in, in another tab too, replaces the one a page was made with.

export function csrfToken() {
  return document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1] ?? "";
}
