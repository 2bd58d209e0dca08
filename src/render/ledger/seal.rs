//! Writes and reads ledgers. The same ledger gives the same bytes, and only those bytes can be read.

use super::{Carried, FORMAT};
use crate::disk::digest::hex;

/// The largest ledger, in bytes; larger ones are not ours.
const MOST_BYTES: usize = 16 << 20;

/// The empty seal at the beginning of a file.
const OPEN: &str = "\"seal\":\"\"";

/// The reason for which bytes are not a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not JSON, or not in the form of this format.
    Form(String),
    /// It has another version of the format, which this release cannot read.
    Format(u64),
    /// It can be read, but was changed after writing.
    Seal,
}

impl Carried {
    /// The bytes with the seal.
    ///
    /// # Errors
    /// The ledger cannot be written as JSON, which is an error of the program.
    pub fn write(&self) -> Result<Vec<u8>, String> {
        let open = Self { seal: String::new(), ..self.clone() };
        let text = serde_json::to_string(&open).map_err(|fault| fault.to_string())?;
        let sealed = format!("\"seal\":\"sha256:{}\"", hex(text.as_bytes()));
        Ok(text.replacen(OPEN, &sealed, 1).into_bytes())
    }

    /// Reads the exact output of [`Carried::write`].
    ///
    /// # Errors
    /// The bytes are not such output; the fault has the reason.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.len() > MOST_BYTES {
            return Err(Fault::Form("it is larger than any ledger".to_owned()));
        }
        let form = |fault: serde_json::Error| Fault::Form(fault.to_string());
        let format = serde_json::from_slice::<serde_json::Value>(bytes).map_err(form)?;
        match format.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format != u64::from(FORMAT) => return Err(Fault::Format(format)),
            _ => {}
        }
        let carried: Self = serde_json::from_slice(bytes).map_err(form)?;
        if carried.write().is_ok_and(|written| written == bytes) { Ok(carried) } else { Err(Fault::Seal) }
    }
}
