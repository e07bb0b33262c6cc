// Corrections to fauxqs 2.4.1, loaded before it by `node --import`: what Amazon SQS documents, and what loses no messages.
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const dist = process.env.FAUXQS_DIST ?? dirname(process.argv[1]);
const load = (file) => import(pathToFileURL(join(dist, file)));
const { SqsQueue } = await load("sqs/sqsStore.js");
const { PersistenceManager } = await load("persistence.js");

// SQS Developer Guide, "FIFO delivery logic": a receive returns as many messages of a message group as possible, and none of
// a group of which messages are in flight. fauxqs returns one message of a group.
const dequeueOnePerGroup = SqsQueue.prototype.dequeueFifo;
SqsQueue.prototype.dequeueFifo = function (max, ...rest) {
  this.processTimers();
  this.dequeuing = true; // no timers while it has but one group
  const locked = this.fifoLockedGroups;
  const before = new Map(locked);
  const received = [];
  const limit = Math.min(max, 10);
  for (const group of [...this.fifoMessages.keys()].filter((each) => !before.has(each))) {
    const all = this.fifoMessages;
    while (received.length < limit && all.has(group)) {
      const count = locked.get(group) ?? 0;
      locked.delete(group);
      this.fifoMessages = new Map([[group, all.get(group)]]);
      const [next] = dequeueOnePerGroup.call(this, 1, ...rest);
      if (!this.fifoMessages.has(group)) {
        all.delete(group);
      }
      this.fifoMessages = all;
      if (count + (locked.get(group) ?? 0) > 0) {
        locked.set(group, count + (locked.get(group) ?? 0));
      }
      if (next) {
        received.push(next);
      }
    }
  }
  this.dequeuing = false;
  return received;
};

// The same guide: messages that become visible again keep their order in the group. fauxqs puts each before the others.
function makeVisible(queue, handle) {
  const { message } = queue.inflightMessages.get(handle);
  const group = message.messageGroupId;
  queue.inflightMessages.delete(handle);
  queue.persistence?.updateMessageReady(message.messageId);
  const inFlight = (queue.fifoLockedGroups.get(group) ?? 1) - 1;
  inFlight > 0 ? queue.fifoLockedGroups.set(group, inFlight) : queue.fifoLockedGroups.delete(group);
  const waiting = queue.fifoMessages.get(group) ?? [];
  const later = waiting.findIndex((each) => each.sequenceNumber > message.sequenceNumber);
  waiting.splice(later < 0 ? waiting.length : later, 0, message);
  queue.fifoMessages.set(group, waiting);
}

const changeVisibility = SqsQueue.prototype.changeVisibility;
SqsQueue.prototype.changeVisibility = function (handle, seconds) {
  if (seconds === 0 && this.isFifo() && this.inflightMessages.has(handle)) {
    makeVisible(this, handle);
    this.notifyWaiters();
  } else {
    changeVisibility.call(this, handle, seconds);
  }
};

// Without delays, which nothing here uses in a FIFO queue.
const processTimers = SqsQueue.prototype.processTimers;
SqsQueue.prototype.processTimers = function () {
  if (!this.isFifo()) {
    processTimers.call(this);
  } else if (!this.dequeuing) {
    const now = Date.now();
    [...this.inflightMessages]
      .filter(([, entry]) => entry.visibilityDeadline <= now)
      .forEach(([handle]) => makeVisible(this, handle));
    if (this.hasAvailableFifoMessages()) {
      this.notifyWaiters();
    }
  }
};

// fauxqs sets the receive count of such a message to NULL, which its own schema forbids: the message is lost.
PersistenceManager.prototype.updateMessageReady = function (id) {
  this.ready ??= this.db.prepare(
    "UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?",
  );
  this.ready.run(id);
};

// fauxqs syncs its file for each message, twice for each sent one. What a killed process has written is kept without that.
const prepareStatements = PersistenceManager.prototype.prepareStatements;
PersistenceManager.prototype.prepareStatements = function () {
  this.db.exec("PRAGMA synchronous = NORMAL");
  return prepareStatements.call(this);
};
