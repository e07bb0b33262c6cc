alter table mail
    drop constraint mail_kind_check,
    add constraint mail_kind_check
        check (kind in ('CONFIRMATION', 'REJECTION', 'CANCELLATION', 'DISPATCH_NOTE', 'DELAY_NOTICE'));
