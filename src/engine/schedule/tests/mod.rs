//! The scheduler held to an oracle that tries every plan, to an integer program, and to laws.

mod cases;
mod integer;
mod laws;
mod oracle;
