// Tells people who listen what others see change. Politely: it waits until they have heard what they were at.

export function announce(text) {
  document.getElementById('announcements').textContent = text;
}
