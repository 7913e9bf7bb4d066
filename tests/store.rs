//! What the store promises on both databases: many writers, migrations on databases with rows, a schema that is true.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use diesel::prelude::*;
use diesel::sql_types::Text;
use varjedag::store::schema::units;
use varjedag::store::{Backend, Conn, Error, Store, migrate};

use crate::support::{Database, Empty, World, a_row_in_every_table, build, on_both};

on_both![
    thirty_two_writers_who_read_first_all_succeed,
    a_slow_writer_among_hasty_ones_gets_a_turn,
    thirty_two_people_who_change_something_at_once_all_succeed,
    the_schema_is_what_the_database_has,
    migrations_go_down_and_up_again_with_rows_in_every_table,
    instances_that_start_together_migrate_once,
    a_migration_that_was_killed_is_completed_at_the_next_start,
];

fn thirty_two_writers_who_read_first_all_succeed(database: Database) {
    let store = &database.store;
    let write = |name: String| count_and_add(store, &name, Duration::ZERO);
    std::thread::scope(|scope| {
        for writer in 0..32 {
            let write = &write;
            scope.spawn(move || (0..10).for_each(|i| write(format!("{writer}-{i}")).expect("no writer is refused")));
        }
    });
    // Each has seen all before it: serial, as if they had queued.
    let mut seen: Vec<String> = store.read(names).expect("a list");
    seen.sort_by_key(|count| count.parse::<u32>().expect("a number"));
    assert_eq!(seen, (0..320).map(|count| count.to_string()).collect::<Vec<_>>());
}

/// Adds a unit whose name says how many there were, having thought for a while in between.
fn count_and_add(store: &Store, id: &str, thinks: Duration) -> Result<(), Error> {
    store.write(|conn| {
        let count: i64 = units::table.count().get_result(conn)?;
        std::thread::sleep(thinks);
        let row = (units::external_id.eq(id), units::name.eq(count.to_string()), units::sort_key.eq(""));
        diesel::insert_into(units::table).values(row).execute(conn)?;
        Ok(())
    })
}

/// Whenever it is about to write, somebody else has written what it has read.
fn a_slow_writer_among_hasty_ones_gets_a_turn(database: Database) {
    let store = &database.store;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let done = &done;
            scope.spawn(move || {
                let mut adds = (0..).take_while(|_| !done.load(Ordering::SeqCst));
                adds.try_for_each(|i| count_and_add(store, &format!("{writer}-{i}"), Duration::ZERO)).expect("a turn");
            });
        }
        let slow = count_and_add(store, "slow", Duration::from_millis(60));
        done.store(true, Ordering::SeqCst);
        slow.expect("a turn");
    });
}

fn names(conn: &mut Conn) -> Result<Vec<String>, Error> {
    Ok(units::table.select(units::name).load(conn)?)
}

fn thirty_two_people_who_change_something_at_once_all_succeed(world: World) {
    std::thread::scope(|scope| {
        for number in 0..32 {
            let world = &world;
            scope.spawn(move || {
                let person = build::person(&world.store, &format!("Prov {number}"), None);
                let client = world.sign_in(&person);
                for language in ["en", "sv", "en"] {
                    let answer = client.post("/language", &[("language", language)]);
                    assert_eq!(answer.status, 303, "{}", answer.body);
                }
                assert_eq!(client.get("/me").attribute("html", "lang").as_deref(), Some("en"));
            });
        }
    });
}

/// Table → column → type.
type Schema = BTreeMap<String, BTreeMap<String, String>>;

fn assert_schema(store: &Store) {
    let lines = |schema: Schema| -> BTreeSet<String> {
        let columns =
            schema.into_iter().flat_map(|(table, columns)| columns.into_iter().map(move |c| (table.clone(), c)));
        columns.map(|(table, (column, kind))| format!("{table}.{column} -> {kind}")).collect()
    };
    let (actual, written) = (lines(actual(store)), lines(written()));
    let differences: Vec<&String> = actual.symmetric_difference(&written).collect();
    assert!(differences.is_empty(), "schema.rs and the database differ: {differences:#?}");
}

fn the_schema_is_what_the_database_has(database: Database) {
    assert_schema(&database.store);
}

