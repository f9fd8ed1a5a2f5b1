(function () {
  'use strict';
  var root = document.documentElement;
  var J = window.JW = { hidden: false, onchange: [] };
  J.all = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };
  J.one = function (selector, from) { return (from || document).querySelector(selector); };
  J.data = JSON.parse(J.one('#data').textContent);
  J.english = function () { return root.getAttribute('data-ui') === 'en'; };
  J.say = function (zh, en) { return J.english() ? en : zh; };
  J.make = function (tag, name, text) {
    var node = document.createElement(tag);
    if (name) { node.className = name; }
    if (text !== undefined) { node.textContent = text; }
    return node;
  };
  /* names of places and files, longest first: what the switch hides in text that the script writes */
  var pattern = J.data.names && J.data.names.length ? new RegExp(J.data.names.map(function (n) {
    return n[0].replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }).join('|'), 'g') : null;
  var alias = {};
  (J.data.names || []).forEach(function (n) { alias[n[0]] = n[1]; });
  J.shown = function (text) {
    return J.hidden && pattern ? text.replace(pattern, function (found) { return alias[found]; }) : text;
  };
  J.changed = function () { J.onchange.forEach(function (f) { f(); }); };

  J.language = function (code) {
    root.setAttribute('data-ui', code);
    root.setAttribute('lang', code === 'en' ? 'en' : 'zh-CN');
    J.all('[data-zh]').forEach(function (node) {
      var words = node.getAttribute(code === 'en' ? 'data-en' : 'data-zh');
      ['aria-label', 'placeholder', 'title'].forEach(function (name) {
        if (node.hasAttribute(name)) { node.setAttribute(name, words); }
      });
      if (node.tagName === 'OPTION' || node.tagName === 'TITLE') { node.textContent = words; }
    });
    J.changed();
  };
  J.disguise = function (on) {
    J.hidden = on;
    J.all('.nm').forEach(function (node) {
      if (!node.hasAttribute('data-o')) { node.setAttribute('data-o', node.textContent); }
      node.textContent = node.getAttribute(on ? 'data-a' : 'data-o');
    });
    document.title = on ? J.say('报告比对结果', 'Comparison') : J.title;
    J.changed();
  };
  J.title = document.title;

  var language = J.one('#b-language');
  language.addEventListener('click', function () { J.language(J.english() ? 'zh' : 'en'); });
  var names = J.one('#b-names');
  if (names) {
    names.addEventListener('click', function () {
      var on = names.getAttribute('aria-pressed') !== 'true';
      names.setAttribute('aria-pressed', String(on));
      J.disguise(on);
    });
  }
  J.one('#b-print').addEventListener('click', function () { window.print(); });

  var back = null;
  var veil = J.one('#veil');
  J.open = function (title, body) {
    if (veil.hidden) { back = document.activeElement; }
    J.one('#dialog-title').textContent = title;
    var place = J.one('#dialog-body');
    place.textContent = '';
    place.appendChild(body);
    veil.hidden = false;
    veil.scrollTop = 0;
    J.one('#dialog-close').focus();
  };
  J.close = function () {
    if (veil.hidden) { return; }
    veil.hidden = true;
    if (back && back.focus) { back.focus(); }
  };
  J.one('#dialog-close').addEventListener('click', J.close);
  veil.addEventListener('mousedown', function (event) { if (event.target === veil) { J.close(); } });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { J.close(); }
    if (event.key === 'Tab' && !veil.hidden) {
      var stops = J.all('button,[href],input,select,summary,[tabindex="0"]', veil);
      var first = stops[0], last = stops[stops.length - 1];
      if (event.shiftKey && document.activeElement === first) { last.focus(); event.preventDefault(); }
      else if (!event.shiftKey && document.activeElement === last) { first.focus(); event.preventDefault(); }
    }
  });
  J.flash = function (node) {
    if (!node) { return; }
    node.scrollIntoView({ block: 'center' });
    node.classList.remove('flash');
    void node.offsetWidth;
    node.classList.add('flash');
  };
  if (root.getAttribute('data-ui') === 'en') { J.language('en'); }
}());
