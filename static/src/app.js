// Starts the design system's components. Every page works without this.
import { initAll } from "./govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// What a job's progress puts into the page may hold components as well.
document.body.addEventListener("htmx:afterSwap", (event) => initAll({ scope: event.target }));
