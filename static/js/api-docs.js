// The interactive description of the API: Swagger UI over our own OpenAPI file, with the CSRF token of the pages.

const place = document.querySelector("[data-schema]");

function withToken(request) {
  const found = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
  if (found) request.headers["X-CSRFToken"] = found[1];
  return request;
}

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  // With it there is a link inside each button.
  deepLinking: false,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  layout: "BaseLayout",
  persistAuthorization: false,
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor: withToken,
  // Its colours are too faint on their ground.
  syntaxHighlight: { activated: false },
  tryItOutEnabled: true,
  validatorUrl: null,
});
