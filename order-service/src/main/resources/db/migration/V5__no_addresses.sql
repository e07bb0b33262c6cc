-- Whom to write to is email-service's to know: the address passes through this service and is not kept.
alter table orders drop column email;
