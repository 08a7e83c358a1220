-- Two database users: the application's, with the least that it needs, and the one that changes the schema.
--
-- Run by an administrator of the server, on MariaDB 10.11 or MySQL 8.4:
--   1. once before the first migration: it makes the database and both users, and then ends with an error at the first
--      table, which is not there yet;
--   2. after every migration: it gives the application the tables.
-- Both users are made locked and without a password, so that no password stands in a file:
--   alter user 'medinfo_app'@'%' identified by '…' account unlock;
--   alter user 'medinfo_migrations'@'%' identified by '…' account unlock;
-- Write the application's address instead of '%' where it has one. On MySQL with a binary log (the default) the
-- audit's triggers need `set persist log_bin_trust_function_creators = on` while migrating.

create database if not exists medinfo character set utf8mb4;

create user if not exists 'medinfo_migrations'@'%' account lock;
create user if not exists 'medinfo_app'@'%' account lock;

-- `medinfo migrate` runs as this one, and nothing else does.
grant select, insert, update, delete, create, alter, drop, index, references, trigger, create view
  on medinfo.* to 'medinfo_migrations'@'%';

-- The audit is written and read. No row of it can be changed, dropped or truncated by the application.
grant select, insert on medinfo.audit_logs to 'medinfo_app'@'%';

-- People and charts are closed, retired and corrected, never deleted.
grant select, insert, update on medinfo.users to 'medinfo_app'@'%';
grant select, insert, update on medinfo.patients to 'medinfo_app'@'%';
grant select, insert, update on medinfo.doctor_patient to 'medinfo_app'@'%';
grant select, insert, update on medinfo.consultations to 'medinfo_app'@'%';
grant select, insert, update on medinfo.prescriptions to 'medinfo_app'@'%';
grant select, insert, update on medinfo.medical_records to 'medinfo_app'@'%';
grant select, insert, update on medinfo.lab_results to 'medinfo_app'@'%';
grant select, insert, update on medinfo.attachments to 'medinfo_app'@'%';

-- What was added to a record, and who opened a chart in an emergency, stays as it was written. Only the ciphertext is
-- written anew, when the data key that sealed it is rotated: it says the same, under another key.
grant select, insert, update (text) on medinfo.addenda to 'medinfo_app'@'%';
grant select, insert, update (reason) on medinfo.emergency_accesses to 'medinfo_app'@'%';
grant select, insert, update on medinfo.alerts to 'medinfo_app'@'%';

-- Former versions are only added; their ciphertext too is written anew under another key. Changes are numbered
-- afterwards, and forgotten once every device must have them.
grant select, insert, update (body) on medinfo.record_versions to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.sync_changes to 'medinfo_app'@'%';
grant select, update on medinfo.sync_heads to 'medinfo_app'@'%';
grant select, update on medinfo.sync_state to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.sync_mutations to 'medinfo_app'@'%';
grant select, insert, update on medinfo.sync_devices to 'medinfo_app'@'%';

-- What a patient is found by is made anew at each correction.
grant select, insert, delete on medinfo.patient_names to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.blind_indexes to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.unique_blind_indexes to 'medinfo_app'@'%';

-- What is proven of the audit is added; what each place outside has is brought up to date.
grant select, insert on medinfo.audit_leaves to 'medinfo_app'@'%';
grant select, insert on medinfo.audit_checkpoints to 'medinfo_app'@'%';
grant select, insert, update on medinfo.audit_anchors to 'medinfo_app'@'%';

-- Keys are rotated and wrapped anew while the server runs; a patient's key is made with the patient. None is deleted.
grant select, insert, update on medinfo.master_keys to 'medinfo_app'@'%';
grant select, insert, update on medinfo.root_keys to 'medinfo_app'@'%';
grant select, insert, update on medinfo.data_keys to 'medinfo_app'@'%';

-- Erasure: who asked, who agreed, and what was erased, for ever.
grant select, insert, update on medinfo.shred_requests to 'medinfo_app'@'%';
grant select, insert on medinfo.shred_approvals to 'medinfo_app'@'%';
grant select, insert on medinfo.shred_ledger to 'medinfo_app'@'%';

-- Work that goes on after a crash, and which process does it.
grant select, insert, update on medinfo.leases to 'medinfo_app'@'%';
grant select, insert, update on medinfo.jobs to 'medinfo_app'@'%';

-- Who may what. Permissions come with a migration; roles are locked while grants change, which needs UPDATE.
grant select on medinfo.permissions to 'medinfo_app'@'%';
grant select, insert, update on medinfo.roles to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.role_permissions to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.user_roles to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.user_permissions to 'medinfo_app'@'%';
grant select, insert, update on medinfo.access_tokens to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.sessions to 'medinfo_app'@'%';

-- How people prove who they are; a factor that is taken away is gone, and what is used up is deleted.
grant select, insert, update, delete on medinfo.totp_secrets to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.recovery_codes to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.passkeys to 'medinfo_app'@'%';
grant select, insert, delete on medinfo.challenges to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.account_links to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.chart_codes to 'medinfo_app'@'%';
grant select, insert, update, delete on medinfo.rate_limits to 'medinfo_app'@'%';

-- Mails to send.
grant select, insert, update on medinfo.mails to 'medinfo_app'@'%';

grant select, insert, update on medinfo.settings to 'medinfo_app'@'%';

-- Imports.
grant select, insert, update on medinfo.import_runs to 'medinfo_app'@'%';
grant select, insert, update on medinfo.import_links to 'medinfo_app'@'%';
grant select, insert on medinfo.import_notes to 'medinfo_app'@'%';

-- Which migrations have run, for `medinfo doctor`.
grant select on medinfo.adonis_schema to 'medinfo_app'@'%';
grant select on medinfo.adonis_schema_versions to 'medinfo_app'@'%';
