//! Secrets that are given out once and kept only as hashes.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// 256 random bits as text for a URL or a cookie; the database keeps [`hash`] of it.
pub fn new() -> String {
    let mut bytes = [0u8; 32];
    // Without randomness from the system nothing here would be safe, so there is nothing to fall back on.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    BASE64URL_NOPAD.encode(&bytes)
}

/// SHA-256 of a secret. The secrets are random and long, so no salt is needed.
pub fn hash(secret: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_secrets_differ_and_their_hashes_do_not_show_them() {
        let (a, b) = (new(), new());
        assert_ne!(a, b);
        assert_eq!(hash(&a), hash(&a));
        assert_ne!(hash(&a), a);
        assert_eq!(a.len(), 43);
    }
}
