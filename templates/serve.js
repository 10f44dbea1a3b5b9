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
