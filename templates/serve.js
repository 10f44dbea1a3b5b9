"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const file = form.querySelector("input[type=file]");
  const show = (on) => (event) => {
    if (event.dataTransfer && [...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      form.classList.toggle("dropping", on);
    }
  };
  form.addEventListener("dragover", show(true));
  form.addEventListener("dragleave", show(false));
  form.addEventListener("drop", (event) => {
    show(false)(event);
    if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
  });
}

// Keys answer a case: a form without a visible field is sent, of others the first field is focused.
const keys = document.getElementById("keys");
if (keys) {
  keys.checked = localStorage.getItem("keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) event.target.blur();
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    const field = button.form.querySelector("input:not([type=hidden])");
    if (field) field.select();
    else button.click();
  });
}

// Each answer is sent once, however often a key is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Names are completed from the database while they are typed.
for (const input of document.querySelectorAll("input[data-names]")) {
  let asked = "";
  input.addEventListener("input", async () => {
    const typed = (asked = input.value.trim());
    if (typed.length < 2) return;
    const answer = await fetch(`${input.dataset.names}?q=${encodeURIComponent(typed)}`);
    if (!answer.ok || typed !== asked) return;
    const found = await answer.json();
    input.list.replaceChildren(
      ...found.map((one) => {
        const option = document.createElement("option");
        const twice = found.filter((other) => other.name === one.name).length > 1;
        option.value = twice ? one.speaker_id : one.name;
        option.label = [one.name, one.role, `${one.quotations} quotations`].filter(Boolean).join(" · ");
        return option;
      }),
    );
  });
}
