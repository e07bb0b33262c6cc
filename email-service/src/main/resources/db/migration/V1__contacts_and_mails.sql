-- Whom to write to about an order, as it said when it was created.
create table contact (
    order_id      varchar(64) primary key,
    email         varchar(254) not null,
    remembered_at timestamptz not null default now()
);

-- One an (order, kind). A claim keeps other instances away while one talks to the SMTP server, and runs out if it dies.
create table mail (
    order_id      varchar(64) not null,
    kind          varchar(16) not null check (kind in ('CONFIRMATION', 'REJECTION', 'CANCELLATION', 'DISPATCH_NOTE')),
    status        varchar(8) not null check (status in ('PENDING', 'SENT', 'FAILED')),
    subject       varchar(200) not null,
    message_id    varchar(200) not null unique,
    attempts      integer not null check (attempts > 0),
    claimed_until timestamptz,
    failure       text,
    sent_at       timestamptz,
    created_at    timestamptz not null default now(),
    primary key (order_id, kind),
    check ((status = 'SENT') = (sent_at is not null)),
    check (claimed_until is null or status = 'PENDING')
);

create index mail_newest_first on mail (created_at desc, order_id, kind);
