//! Proofs of a file made by other programs: recognised, and kept beside the file. A time stamp must belong to this
//! file; its signature is checked by the program that made it, not here.

use sha2::{Digest as _, Sha256, Sha512};

closed! {
    /// A kind of proof.
    ProofKind {
        /// A time stamp of an authority (RFC 3161).
        Rfc3161 = "rfc3161",
        /// A proof of `OpenTimestamps`.
        OpenTimestamps = "opentimestamps",
        /// The metadata of Auto Archiver.
        AutoArchiver = "auto-archiver",
    }
}

impl ProofKind {
    /// The ending of the name of such a file.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Rfc3161 => "tsr",
            Self::OpenTimestamps => "ots",
            Self::AutoArchiver => "metadata.json",
        }
    }
}

/// The endings of proofs that are found beside their file: `page.html.ots`.
pub const ENDINGS: [&str; 4] = ["tsr", "ots", "metadata.json", "json"];

/// The reason why a file is not accepted as a proof of an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Its kind is unknown.
    Unknown,
    /// It is a proof of another file.
    OfAnother(ProofKind),
}

/// The beginning of every detached proof of `OpenTimestamps`; its version follows.
/// Source: `DetachedTimestampFile.HEADER_MAGIC` of the reference implementation, python-opentimestamps.
const STAMPS: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";

/// The kind of a proof of this original.
///
/// # Errors
/// The kind of the proof is unknown, or it belongs to another file.
pub fn recognise(proof: &[u8], original: &[u8]) -> Result<ProofKind, Wrong> {
    let sha256 = Sha256::digest(original);
    if let Some(rest) = proof.strip_prefix(STAMPS) {
        // Version, the operation SHA-256, its result.
        let same = rest.len() > 34 && rest[1] == 0x08 && rest[2..34] == sha256[..];
        return if same { Ok(ProofKind::OpenTimestamps) } else { Err(Wrong::OfAnother(ProofKind::OpenTimestamps)) };
    }
    if is_token(proof) {
        let sha512 = Sha512::digest(original);
        // The imprint is an octet string of the digest (RFC 3161, 2.4.2).
        let has = |tag: [u8; 2], digest: &[u8]| {
            let imprint: Vec<u8> = tag.iter().chain(digest).copied().collect();
            proof.windows(imprint.len()).any(|window| window == imprint)
        };
        let same = has([0x04, 32], &sha256) || has([0x04, 64], &sha512);
        return if same { Ok(ProofKind::Rfc3161) } else { Err(Wrong::OfAnother(ProofKind::Rfc3161)) };
    }
    if is_metadata(proof) { Ok(ProofKind::AutoArchiver) } else { Err(Wrong::Unknown) }
}

/// True for a DER sequence that holds the type of a time stamp's content, `id-ct-TSTInfo` (1.2.840.113549.1.9.16.1.4).
fn is_token(proof: &[u8]) -> bool {
    const INFO: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
    proof.first() == Some(&0x30) && proof.windows(INFO.len()).any(|window| window == INFO)
}

/// True for a JSON object with the media of an archived address, as Auto Archiver writes it.
fn is_metadata(proof: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(proof) else { return false };
    let Some(map) = value.as_object() else { return false };
    let has = |key: &str| map.contains_key(key) || map.get("metadata").is_some_and(|inner| inner.get(key).is_some());
    map.get("media").is_some_and(serde_json::Value::is_array) && (has("url") || has("_processed_at"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(original: &[u8]) -> Vec<u8> {
        [STAMPS, b"\x01\x08", &Sha256::digest(original), b"\xf0"].concat()
    }

    fn token(original: &[u8]) -> Vec<u8> {
        let info = b"\x30\x82\x01\x00\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
        [&info[..], b"\x04\x20", &Sha256::digest(original)].concat()
    }

    #[test]
    fn a_proof_belongs_to_one_file() {
        let metadata = br#"{"status": "ok", "metadata": {"url": "https://herald.example"}, "media": []}"#;
        let table: [(Vec<u8>, Result<ProofKind, Wrong>); 7] = [
            (stamp(b"page"), Ok(ProofKind::OpenTimestamps)),
            (stamp(b"other"), Err(Wrong::OfAnother(ProofKind::OpenTimestamps))),
            (token(b"page"), Ok(ProofKind::Rfc3161)),
            (token(b"other"), Err(Wrong::OfAnother(ProofKind::Rfc3161))),
            (metadata.to_vec(), Ok(ProofKind::AutoArchiver)),
            (b"{}".to_vec(), Err(Wrong::Unknown)),
            (b"words".to_vec(), Err(Wrong::Unknown)),
        ];
        for (proof, expected) in table {
            assert_eq!(recognise(&proof, b"page"), expected);
        }
    }
}
