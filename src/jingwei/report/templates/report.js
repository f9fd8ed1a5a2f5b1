(function () {
  'use strict';
  var J = window.JW;
  var text = J.one('#text');
  var pieces = J.all('i[data-r]', text);
  var why = J.one('#why');
  var current = -1;
  var kinds = { mandated: ['上级规定用语', 'Prescribed wording'], recycled: ['沿用往年', 'Carried over'], copied: ['疑似雷同', 'Suspected match'],
    formulaic: ['通用套语', 'Stock phrases'], local: ['本地实情', 'Local facts'], own: ['自述', 'Own wording'] };

  J.all('.legend button').forEach(function (button) {
    button.addEventListener('click', function () {
      var kind = button.getAttribute('data-kind');
      text.className = 'card text' + (kind ? ' only only-' + kind : '');
      J.all('.legend button').forEach(function (other) { other.setAttribute('aria-pressed', String(other === button)); });
    });
  });

  var tabs = J.all('[role=tab]');
  function choose(tab) {
    tabs.forEach(function (other) {
      var on = other === tab;
      other.setAttribute('aria-selected', String(on));
      other.tabIndex = on ? 0 : -1;
      J.one('#' + other.getAttribute('aria-controls')).hidden = !on;
    });
  }
  tabs.forEach(function (tab, i) {
    tab.addEventListener('click', function () { choose(tab); });
    tab.addEventListener('keydown', function (event) {
      var step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step) {
        var next = tabs[(i + step + tabs.length) % tabs.length];
        choose(next); next.focus(); event.preventDefault();
      }
    });
  });

  function explain(piece) {
    var reason = J.data.reasons[Number(piece.getAttribute('data-r'))];
    pieces.forEach(function (p) { p.classList.remove('here'); });
    piece.classList.add('here');
    current = pieces.indexOf(piece);
    var name = kinds[reason[0]];
    /* most reasons open with the name of their kind */
    J.one('#why-text').textContent = J.shown(J.say(
      /^[^：]{2,12}：/.test(reason[1]) ? reason[1] : name[0] + '：' + reason[1],
      /^[^:]{2,28}: /.test(reason[2]) ? reason[2] : name[1] + ': ' + reason[2]));
    var open = J.one('#why-open');
    open.hidden = !piece.hasAttribute('data-m');
    open.setAttribute('data-m', piece.getAttribute('data-m') || '');
    why.hidden = false;
  }
  function showMatch(number) {
    var article = J.one('#m' + number);
    if (!article) { return; }
    var copy = article.cloneNode(true);
    copy.removeAttribute('id');
    J.all('.go', copy).forEach(function (node) { node.parentNode.removeChild(node); });
    J.open(J.say('雷同片段对照', 'Matching passages side by side'), copy);
  }
  text.addEventListener('click', function (event) {
    var node = event.target;
    while (node && node !== text && !(node.tagName === 'I' && node.hasAttribute('data-r'))) { node = node.parentNode; }
    if (!node || node === text) { return; }
    explain(node);
    if (node.hasAttribute('data-m')) { showMatch(node.getAttribute('data-m')); }
  });
  text.addEventListener('keydown', function (event) {
    var step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step && pieces.length) {
      var next = pieces[Math.max(0, Math.min(pieces.length - 1, current + step))];
      explain(next);
      next.scrollIntoView({ block: 'nearest' });
      event.preventDefault();
    }
    if (event.key === 'Enter' && current >= 0 && pieces[current].hasAttribute('data-m')) {
      showMatch(pieces[current].getAttribute('data-m'));
    }
  });
  J.one('#why-open').addEventListener('click', function () { showMatch(J.one('#why-open').getAttribute('data-m')); });
  J.one('#why-close').addEventListener('click', function () { why.hidden = true; });
  document.addEventListener('click', function (event) {
    /* the target may be a word inside the button */
    var node = event.target;
    while (node && node.getAttribute && !node.hasAttribute('data-to') && !node.classList.contains('open-match')) { node = node.parentNode; }
    if (!node || !node.getAttribute) { return; }
    if (node.hasAttribute('data-to')) { J.flash(document.getElementById(node.getAttribute('data-to'))); }
    else { showMatch(node.getAttribute('data-m')); }
  });
  J.onchange.push(function () { if (!why.hidden && current >= 0) { explain(pieces[current]); } });
}());