/// As `src/store/schema.rs` says it.
fn written() -> Schema {
    let mut schema = Schema::new();
    let mut table = String::new();
    for line in include_str!("../src/store/schema.rs").lines() {
        let inside = line.starts_with("        ");
        if let Some((column, kind)) = line.trim().trim_end_matches(',').split_once(" -> ").filter(|_| inside) {
            schema.get_mut(&table).expect("a table first").extend([(column.to_owned(), kind.to_owned())]);
        } else if let Some((name, _)) = line.strip_prefix("    ").and_then(|line| line.split_once(" (")) {
            table = name.to_owned();
            schema.insert(table.clone(), BTreeMap::new());
        }
    }
    assert!(schema.len() > 15, "schema.rs is written in another way now: {schema:?}");
    schema
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    named: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    nullable: String,
}

const SQLITE: &str = "SELECT m.name AS in_table, c.name AS named, lower(c.type) AS kind, \
    CASE c.\"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END AS nullable \
    FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
const POSTGRESQL: &str = "SELECT table_name::text AS in_table, column_name::text AS named, data_type::text AS kind, \
    is_nullable::text AS nullable FROM information_schema.columns WHERE table_schema = 'public'";

/// As the database itself says it.
fn actual(store: &Store) -> Schema {
    let sql = if store.backend() == Backend::Sqlite { SQLITE } else { POSTGRESQL };
    let columns: Vec<Column> =
        store.read(|conn| Ok::<_, Error>(diesel::sql_query(sql).load(conn)?)).expect("the database knows itself");
    let mut schema = Schema::new();
    for column in columns.into_iter().filter(|column| column.in_table != "__diesel_schema_migrations") {
        let sqlite_key = store.backend() == Backend::Sqlite && column.named == "id";
        let kind = match column.kind.as_str() {
            "bigint" => "BigInt",
            // SQLite's own row number, 64 bits wide.
            "integer" if sqlite_key => "BigInt",
            "integer" => "Integer",
            "text" => "Text",
            "blob" | "bytea" => "Binary",
            "date" => "Date",
            "timestamp" | "timestamp without time zone" => "Timestamp",
            "boolean" => "Bool",
            "double precision" | "double" => "Double",
            other => panic!("{}.{} is {other}: teach this test", column.in_table, column.named),
        };
        let kind = if column.nullable == "YES" { format!("Nullable<{kind}>") } else { kind.to_owned() };
        let entry = (column.named, kind);
        schema.entry(column.in_table).or_default().extend([entry]);
    }
    schema
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

fn rows(store: &Store) -> BTreeMap<String, i64> {
    let count = |table: &String| {
        let sql = format!("SELECT count(*) AS rows FROM {table}");
        let count: Count =
            store.read(|conn| Ok::<_, Error>(diesel::sql_query(&sql).get_result(conn)?)).expect("a count");
        (table.clone(), count.rows)
    };
    actual(store).keys().map(count).collect()
}

fn migrations_go_down_and_up_again_with_rows_in_every_table(database: Database) {
    let store = &database.store;
    a_row_in_every_table(store);
    let full = rows(store);
    let empty: Vec<&String> = full.iter().filter(|(_, rows)| **rows == 0).map(|(table, _)| table).collect();
    assert!(empty.is_empty(), "teach a_row_in_every_table these tables: {empty:?}");

    migrate::revert_newest(store).expect("the newest goes down");
    let kept = rows(store);
    assert!(kept.iter().all(|(table, rows)| full.get(table) == Some(rows)), "{kept:?} of {full:?}");
    assert_eq!(migrate::run(store).expect("it goes up again").len(), 1);
    assert_schema(store);

    while !rows(store).is_empty() {
        migrate::revert_newest(store).expect("all go down");
    }
    migrate::run(store).expect("all go up again");
    a_row_in_every_table(store);
}

fn migrations() -> usize {
    std::fs::read_dir("migrations/sqlite").expect("migrations").count()
}

fn instances_that_start_together_migrate_once(empty: Empty) {
    let ran: usize = std::thread::scope(|scope| {
        let start = || migrate::run(&empty.open()).expect("every instance starts").len();
        let instances: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
        instances.into_iter().map(|instance| instance.join().expect("no panic")).sum()
    });
    assert_eq!(ran, migrations());
    assert_schema(&empty.open());
}

fn a_migration_that_was_killed_is_completed_at_the_next_start(empty: Empty) {
    for milliseconds in [0, 4, 8, 12, 16, 24, 32] {
        let mut process = migrating(&empty.url);
        std::thread::sleep(Duration::from_millis(milliseconds));
        process.kill().expect("the process is ours");
        process.wait().expect("an end");
    }
    let status = migrating(&empty.url).wait().expect("an end");
    assert!(status.success(), "{status}");
    assert_schema(&empty.open());
}

fn migrating(url: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varjedag"));
    command.arg("migrate").env("DATABASE_URL", url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}
