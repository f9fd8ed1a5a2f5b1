(function () {
  'use strict';
  var J = window.JW, D = J.data;
  var relations = { peer: ['其他单位报告', 'Report of another unit'], common_source: ['疑似同源', 'Common source'],
    previous: ['本单位往年报告', 'Earlier report of this unit'], authority: ['上级文件', "Superior's document"],
    duplicate: ['同一报告的不同版本', 'Versions of one report'] };
  function name(i) { return J.hidden ? D.aliases[i] : D.labels[i]; }
  var shown = J.shown;
  function percent(v) {
    if (v === null || v === undefined) { return '—'; }
    if (v > 0 && v < 0.0005) { return '<0.1%'; }
    return (100 * (v < 1 ? Math.min(v, 0.999) : v)).toFixed(1) + '%';
  }

  /* tables: sort and filter */
  J.all('table.sortable').forEach(function (table) {
    var body = table.tBodies[0], heads = J.all('thead th', table);
    heads.forEach(function (head, column) {
      var button = J.one('button.sort', head);
      if (!button) { return; }
      button.addEventListener('click', function () {
        var down = head.getAttribute('aria-sort') !== 'descending';
        heads.forEach(function (h) { h.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        var rows = J.all('tr', body).map(function (row, i) {
          var v = row.cells[column].getAttribute('data-v');
          return [v === null ? row.cells[column].textContent : Number(v), i, row];
        });
        rows.sort(function (a, b) {
          if (a[0] === b[0]) { return a[1] - b[1]; }
          return (a[0] < b[0] ? -1 : 1) * (down ? -1 : 1);
        });
        rows.forEach(function (r) { body.appendChild(r[2]); });
      });
    });
  });
  function filter(table) {
    var box = J.one('input.filter[data-table=' + table.id + ']'), words = box.value.trim().toLowerCase().split(/\s+/);
    var only = table.id === 't-reports' ? J.one('#only').value : '';
    var left = 0, all = J.all('tbody tr', table);
    all.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      var on = words.every(function (w) { return text.indexOf(w) >= 0; }) && (!only || Number(row.getAttribute('data-' + only)) > 0);
      row.hidden = !on;
      if (on) { left += 1; }
    });
    J.one('.count', box.parentNode.parentNode).textContent = left === all.length ? '' : J.say('显示 ' + left + '／' + all.length, left + ' of ' + all.length);
  }
  J.all('input.filter').forEach(function (box) {
    var table = document.getElementById(box.getAttribute('data-table'));
    box.addEventListener('input', function () { filter(table); });
  });
  J.one('#only').addEventListener('change', function () { filter(document.getElementById('t-reports')); });

  /* pairs side by side */
  var pairOf = {};
  D.pairs.forEach(function (p, i) { pairOf[p[0] < p[1] ? p[0] + ',' + p[1] : p[1] + ',' + p[0]] = i; });
  function side(title, piece, runs, from) {
    var box = J.make('div'), text = J.make('p'), at = 0, passage = piece[1];
    box.appendChild(J.make('h4', '', title));
    text.appendChild(J.make('span', 'ctx', '…' + shown(piece[0])));
    function add(start, end, equal) {
      if (end > start) { text.appendChild(J.make(equal ? 'mark' : 'u', equal ? '' : 'd', shown(passage.slice(start, end)))); }
    }
    if (!runs.length) { add(0, passage.length, true); at = passage.length; }
    for (var i = from; i < runs.length; i += 4) {
      var start = Math.max(runs[i], at), end = runs[i + 1];
      if (end > start) { add(at, start, false); add(start, end, true); at = end; }
    }
    add(at, passage.length, false);
    text.appendChild(J.make('span', 'ctx', shown(piece[2]) + '…'));
    box.appendChild(text);
    return box;
  }
  function nothing(p) {
    return p && p[9] === 'duplicate'
      ? J.say('同一单位同一年份，是同一报告的不同版本，不作雷同计算，未逐段列出。', 'Same unit and year: versions of one report, not counted and not listed passage by passage.')
      : J.say('这两篇没有达到提示长度的雷同片段。', 'No passage of these two reached the length that is shown.');
  }
  function pairView(number) {
    var p = D.pairs[number], body = J.make('div');
    body.appendChild(J.make('p', 'meta', J.say(
      '有效重复率 ' + percent(p[2]) + '　总重复率 ' + percent(p[3]) + '　占甲篇 ' + percent(p[4]) + '　占乙篇 ' + percent(p[5]) + '　最长连续雷同 ' + p[6] + ' 字　用词相近度 ' + p[7].toFixed(2),
      'effective ' + percent(p[2]) + ', total ' + percent(p[3]) + ', of the left ' + percent(p[4]) + ', of the right ' + percent(p[5]) + ', longest passage ' + p[6] + ' characters, TF-IDF cosine ' + p[7].toFixed(2))));
    if (!p[10].length) { body.appendChild(J.make('p', '', nothing(p))); }
    p[10].forEach(function (m, i) {
      var article = J.make('article', 'match'), head = J.make('header');
      var relation = relations[m[4]] || [m[4], m[4]];
      head.appendChild(J.make('b', '', (i + 1) + '. ' + J.say(relation[0], relation[1])));
      head.appendChild(J.make('span', '', J.say('相同 ' + m[2] + ' 字　有效 ' + m[3] + ' 字（不含规定用语和共用语）' + (m[6] ? '，' + m[6] + ' 个数字逐一相同' : ''), m[2] + ' equal, ' + m[3] + ' effective characters' + (m[6] ? ', ' + m[6] + ' figures agree one by one' : ''))));
      article.appendChild(head);
      var two = J.make('div', 'sides');
      two.appendChild(side(J.say('甲篇：', 'Left: ') + name(p[0]), D.texts[m[0]], m[5], 0));
      two.appendChild(side(J.say('乙篇：', 'Right: ') + name(p[1]), D.texts[m[1]], m[5], 2));
      article.appendChild(two);
      body.appendChild(article);
    });
    body.appendChild(J.make('p', 'key', J.say('底纹加下线为相同文字，虚框为不同之处（多为套用后改动的数字、地名），灰字为前后文。', 'Shaded and underlined: equal; dashed box: different; grey: what stands around.')));
    J.open(J.say('雷同片段对照：', 'Side by side: ') + name(p[0]) + ' — ' + name(p[1]), body);
  }
  document.addEventListener('click', function (event) {
    var node = event.target;
    while (node && node.classList && !node.classList.contains('pair')) { node = node.parentNode; }
    if (node && node.classList) { pairView(Number(node.getAttribute('data-p'))); }
  });

  /* heatmap */
  var n = D.order.length, digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', code = {};
  for (var k = 0; k < 64; k += 1) { code[digits.charAt(k)] = k; }
  function value(row, column) {
    if (row === column) { return null; }
    var a = Math.min(row, column), b = Math.max(row, column);
    var at = 2 * (a * n - a * (a + 1) / 2 + b - a - 1);
    return (code[D.matrix.charAt(at)] * 64 + code[D.matrix.charAt(at + 1)]) / 4095;
  }
  var stops = D.colours.map(function (c) { return [1, 3, 5].map(function (i) { return parseInt(c.substr(i, 2), 16); }); });
  function colour(v) {
    var x = Math.max(0, Math.min(1, v)) * (stops.length - 1), i = Math.min(stops.length - 2, Math.floor(x)), f = x - i;
    return [0, 1, 2].map(function (c) { return Math.round(stops[i][c] * (1 - f) + stops[i + 1][c] * f); });
  }
  var map = J.one('#map'), pen = map.getContext('2d'), room = 0, cell = 1, at = [0, Math.min(1, n - 1)];
  var fontName = getComputedStyle(document.body).fontFamily;
  function labelAt(i) { var t = name(D.order[i]); return t.length > 14 ? t.slice(0, 7) + '…' + t.slice(-6) : t; }
  var top = 8, bottom = 0;
  function edge(i) { return Math.round(i * cell); }
  function draw() {
    var width = Math.min(map.parentNode.clientWidth || 800, 900), ratio = window.devicePixelRatio || 1;
    pen.font = '12px ' + fontName;
    room = 12;
    for (var k = 0; k < n; k += Math.ceil(n / 100)) { room = Math.max(room, pen.measureText(labelAt(k)).width + 10); }
    room = Math.ceil(Math.min(room, width * 0.4));
    bottom = room;
    cell = Math.max(1, Math.min(34, (width - room - 8) / Math.max(1, n)));
    if (cell > 4) { cell = Math.floor(cell); }
    var size = edge(n), wide = size + room + 8, high = size + top + bottom;
    map.width = Math.round(wide * ratio);
    map.height = Math.round(high * ratio);
    map.style.width = wide + 'px';
    map.style.height = high + 'px';
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, wide, high);
    var gap = cell > 4 ? 0.5 : 0;
    for (var row = 0; row < n; row += 1) {
      for (var column = 0; column < n; column += 1) {
        var v = value(row, column), x = edge(column), y = edge(row);
        pen.fillStyle = v === null ? '#d6d9dd' : 'rgb(' + colour(v).join(',') + ')';
        pen.fillRect(room + x, top + y, edge(column + 1) - x - gap, edge(row + 1) - y - gap);
        if (v !== null && n <= 25 && cell >= 24) {
          pen.fillStyle = v > 0.5 ? '#000' : '#fff';
          pen.font = '11px ' + fontName;
          pen.textAlign = 'center';
          pen.textBaseline = 'middle';
          pen.fillText(v < 0.005 ? '0' : v.toFixed(2).replace(/^0/, ''), room + (column + 0.5) * cell, top + (row + 0.5) * cell);
        }
      }
    }
    pen.fillStyle = '#1d2733';
    pen.font = (cell >= 14 ? 12 : 11) + 'px ' + fontName;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    var step = Math.max(Math.ceil(n / 40), Math.ceil(13 / cell));
    for (var i = 0; i < n; i += step) {
      pen.fillText(labelAt(i), room - 5, top + (i + 0.5) * cell, room - 6);
      pen.save();
      pen.translate(room + (i + 0.5) * cell, top + size + 5);
      pen.rotate(-Math.PI / 2);
      pen.fillText(labelAt(i), 0, 0, bottom - 6);
      pen.restore();
    }
    if (document.activeElement === map && n > 1) {
      pen.strokeStyle = '#e08a00';
      pen.lineWidth = 2.5;
      pen.strokeRect(room + edge(at[1]) - 1, top + edge(at[0]) - 1, Math.max(4, cell) + 1.5, Math.max(4, cell) + 1.5);
    }
  }
  function read(row, column) {
    var box = J.one('#read');
    box.textContent = '';
    if (n < 1) { return; }
    var a = D.order[row], b = D.order[column], v = value(row, column);
    box.appendChild(J.make('b', '', name(a)));
    if (v === null) { box.appendChild(J.make('span', '', J.say('（报告自身）', '(the report itself)'))); return; }
    box.appendChild(J.make('b', '', name(b)));
    box.appendChild(J.make('span', 'v', percent(v)));
    var known = D.pairs[pairOf[Math.min(a, b) + ',' + Math.max(a, b)]];
    box.appendChild(J.make('p', 'note', known && known[10].length
      ? J.say(known[10].length + ' 处片段，最长连续雷同 ' + known[6] + ' 字；点击或回车查看对照', known[10].length + (known[10].length === 1 ? ' passage' : ' passages') + ', longest ' + known[6] + ' characters; click or Enter')
      : nothing(known)));
  }
  function open(row, column) {
    var a = D.order[row], b = D.order[column], p = pairOf[Math.min(a, b) + ',' + Math.max(a, b)];
    if (a === b) { return; }
    if (p !== undefined) { pairView(p); return; }
    var body = J.make('p', '', nothing(null));
    J.open(name(a) + ' — ' + name(b), body);
  }
  function place(event) {
    var box = map.getBoundingClientRect();
    var column = Math.floor((event.clientX - box.left - room) / cell), row = Math.floor((event.clientY - box.top - top) / cell);
    return row >= 0 && column >= 0 && row < n && column < n ? [row, column] : null;
  }
  map.addEventListener('mousemove', function (event) { var p = place(event); if (p) { read(p[0], p[1]); } });
  map.addEventListener('click', function (event) { var p = place(event); if (p) { at = p; open(p[0], p[1]); } });
  map.addEventListener('focus', function () { draw(); read(at[0], at[1]); });
  map.addEventListener('blur', draw);
  map.addEventListener('keydown', function (event) {
    var move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (move) {
      at = [Math.max(0, Math.min(n - 1, at[0] + move[0])), Math.max(0, Math.min(n - 1, at[1] + move[1]))];
      draw(); read(at[0], at[1]); event.preventDefault();
    }
    if (event.key === 'Enter' && n > 1) { open(at[0], at[1]); event.preventDefault(); }
  });
  var scale = J.one('#scale').getContext('2d');
  for (var x = 0; x < 250; x += 1) { scale.fillStyle = 'rgb(' + colour(x / 249).join(',') + ')'; scale.fillRect(x, 0, 1, 14); }
  var timer = 0;
  window.addEventListener('resize', function () { clearTimeout(timer); timer = setTimeout(draw, 120); });
  J.onchange.push(function () { draw(); read(at[0], at[1]); J.all('table.sortable').forEach(filterIfAny); J.close(); });
  function filterIfAny(table) { if (J.one('input.filter[data-table=' + table.id + ']')) { filter(table); } }
  draw();
  if (n > 1) { read(at[0], at[1]); }
}());
