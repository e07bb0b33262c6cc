insert into stock (sku, received, available)
select sku, quantity, quantity
from (values
    ('BOOK-DDD', 500),
    ('BOOK-EIP', 500),
    ('MUG-KAFKA', 1000),
    ('MUG-RABBIT', 1000),
    ('MUG-REDIS', 1000),
    ('SHIRT-OUTBOX-M', 300),
    ('SHIRT-OUTBOX-L', 300),
    ('STICKER-SET', 100000),
    ('KEYBOARD-TKL', 50),
    ('MOUSE-SILENT', 50),
    ('CABLE-USB-C', 100000),
    ('LAST-ONE', 1)
) as demo (sku, quantity);
