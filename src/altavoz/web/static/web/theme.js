// Runs before the first paint: the theme somebody chose, if they did.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* storage is off: the device decides */ }
