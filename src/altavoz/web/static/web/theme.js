// Runs before the first paint: the theme somebody chose, if they did, and whether they save data.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* storage is off: the device decides */ }
if (navigator.connection?.saveData) document.documentElement.dataset.data = "less";
