"""The database itself refuses to edit or delete a vote; it may be voided, once."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION moderation_vote_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL
       AND (to_jsonb(NEW) - 'voided_at' - 'void_reason') = (to_jsonb(OLD) - 'voided_at' - 'void_reason') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A vote is final; it can only be voided.' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER moderation_vote_final BEFORE UPDATE OR DELETE ON moderation_vote
    FOR EACH ROW EXECUTE FUNCTION moderation_vote_refuse();
"""
BACKWARD = """
DROP TRIGGER moderation_vote_final ON moderation_vote;
DROP FUNCTION moderation_vote_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
