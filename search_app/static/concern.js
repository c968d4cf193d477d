// Copies the permanent link that is to be sent to the archive. Without it, the link stands in a field to be copied by hand.
(() => {
  "use strict";
  const button = document.querySelector("button.copy");
  const field = document.getElementById("permalink");
  if (!button || !field) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    // A page that came without encryption may use the old way alone.
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = button.dataset.copied;
  });
})();
