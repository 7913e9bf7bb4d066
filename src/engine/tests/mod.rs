//! The engine held to an oracle that tries everything, to laws, and to examples.

mod examples;
mod laws;
mod oracle;
mod versions;
