-- One an order. WITHDRAWN without a priority is the trace of a cancellation that overtook the confirmation.
create table shipment (
    id              varchar(36) primary key,
    order_id        varchar(64) not null unique,
    priority        varchar(8) check (priority in ('STANDARD', 'EXPRESS')),
    status          varchar(16) not null check (status in ('PLANNED', 'DISPATCHED', 'WITHDRAWN')),
    carrier         varchar(64),
    tracking_number varchar(64),
    updated_at      timestamptz not null,
    created_at      timestamptz not null default now(),
    constraint priority_unless_never_planned check (priority is not null or status = 'WITHDRAWN'),
    constraint booked_when_dispatched
        check ((status = 'DISPATCHED') = (carrier is not null) and (carrier is null) = (tracking_number is null))
);

create index shipment_newest_first on shipment (created_at desc, id);
