//! Migrations are embedded: a changed one must rebuild the program.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
