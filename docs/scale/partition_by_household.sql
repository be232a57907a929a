-- Turns the three tables that grow with the number of entries into tables of sixteen partitions each, by household.
-- For more than some tens of millions of entries; docs/scale.md says when, and how on a running site. One transaction: all or nothing.
-- Every key of these tables begins with the household, so nothing of them is given up; but an id alone is unique by its
-- sequence only, as with Citus.

SET CONSTRAINTS ALL IMMEDIATE;

CREATE TEMPORARY TABLE batua_growing (name text, place int) ON COMMIT DROP;
INSERT INTO batua_growing VALUES
    ('transactions_transaction', 1), ('transactions_importedline', 2), ('transactions_monthtotal', 3);

-- What stands on these tables, as it was. Keys that do not name the household get it.
CREATE TEMPORARY TABLE batua_parts (place int, step int, what text) ON COMMIT DROP;
INSERT INTO batua_parts
    SELECT g.place, 1, format('ALTER TABLE %s ADD CONSTRAINT %I %s', g.name, c.conname,
           CASE WHEN pg_get_constraintdef(c.oid) LIKE '%household_id%' THEN pg_get_constraintdef(c.oid)
                ELSE regexp_replace(pg_get_constraintdef(c.oid), '\(', '(household_id, ') END)
      FROM batua_growing g JOIN pg_constraint c ON c.conrelid = g.name::regclass WHERE c.contype IN ('p', 'u')
    UNION ALL
    SELECT g.place, 1, format('CREATE INDEX ON %s (id)', g.name) FROM batua_growing g
    UNION ALL
    SELECT g.place, 1, pg_get_indexdef(i.indexrelid)
      FROM batua_growing g JOIN pg_index i ON i.indrelid = g.name::regclass
     WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))
    UNION ALL
    SELECT g.place, 2, pg_get_triggerdef(t.oid)
      FROM batua_growing g JOIN pg_trigger t ON t.tgrelid = g.name::regclass WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 9, 3, format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
      FROM pg_constraint c
     WHERE c.contype = 'f' AND EXISTS (SELECT FROM batua_growing g WHERE g.name::regclass IN (c.conrelid, c.confrelid));

DO $$
DECLARE
    item record;
    columns text;
    parts CONSTANT int := 16;
BEGIN
    FOR item IN
        SELECT c.conrelid::regclass AS owner, c.conname FROM pg_constraint c
         WHERE c.contype = 'f' AND EXISTS (SELECT FROM batua_growing g WHERE g.name::regclass IN (c.conrelid, c.confrelid))
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', item.owner, item.conname);
    END LOOP;

    FOR item IN SELECT name FROM batua_growing ORDER BY place LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', item.name, item.name || '_whole');
        EXECUTE format(
            'CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING IDENTITY '
            'INCLUDING STORAGE INCLUDING COMMENTS) PARTITION BY HASH (household_id)', item.name, item.name || '_whole');
        FOR part IN 0 .. parts - 1 LOOP
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                           item.name || '_' || part, item.name, parts, part);
        END LOOP;
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns FROM pg_attribute
         WHERE attrelid = (item.name || '_whole')::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('INSERT INTO %I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %I',
                       item.name, columns, columns, item.name || '_whole');
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''id''), nextval(pg_get_serial_sequence(%L, ''id'')), false)',
                       item.name, item.name || '_whole');
        EXECUTE format('DROP TABLE %I', item.name || '_whole');
    END LOOP;

    -- Triggers come after the rows: these are counted already.
    FOR item IN SELECT what FROM batua_parts ORDER BY step, place LOOP
        EXECUTE item.what;
    END LOOP;
END
$$;
