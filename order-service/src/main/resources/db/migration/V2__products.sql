-- What the demo sells; inventory-service has these in stock.
insert into product (sku, name, price)
values ('BOOK-DDD', 'Book: Domain-Driven Design', 54.90),
       ('BOOK-EIP', 'Book: Enterprise Integration Patterns', 49.90),
       ('MUG-KAFKA', 'Mug, never forgets', 12.50),
       ('MUG-RABBIT', 'Mug, always acknowledged', 12.50),
       ('MUG-REDIS', 'Mug, quickly emptied', 12.50),
       ('SHIRT-OUTBOX-M', 'Shirt "Outbox", M', 24.00),
       ('SHIRT-OUTBOX-L', 'Shirt "Outbox", L', 24.00),
       ('STICKER-SET', 'Stickers, a dozen', 4.95),
       ('KEYBOARD-TKL', 'Keyboard without numbers', 119.00),
       ('MOUSE-SILENT', 'Mouse, silent', 39.90),
       ('CABLE-USB-C', 'Cable, USB-C, 2 m', 9.90),
       ('LAST-ONE', 'The last of its kind', 1.00);
