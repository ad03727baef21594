// Starts the pages of the API. A file of its own, because no page of ours may hold a script.
"use strict";

const place = document.getElementById("docs");
const token = document.querySelector("meta[name=csrf-token]").content;

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  layout: "BaseLayout",
  deepLinking: true,
  persistAuthorization: false,
  requestInterceptor: (request) => {
    if (request.method && request.method !== "GET") {
      request.headers["X-CSRFToken"] = token;
    }
    return request;
  },
});
