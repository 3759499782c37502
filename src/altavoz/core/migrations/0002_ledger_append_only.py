"""The database itself refuses to change or delete a ledger entry."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION core_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER core_ledger_append_only BEFORE UPDATE OR DELETE ON core_ledger_entry
    FOR EACH ROW EXECUTE FUNCTION core_ledger_refuse();
"""
BACKWARD = """
DROP TRIGGER core_ledger_append_only ON core_ledger_entry;
DROP FUNCTION core_ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
