//! Writing and reading: the same ledger gives the same bytes, and other bytes are no ledger.

use super::{Carried, FORMAT};
use crate::disk::digest::hex;

/// Larger ledgers are none of ours.
const MOST_BYTES: usize = 16 << 20;

/// What a file begins with, before it says its seal.
const OPEN: &str = "\"seal\":\"\"";

/// Why bytes are no ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is no JSON, or not of the form that this format has.
    Form(String),
    /// It says that it has another format, which this release does not read.
    Format(u64),
    /// It can be read, but was changed after it was written.
    Seal,
}

impl Carried {
    /// The bytes, sealed.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn write(&self) -> Result<Vec<u8>, String> {
        let open = Self { seal: String::new(), ..self.clone() };
        let text = serde_json::to_string(&open).map_err(|fault| fault.to_string())?;
        let sealed = format!("\"seal\":\"sha256:{}\"", hex(text.as_bytes()));
        Ok(text.replacen(OPEN, &sealed, 1).into_bytes())
    }

    /// Reads what [`Carried::write`] wrote, to the byte.
    ///
    /// # Errors
    /// Why it is not that.
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
