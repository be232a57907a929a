// The server renders the theme; this only shows a choice on the profile before it is saved.

document.addEventListener("change", (event) => {
  if (event.target.name === "theme") document.documentElement.dataset.theme = event.target.value;
});
