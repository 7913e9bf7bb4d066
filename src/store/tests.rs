//! What every room relies on. Black-box tests run the rest on both databases.

use diesel::prelude::*;

use super::schema::hats;
use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
    migrate::run(&store).unwrap();
    (dir, store)
}

#[test]
fn migrating_again_changes_nothing() {
    let (_dir, store) = store();
    assert!(migrate::run(&store).unwrap().is_empty());
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    let (_dir, store) = store();
    let failed: Result<()> = store.write(|c| {
        diesel::sql_query("INSERT INTO units (external_id, name, sort_key) VALUES ('a', 'A', 'a')").execute(c)?;
        Err(Error::Stopped)
    });
    assert!(matches!(failed, Err(Error::Stopped)));
    let left: i64 = store.read(|c| Ok::<_, Error>(schema::units::table.count().get_result(c)?)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn thirty_two_writers_that_read_first_all_succeed() {
    let (_dir, store) = store();
    let writers: Vec<_> = (0..32)
        .map(|w| {
            let store = store.clone();
            std::thread::spawn(move || {
                for i in 0..10 {
                    store
                        .write(|c| {
                            let _: i64 = schema::units::table.count().get_result(c)?;
                            diesel::insert_into(schema::units::table)
                                .values((
                                    schema::units::external_id.eq(format!("{w}-{i}")),
                                    schema::units::name.eq("x"),
                                    schema::units::sort_key.eq("x"),
                                ))
                                .execute(c)?;
                            Ok::<_, Error>(())
                        })
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let rows: i64 = store.read(|c| Ok::<_, Error>(schema::units::table.count().get_result(c)?)).unwrap();
    assert_eq!(rows, 320);
}

#[test]
fn foreign_keys_are_enforced() {
    let (_dir, store) = store();
    let orphan: Result<usize> = store.write(|c| {
        Ok(diesel::insert_into(hats::table)
            .values((hats::person_id.eq(99_i64), hats::hat.eq("developer"), hats::given_at.eq(crate::clock::now())))
            .execute(c)?)
    });
    assert!(orphan.is_err());
}

#[test]
fn among_finds_exactly_the_rows_with_these_ids() {
    use schema::units;
    let (_dir, store) = store();
    store
        .write(|c| {
            let unit = |id: i64| (units::id.eq(id), units::external_id.eq(id.to_string()), units::name.eq("x"));
            for id in 1..=4_i64 {
                diesel::insert_into(units::table).values((unit(id), units::sort_key.eq("x"))).execute(c)?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let check = |ids: &[i64], expected: &[i64]| {
        let query = || units::table.filter(among(units::id, ids)).order(units::id).select(units::id);
        let found = store.read(|c| Ok::<Vec<i64>, Error>(on_both!(c, c => query().load(c)?)));
        assert_eq!(found.unwrap(), expected);
    };
    check(&[3, 1, 3, 99, -1], &[1, 3]);
    check(&[2], &[2]);
    check(&[], &[]);
}
