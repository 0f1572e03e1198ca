// Makes the page work without a network, once it is idle; says when a newer version is here. Nothing depends on it.
const announce = (words, again) => {
  const note = Object.assign(document.createElement("p"), { className: "notice is-new" });
  note.setAttribute("role", "status");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: again });
  // Only the reader reloads: a comment that is being written stays where it is.
  button.addEventListener("click", () => location.reload());
  note.append(words, " ", button);
  document.body.append(note);
};

export const start = async (manifest) => {
  const { serviceWorker } = navigator;
  const isSecondVisit = Boolean(serviceWorker.controller);
  try {
    const script = globalThis.dixit.trusted(new URL("sw.js", manifest).href);
    const registration = await serviceWorker.register(script, { updateViaCache: "none" });
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && serviceWorker.controller) announce("A newer version of this site is here.", "Reload");
      });
    });
    if (isSecondVisit && !navigator.connection?.saveData) serviceWorker.controller.postMessage("fill");
  } catch (error) {
    console.info(`This page will not work offline: ${error.message}`); // private windows, a host without sw.js
  }
};
