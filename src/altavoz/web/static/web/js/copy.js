// Copies the text beside a button; without a clipboard the text can still be marked by hand.
"use strict";

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((place) => {
  const button = place.querySelector("button");
  const label = button.textContent;
  place.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(place.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
});
