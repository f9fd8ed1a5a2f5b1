(function () {
  'use strict';
  var J = window.JW, box = J.one('#filter');
  box.addEventListener('input', function () {
    var words = box.value.trim().toLowerCase().split(/\s+/);
    J.all('section.pair-card').forEach(function (card) {
      var text = J.one('h2', card).textContent.toLowerCase();
      card.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
    });
  });
}());
