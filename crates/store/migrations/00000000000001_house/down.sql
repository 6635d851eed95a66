-- The first schema has nothing to go back to: released migrations only add.
select 1;
