//! The engine held to an oracle that tries everything, to laws, and to examples.

mod examples;
mod integer;
mod laws;
mod mask;
mod oracle;
mod versions;
