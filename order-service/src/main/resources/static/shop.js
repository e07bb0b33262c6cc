'use strict';

const FINAL = ['SHIPPED', 'REJECTED', 'CANCELLED'];
const CANCELLABLE = ['PENDING', 'CONFIRMED'];
const POLL_MILLIS = 700;
const STORED = 'orderflow.orders';

const byId = id => document.getElementById(id);
const form = byId('order');
const products = new Map();
const placed = JSON.parse(sessionStorage.getItem(STORED) ?? '[]');
const polling = new Set();
let idempotencyKey = newKey();

/** An element with text, which is never parsed as HTML. */
function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function money(amount, currency) {
  return `${Number(amount).toFixed(2)} ${currency}`;
}

/** Not crypto.randomUUID, which only secure origins have. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

async function call(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  const body = await response.json();
  if (!response.ok) {
    const fields = (body.errors ?? []).map(each => `${each.field} ${each.message}`).join('; ');
    const trace = body.traceId ? ` (trace ${body.traceId})` : '';
    throw new Error([body.detail ?? body.title, fields].filter(Boolean).join(' ') + trace);
  }
  return body;
}

async function showProducts() {
  const { items } = await call('/products');
  for (const product of items) {
    products.set(product.sku, product);
    const label = element('label', '', 'product');
    const quantity = element('input');
    Object.assign(quantity, { type: 'number', name: product.sku, min: 0, max: 1000, step: 1, inputMode: 'numeric', required: true });
    quantity.setAttribute('value', '0');
    quantity.addEventListener('input', () => quantity.setAttribute('value', quantity.value || '0'));
    label.append(element('span', product.name), element('span', money(product.price, product.currency), 'price'), quantity);
    byId('products').append(label);
  }
}

function lines() {
  return [...byId('products').querySelectorAll('input')]
    .map(input => ({ sku: input.name, quantity: Number(input.value) }))
    .filter(line => line.quantity > 0);
}

function changed() {
  idempotencyKey = newKey();
  showTotal();
}

function showTotal() {
  const total = lines().reduce((sum, line) => sum + line.quantity * products.get(line.sku).price, 0);
  byId('total').textContent = money(total, 'EUR');
  byId('place').disabled = lines().length === 0;
}

/** Pressed again after a failure, it sends the same key, and so places no second order. */
async function place(event) {
  event.preventDefault();
  byId('place').disabled = true;
  byId('problem').textContent = '';
  const data = new FormData(form);
  try {
    const order = await call('/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
      body: JSON.stringify({
        customerId: data.get('customerId'),
        email: data.get('email'),
        priority: data.get('priority'),
        items: lines(),
      }),
    });
    idempotencyKey = newKey();
    for (const input of byId('products').querySelectorAll('input')) {
      input.value = '0';
      input.setAttribute('value', '0');
    }
    placed.unshift(order.id);
    sessionStorage.setItem(STORED, JSON.stringify(placed.slice(0, 20)));
    watch(order.id);
  } catch (failure) {
    byId('problem').textContent = `The order was not placed. ${failure.message}`;
  } finally {
    showTotal();
  }
}

/** Shows an order until it is in a final state. */
async function watch(id) {
  if (polling.has(id)) {
    return;
  }
  polling.add(id);
  byId('none').hidden = true;
  const article = element('article');
  byId('orders').prepend(article);
  for (;;) {
    try {
      const path = `/orders/${encodeURIComponent(id)}`;
      const order = await call(path);
      showOrder(article, order, (await call(`${path}/timeline`)).items);
      byId('connection').textContent = '';
      if (FINAL.includes(order.status)) {
        return;
      }
    } catch (failure) {
      byId('connection').textContent = `The orders cannot be read at the moment, and are read again. ${failure.message}`;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MILLIS));
  }
}

/** Changes only what is new, so that the focus stays and only news is read aloud. */
function showOrder(article, order, timeline) {
  const version = `${order.changedAt} ${order.status} ${timeline.length}`;
  if (article.dataset.version === version) {
    return;
  }
  article.dataset.version = version;
  const focused = article.contains(document.activeElement);
  const head = element('div');
  const status = element('span', order.status, `status ${order.status}`);
  status.setAttribute('role', 'status');
  head.append(element('h3', `Order ${order.id.slice(0, 8)}`), status);
  const items = order.items.map(each => `${each.quantity} × ${products.get(each.sku)?.name ?? each.sku}`).join(', ');
  const facts = element('p', `${items}; ${money(order.total, order.currency)}, ${order.priority}, for ${order.customerId}`);
  const history = element('ol');
  for (const entry of timeline) {
    const line = element('li');
    const time = element('time', new Date(entry.at).toLocaleTimeString());
    time.dateTime = entry.at;
    line.append(time, element('span', entry.what));
    if (entry.eventType) {
      line.append(' ', element('code', entry.eventType));
    }
    history.append(line);
  }
  article.replaceChildren(head, facts, history);
  if (CANCELLABLE.includes(order.status)) {
    const cancel = element('button', 'Cancel');
    cancel.type = 'button';
    cancel.setAttribute('aria-label', `Cancel order ${order.id.slice(0, 8)}`);
    cancel.addEventListener('click', () => cancelOrder(cancel, order));
    article.append(cancel);
    if (focused) {
      cancel.focus();
    }
  } else if (focused) {
    byId('orders').focus();
  }
}

async function cancelOrder(button, order) {
  button.disabled = true;
  byId('cancellation').textContent = '';
  try {
    await call(order.links.cancellation, { method: 'POST' });
  } catch (failure) {
    byId('cancellation').textContent = `Order ${order.id.slice(0, 8)} is not cancelled. ${failure.message}`;
    button.disabled = false;
  }
}

form.addEventListener('input', changed);
form.addEventListener('submit', place);
showProducts()
  .then(() => [...placed].reverse().forEach(watch))
  .catch(failure => { byId('problem').textContent = `The products cannot be read. ${failure.message}`; });
